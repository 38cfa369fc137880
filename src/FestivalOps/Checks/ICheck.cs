using FestivalOps.Language;

namespace FestivalOps.Checks;

/// <summary>
/// Measures one thing. A check does not catch what it can't explain: the runner turns an exception into Unknown with an error id, and
/// a time-out into <see cref="WhenSilent"/>.
/// </summary>
internal interface ICheck
{
    /// <summary>What is typed: lower case, words joined by <c>-</c>. Unique.</summary>
    string Name { get; }

    /// <summary>The group that it belongs to, typed the same way: <c>web</c>, <c>database</c>, <c>redis</c>, <c>host</c>, <c>payments</c>, <c>tls</c>.</summary>
    string Group { get; }

    /// <summary>Its name on the card.</summary>
    LocalizedText Title { get; }

    /// <summary>One line for <c>/fops help health</c>: what is measured.</summary>
    LocalizedText Summary { get; }

    /// <summary>What no answer in time means: Critical where an answer is the service, Unknown where we only could not look.</summary>
    CheckStatus WhenSilent { get; }

    /// <summary>Null when it is set up; otherwise what is missing, as a sentence with the setting's name.</summary>
    LocalizedText? NotSetUp { get; }

    /// <summary>What is asked, for "details": an address or host and port, nothing secret. Null where it is the host itself.</summary>
    string? Target => null;

    /// <summary>Measures once. The token ends at the check's time-out.</summary>
    Task<Measurement> MeasureAsync(CancellationToken ct);
}
