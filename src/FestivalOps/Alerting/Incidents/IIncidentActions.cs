using FestivalOps.Alerting.Alerts;

namespace FestivalOps.Alerting.Incidents;

/// <summary>
/// What people do with an incident, from buttons and commands alike. Each is one conditional change (<see cref="IncidentDesk"/>): the
/// first one wins, and everyone else learns who was first.
/// </summary>
internal interface IIncidentActions
{
    /// <summary>Takes it: nobody is paged any more. With <paramref name="until"/> it comes back when that time has passed and it is still open.</summary>
    Task<IncidentOutcome> AcknowledgeAsync(long id, string userId, DateTimeOffset? until, CancellationToken ct);

    /// <summary>Ends it. Refused, with the reason and the way out (a silence), while its alerts still fire.</summary>
    Task<IncidentOutcome> ResolveAsync(long id, string userId, string reason, CancellationToken ct);

    /// <summary>Climbs to the next level now. Refused when it is resolved or there is no higher level.</summary>
    Task<IncidentOutcome> EscalateAsync(long id, string userId, CancellationToken ct);

    /// <summary>Tells nobody until then. Refused for a time in the past or more than 7 days ahead.</summary>
    Task<IncidentOutcome> SnoozeAsync(long id, string userId, DateTimeOffset until, CancellationToken ct);

    /// <summary>Gives it to <paramref name="toUserId"/>, who thereby has taken it.</summary>
    Task<IncidentOutcome> AssignAsync(long id, string userId, string toUserId, CancellationToken ct);

    /// <summary>Writes something down in its timeline. At most 2,000 characters; more is cut visibly.</summary>
    Task<IncidentOutcome> NoteAsync(long id, string userId, string text, CancellationToken ct);

    /// <summary>Takes back the newest acknowledgement, snooze or end by a person, within 10 minutes and while nothing came after it.</summary>
    Task<IncidentOutcome> UndoAsync(long id, string userId, CancellationToken ct);
}

/// <summary>Where all sources of alerts meet.</summary>
internal interface IIncidentIntake
{
    /// <summary>
    /// Takes alerts from any source: makes, joins, worsens, calms and ends incidents. Durable when the task ends. An alert that changes
    /// nothing writes nothing but when it was last heard of.
    /// </summary>
    /// <returns>The incidents that were touched.</returns>
    Task<IReadOnlyList<long>> RaiseAsync(IReadOnlyCollection<IncomingAlert> alerts, CancellationToken ct);
}
