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
    /// <summary>What is missing, in one sentence, when there is nothing that could be done here; the run then ends as not available.</summary>
    public LocalizedText? NotAvailable { get; init; }
}

/// <summary>One step of a plan.</summary>
/// <param name="Says">What it does, for people.</param>
/// <param name="Exact">The exact command or statement.</param>
internal sealed record PlannedStep(LocalizedText Says, string Exact);
