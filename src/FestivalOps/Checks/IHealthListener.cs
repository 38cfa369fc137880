namespace FestivalOps.Checks;

/// <summary>
/// Wants to know how each round came out that was measured unasked, with all checks (<see cref="HealthTicker"/>). Rounds that people ask
/// for are not told: what follows from a round must not depend on who looks.
/// </summary>
internal interface IHealthListener
{
    /// <summary>Called after each round, before the next one begins. What it throws is logged, and the others are called all the same.</summary>
    Task MeasuredAsync(HealthRun run, CancellationToken ct);
}
