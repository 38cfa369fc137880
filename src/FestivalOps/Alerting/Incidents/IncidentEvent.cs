namespace FestivalOps.Alerting.Incidents;

/// <summary>What can happen to an incident.</summary>
internal enum IncidentEventKind
{
    /// <summary>It was opened.</summary>
    Opened,

    /// <summary>More alerts joined it. Data: <c>count</c>, <c>alert</c>.</summary>
    AlertsJoined,

    /// <summary>Some of its alerts stopped. Data: <c>count</c>, <c>alert</c>.</summary>
    AlertsStopped,

    /// <summary>It became worse. Data: <c>from</c>, <c>to</c> (levels), <c>severity</c>.</summary>
    Worsened,

    /// <summary>Someone took it. Data: <c>until</c> when there is a promise.</summary>
    Acknowledged,

    /// <summary>A promise ran out; it is open again. Data: <c>until</c>.</summary>
    PromiseRanOut,

    /// <summary>It ended. Actor empty: its alerts stopped. Data: <c>reason</c>, <c>steady</c> ("true": they had come and gone).</summary>
    Resolved,

    /// <summary>Its alerts fire again shortly after it ended, or a person undid the end.</summary>
    Reopened,

    /// <summary>The ladder climbed, or a person climbed it (actor). Data: <c>level</c>, <c>step</c>, <c>rule</c>.</summary>
    Escalated,

    /// <summary>
    /// People are to be told. Data: <c>users</c> (Slack ids with spaces), <c>roles</c>, <c>carrier</c>, <c>rule</c>, <c>level</c>, <c>step</c>,
    /// <c>after</c> (seconds until it goes out; left out when at once).
    /// </summary>
    Paged,

    /// <summary>People were told. Data: <c>users</c> (Slack ids with spaces), <c>carrier</c>, <c>at</c>.</summary>
    PageArrived,

    /// <summary>Someone or a whole role could not be told. Data: <c>users</c> or <c>role</c>, <c>carrier</c>, <c>error</c>.</summary>
    Unreachable,

    /// <summary>Nobody is told on purpose, now. Data: <c>rule</c> (<c>business-hours</c>, <c>silence</c>, <c>inhibited</c>, <c>snoozed</c>, <c>flapping</c>, <c>acknowledged</c>), <c>until</c>.</summary>
    NotPaged,

    /// <summary>Someone put it off. Data: <c>until</c>.</summary>
    Snoozed,

    /// <summary>The snooze is over.</summary>
    SnoozeEnded,

    /// <summary>Something hides it now. Data: <c>by</c>.</summary>
    Hidden,

    /// <summary>Nothing hides it any more.</summary>
    Shown,

    /// <summary>Someone gave it to someone. Data: <c>user</c>.</summary>
    Assigned,

    /// <summary>Someone wrote something down. Data: <c>text</c>.</summary>
    Noted,

    /// <summary>Someone took an action back. Data: <c>what</c> (the kind), <c>event</c>.</summary>
    Undone,

    /// <summary>Its alerts come and go; single changes are no longer told.</summary>
    FlappingBegan,

    /// <summary>Its alerts are steady again, and some still fire.</summary>
    FlappingEnded,
}

/// <summary>One line of an incident's timeline; what <c>/fops why</c> and the thread tell. Append-only.</summary>
internal sealed class IncidentEvent
{
    /// <summary>Longest <see cref="Data"/>: 4,000 characters.</summary>
    public const int MaxData = 4_000;

    /// <summary>How many lines of a note are kept apart: 10; what is longer goes on in the last.</summary>
    public const int MostNoteLines = 10;

    /// <summary>See <see cref="Incident.Id"/>.</summary>
    public required long IncidentId { get; init; }

    /// <summary>Counts the lines of one incident from 1; their order.</summary>
    public required int Number { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What.</summary>
    public required IncidentEventKind Kind { get; init; }

    /// <summary>Slack id of the person; empty for the bot.</summary>
    public required string Actor { get; init; }

    /// <summary>Details by name (see <see cref="IncidentEventKind"/>); a JSON object of texts. Times are ISO 8601 in UTC. Foreign text.</summary>
    public required string Data { get; init; }
}
