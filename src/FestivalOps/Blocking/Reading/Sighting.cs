using FestivalOps.Blocking.Addresses;

namespace FestivalOps.Blocking.Reading;

/// <summary>What is counted. Each is counted for itself, so that a request which two logs tell of is not two.</summary>
internal enum Signal : byte
{
    /// <summary>A request that nginx' access log has as refused: 401, 403, 404, 429 by default.</summary>
    Request,

    /// <summary>A refusal in nginx' error log.</summary>
    ErrorLog,

    /// <summary>A log-in that sshd refused.</summary>
    Login,

    /// <summary>A request that the application refused, as its own log has it.</summary>
    Application,

    /// <summary>A refused request for a path that only scanners ask for.</summary>
    ScannerPath,

    /// <summary>An answer 429.</summary>
    TooManyRequests,

    /// <summary>A user name that was tried and refused; each name counts once.</summary>
    UserName,
}

/// <summary>What a line said.</summary>
internal enum LineOutcome
{
    /// <summary>Nothing that is counted.</summary>
    Harmless,

    /// <summary>Something that is counted.</summary>
    Counted,

    /// <summary>It is not what this log holds, or it is not certain whom it accuses.</summary>
    Unread,
}

/// <summary>Why it is not certain enough that an address did something: people are told, but it is not blocked.</summary>
internal enum Doubt : byte
{
    /// <summary>It is certain.</summary>
    None,

    /// <summary>The address looks like a proxy that the settings do not know: it stands for others.</summary>
    Proxy,

    /// <summary>The log's lines can be forged by who can make the application log a text with line feeds.</summary>
    Forgeable,
}

/// <summary>One thing that one line tells of one address.</summary>
internal struct Sighting
{
    /// <summary>What.</summary>
    public Signal Signal;

    /// <summary>Who.</summary>
    public ClientAddress Address;

    /// <summary>When by the log. Unit: microseconds since 1970, UTC.</summary>
    public long At;

    /// <summary>How often: <c>message repeated 4 times</c> is 4. 1 to <see cref="MostTimes"/>.</summary>
    public int Times;

    /// <summary>Hash of the user name that was tried; 0: none is known.</summary>
    public uint User;

    /// <summary>Why the address must not be blocked for this.</summary>
    public Doubt Doubt;

    /// <summary>True when the path is one that only scanners ask for.</summary>
    public bool IsScannerPath;

    /// <summary>True when the answer was 429.</summary>
    public bool IsTooMany;

    /// <summary>More than so many times at once count as so many: 1,000, the most that a rule asks for.</summary>
    public const int MostTimes = 1_000;

    /// <summary>Empties it for the next line.</summary>
    public void Clear() => this = default;
}
