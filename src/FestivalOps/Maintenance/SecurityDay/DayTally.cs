using System.Runtime.InteropServices;
using System.Text;
using FestivalOps.Blocking.Addresses;
using FestivalOps.Blocking.Reading;
using FestivalOps.Language;

namespace FestivalOps.Maintenance.SecurityDay;

/// <summary>What one address did in a day.</summary>
/// <param name="Requests">Requests that were refused.</param>
/// <param name="Logins">Log-ins that failed.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Deeds(long Requests, long Logins)
{
    /// <summary>Both.</summary>
    public long All => Requests + Logins;

    /// <summary>Together.</summary>
    public static Deeds operator +(Deeds one, Deeds other) => new(one.Requests + other.Requests, one.Logins + other.Logins);
}

/// <summary>Counts what logs tell of the last 24 hours and of the 24 before, by address and by user name. Lines are foreign; what grows is bounded.</summary>
internal sealed class DayTally(DateTimeOffset now)
{
    /// <summary>So many different addresses, and user names, are told apart; the rest is counted together: 50,000.</summary>
    public const int MostNames = 50_000;

    private const int LongestName = 32;

    private readonly long _today = LogTime.Of(now - TimeSpan.FromHours(24));
    private readonly long _yesterday = LogTime.Of(now - TimeSpan.FromHours(48));
    private readonly long _end = LogTime.Of(now);
    private readonly Dictionary<ClientAddress, Deeds> _now = [];
    private readonly Dictionary<ClientAddress, Deeds> _before = [];
    private readonly Dictionary<string, long> _users = new(StringComparer.Ordinal);

    /// <summary>Lines that could not be read, or did not say for certain whom they accuse.</summary>
    public long Unread { get; private set; }

    /// <summary>All lines.</summary>
    public long Lines { get; private set; }

    /// <summary>What was done by addresses beyond <see cref="MostNames"/>.</summary>
    public Deeds Rest { get; private set; }

    /// <summary>Everything of the last 24 hours.</summary>
    public Deeds Today => _now.Values.Aggregate(Rest, (sum, one) => sum + one);

    /// <summary>Everything of the 24 hours before.</summary>
    public Deeds Yesterday => _before.Values.Aggregate(default(Deeds), (sum, one) => sum + one);

    /// <summary>How many addresses did something in the last 24 hours.</summary>
    public int Addresses => _now.Count;

    /// <summary>How many of them did nothing in the 24 hours before.</summary>
    public int New => _now.Keys.Count(a => !_before.ContainsKey(a));

    /// <summary>Who did most, with what they did the day before; null: nothing.</summary>
    public IEnumerable<(ClientAddress Address, Deeds Deeds, Deeds? Before)> Top(int count) => _now
        .OrderByDescending(d => d.Value.All).ThenBy(d => d.Key.Bits).Take(count)
        .Select(d => (d.Key, d.Value, _before.TryGetValue(d.Key, out var before) ? before : (Deeds?)null));

    /// <summary>Names of users that were tried most in the last 24 hours. Foreign text, made one line.</summary>
    public IEnumerable<(string Name, long Count)> TopUsers(int count) => _users.OrderByDescending(u => u.Value).ThenBy(u => u.Key, StringComparer.Ordinal).Take(count).Select(u => (u.Key, u.Value));

    /// <summary>Counts the lines of a part of a log.</summary>
    /// <param name="reader">The log's own; it goes on where it was.</param>
    /// <param name="bytes">The part.</param>
    /// <param name="isCut">True when it begins within a line, which is passed over.</param>
    public void Add(LogReader reader, ReadOnlySpan<byte> bytes, bool isCut)
    {
        if (isCut) bytes = bytes[(bytes.IndexOf((byte)'\n') + 1)..];
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOf((byte)'\n');
            AddLine(reader, end < 0 ? bytes : bytes[..end]);
            bytes = end < 0 ? [] : bytes[(end + 1)..];
        }
    }

    private void AddLine(LogReader reader, ReadOnlySpan<byte> line)
    {
        Lines++;
        var sighting = default(Sighting);
        var outcome = line.Length > LogReader.LongestLine ? LineOutcome.Unread : reader.Read(line, ref sighting);
        if (outcome == LineOutcome.Unread) Unread++;
        if (outcome != LineOutcome.Counted || sighting.At < _yesterday || sighting.At > _end) return;
        var isToday = sighting.At >= _today;
        var isLogin = sighting.Signal == Signal.Login;
        Count(isToday ? _now : _before, sighting.Address, isLogin ? new(0, sighting.Times) : new(sighting.Times, 0), isToday);
        if (isToday && isLogin) CountUser(SshdMessages.NameIn(line), sighting.Times);
    }

    private void Count(Dictionary<ClientAddress, Deeds> day, ClientAddress address, Deeds more, bool isToday)
    {
        if (day.TryGetValue(address, out var known) || day.Count < MostNames) day[address] = known + more;
        else if (isToday) Rest += more;
    }

    private void CountUser(ReadOnlySpan<byte> name, int times)
    {
        var user = ForeignText.OneLine(Encoding.UTF8.GetString(name), LongestName);
        if (user.Length == 0) user = "-";
        if (!_users.ContainsKey(user) && _users.Count >= MostNames) user = "…";
        _users[user] = _users.GetValueOrDefault(user) + times;
    }
}
