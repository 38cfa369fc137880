using FestivalOps.Language;

namespace FestivalOps.Checks;

/// <summary>A measurement with its place in time.</summary>
/// <param name="Check">Name of the check.</param>
/// <param name="Title">Its name on the card.</param>
/// <param name="Measurement">What it found.</param>
/// <param name="Took">How long it took.</param>
/// <param name="Since">Since when it has had this status, as far as it was observed.</param>
internal sealed record CheckResult(string Check, LocalizedText Title, Measurement Measurement, TimeSpan Took, DateTimeOffset Since)
{
    /// <summary>The outcome.</summary>
    public CheckStatus Status => Measurement.Status;
}

/// <summary>A check that could not run because a setting is missing.</summary>
/// <param name="Title">Its name on the card.</param>
/// <param name="Why">What to set.</param>
internal sealed record CheckNotSetUp(LocalizedText Title, LocalizedText Why);

/// <summary>One round of checks.</summary>
/// <param name="Id">Names the round in buttons and in the store.</param>
/// <param name="Selection">What was asked for: <c>all</c>, a group or a check.</param>
/// <param name="At">When it began.</param>
/// <param name="Took">How long the slowest check and the bookkeeping took.</param>
/// <param name="Results">Worst first.</param>
/// <param name="NotSetUp">Checks that could not run because a setting is missing, with the sentence that says which.</param>
/// <param name="Kept">False when the results are not stored (yet).</param>
/// <param name="KeepErrorId">Error id when the storing failed; null while it is under way or done.</param>
internal sealed record HealthRun(
    string Id,
    string Selection,
    DateTimeOffset At,
    TimeSpan Took,
    IReadOnlyList<CheckResult> Results,
    IReadOnlyList<CheckNotSetUp> NotSetUp,
    bool Kept,
    string? KeepErrorId)
{
    /// <summary>The worst status of the round; Unknown when nothing was measured at all.</summary>
    public CheckStatus Worst => Results.Count == 0 ? CheckStatus.Unknown : Results.Max(r => r.Status);
}
