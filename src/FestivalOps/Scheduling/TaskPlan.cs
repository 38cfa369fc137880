using FestivalOps.Language;

namespace FestivalOps.Scheduling;

/// <summary>
/// What a changing task would do if it ran now: found by looking only. A dry run shows it, and an approval is bound to
/// <see cref="Host"/>, <see cref="Steps"/> and <see cref="Facts"/>: when any of them changes, the approval is void.
/// </summary>
/// <param name="Host">Where it acts: a host's name, or what is acted on without one (<c>platform database</c>).</param>
/// <param name="Steps">What it would do, in this order.</param>
/// <param name="Facts">What was found before and decides what is done: version, place, what is to be updated. The approval is bound to them.</param>
/// <param name="Numbers">What was counted and changes by itself from minute to minute: shown, but no approval is bound to it.</param>
internal sealed record TaskPlan(string Host, IReadOnlyList<PlannedStep> Steps, IReadOnlyList<LocalizedText> Facts, IReadOnlyList<LocalizedText> Numbers)
{
    /// <summary>
    /// How the run ends when there is no plan: not available where what it needs is not here, failed where it could not be looked at. Null: there
    /// is one.
    /// </summary>
    public TaskOutcome? Instead { get; init; }

    /// <summary>True when something could not be looked at, so that steps may be missing; <see cref="Facts"/> say what.</summary>
    public bool IsPartial { get; init; }

    /// <summary>No plan, because what it needs is not here.</summary>
    public static TaskPlan NotAvailable(string host, LocalizedText why) => new(host, [], [], []) { Instead = TaskOutcome.NotAvailable(why) };

    /// <summary>No plan, because it could not be looked at, or because it is refused.</summary>
    public static TaskPlan Failed(string host, LocalizedText why) => new(host, [], [], []) { Instead = TaskOutcome.Failed(why) };
}

/// <summary>One step of a plan.</summary>
/// <param name="Says">What it does, for people.</param>
/// <param name="Exact">The exact command or statement.</param>
internal sealed record PlannedStep(LocalizedText Says, string Exact);
