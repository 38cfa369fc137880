using FestivalOps.Language;

namespace FestivalOps.Alerting.Incidents;

/// <summary>How a person's wish for an incident came out.</summary>
internal enum OutcomeKind
{
    /// <summary>Done, by this very wish.</summary>
    Done,

    /// <summary>It was so already; <see cref="IncidentOutcome.By"/> says who was first.</summary>
    Already,

    /// <summary>Not done, with the reason.</summary>
    Refused,

    /// <summary>There is no such incident.</summary>
    Missing,
}

/// <summary>How a person's wish for an incident came out.</summary>
/// <param name="Kind">See <see cref="OutcomeKind"/>.</param>
/// <param name="Incident">The incident as it is now; null when there is none.</param>
/// <param name="Says">One sentence for who asked: what happened, who was first, why not. Finished mrkdwn: people are mentions, nothing foreign is in it.</param>
/// <param name="By">Slack id of who was first, for <see cref="OutcomeKind.Already"/>; null otherwise or when it was the bot.</param>
/// <param name="At">When they were, UTC.</param>
internal sealed record IncidentOutcome(OutcomeKind Kind, Incident? Incident, LocalizedText Says, string? By = null, DateTimeOffset? At = null);
