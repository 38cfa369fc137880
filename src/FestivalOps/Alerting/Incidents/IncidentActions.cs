using System.Globalization;
using FestivalOps.Alerting.Alerts;
using FestivalOps.Channels;
using FestivalOps.Language;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FestivalOps.Alerting.Incidents;

/// <summary>What people do with an incident: each action is one decision on the incident as it is, made again when someone was faster.</summary>
internal sealed class IncidentActions(IncidentDesk desk, IIncidentPlan plan, Outbox outbox, IOptions<LanguageOptions> language) : IIncidentActions
{
    /// <summary>
    /// How long after one person's action another person's press counts as made at the same moment: 2 seconds, in which the card is redrawn.
    /// Whoever pressed can't have seen the first action; they are told, and may press again.
    /// </summary>
    public static readonly TimeSpan SameMoment = TimeSpan.FromSeconds(2);

    /// <summary>How long the same press of the same person counts as a double press: 10 seconds.</summary>
    public static readonly TimeSpan DoublePress = TimeSpan.FromSeconds(10);

    /// <summary>How long an action may be taken back: 10 minutes.</summary>
    public static readonly TimeSpan UndoFor = TimeSpan.FromMinutes(10);

    /// <summary>Longest snooze or promise: 7 days.</summary>
    public static readonly TimeSpan Furthest = TimeSpan.FromDays(7);

    /// <summary>Longest note: 2,000 characters.</summary>
    public const int MaxNote = 2_000;

    private const int Recent = 20;

    private static readonly IncidentEventKind[] Decisive =
    [
        IncidentEventKind.Opened, IncidentEventKind.Acknowledged, IncidentEventKind.PromiseRanOut, IncidentEventKind.Resolved, IncidentEventKind.Reopened,
        IncidentEventKind.Escalated, IncidentEventKind.Worsened, IncidentEventKind.Snoozed, IncidentEventKind.SnoozeEnded, IncidentEventKind.Hidden,
        IncidentEventKind.Shown, IncidentEventKind.Assigned, IncidentEventKind.Undone,
    ];

    /// <inheritdoc/>
    public Task<IncidentOutcome> AcknowledgeAsync(long id, string userId, DateTimeOffset? until, CancellationToken ct) => ActAsync(id, userId, (change, incident) =>
    {
        if (WrongTime(until, change.Now) is { } wrong) return Refused(incident, wrong);
        if (incident.State == IncidentState.Acknowledged)
        {
            if (incident.AcknowledgedBy != userId) return Already(incident, IncidentTexts.TakenBy(id, Mention(incident.AcknowledgedBy), At(incident.AcknowledgedAt)), incident.AcknowledgedBy, incident.AcknowledgedAt);
            if (until is null || Near(until, incident.PromiseUntil)) return Already(incident, IncidentTexts.TakenByYou(id, At(incident.AcknowledgedAt)), userId, incident.AcknowledgedAt);
        }
        var before = Holder(incident);
        // Whoever has it already only promises anew; who works on it and since when stays.
        if (incident.State != IncidentState.Acknowledged) Take(incident, userId, change.Now);
        incident.PromiseUntil = until;
        return Done(change, IncidentEventKind.Acknowledged, userId, PlanCause.Quiet, until is { } promised ? IncidentTexts.TakenUntil(id, At(promised)) : IncidentTexts.Taken(id), [Until(until), .. before]);
    }, ct);

    /// <inheritdoc/>
    public Task<IncidentOutcome> ResolveAsync(long id, string userId, string reason, CancellationToken ct) => ActAsync(id, userId, (change, incident) =>
    {
        // What a person opened ends when a person says so; everything else knows better itself whether it still fires.
        if (incident.FiringAlerts > 0 && incident.Source != AlertSource.Person)
            return Refused(incident, incident.Flapping ? IncidentTexts.StillFlapping(id) : IncidentTexts.StillFiring(id, incident.FiringAlerts));
        var before = Holder(incident);
        incident.End(userId, change.Now);
        incident.FiringAlerts = 0;
        change.Also((db, token) => StopAlertsAsync(db, id, change.Now, token));
        return Done(change, IncidentEventKind.Resolved, userId, PlanCause.Quiet, IncidentTexts.Ended(id), [("reason", ForeignText.OneLine(reason, MaxNote)), .. before]);
    }, ct);

    /// <inheritdoc/>
    public Task<IncidentOutcome> EscalateAsync(long id, string userId, CancellationToken ct) => ActAsync(id, userId, (change, incident) =>
    {
        if (Repeated(change, IncidentEventKind.Escalated, userId)) return Already(incident, IncidentTexts.ClimbedAlready(id, incident.Level), userId, change.Now);
        if (incident.Level >= 3) return Refused(incident, IncidentTexts.Highest(id));
        incident.Level++;
        // Whoever has taken it asks for more people: it is open again for those.
        incident.Untake();
        (incident.SnoozedUntil, incident.SnoozedBy) = (null, null);
        return Done(
            change, IncidentEventKind.Escalated, userId, PlanCause.ByHand, IncidentTexts.Climbed(id, incident.Level),
            ("level", incident.Level.ToString(CultureInfo.InvariantCulture)), ("step", "0"), ("rule", "by-hand"));
    }, ct);

    /// <inheritdoc/>
    public Task<IncidentOutcome> SnoozeAsync(long id, string userId, DateTimeOffset until, CancellationToken ct) => ActAsync(id, userId, (change, incident) =>
    {
        if (WrongTime(until, change.Now) is { } wrong) return Refused(incident, wrong);
        if (incident.State == IncidentState.Acknowledged && incident.AcknowledgedBy != userId && incident.AssignedTo != userId)
            return Refused(incident, IncidentTexts.TakenBy(id, Mention(incident.AcknowledgedBy), At(incident.AcknowledgedAt)), incident.AcknowledgedBy, incident.AcknowledgedAt);
        if (incident.SnoozedUntil is { } already && already > change.Now)
        {
            if (incident.SnoozedBy != userId) return Already(incident, IncidentTexts.PutOffBy(id, Mention(incident.SnoozedBy), At(already)), incident.SnoozedBy, already);
            if (Near(until, already)) return Already(incident, IncidentTexts.PutOffAlready(id, At(already)), userId, already);
        }
        var before = Holder(incident);
        incident.Untake();
        (incident.SnoozedUntil, incident.SnoozedBy) = (until, userId);
        return Done(change, IncidentEventKind.Snoozed, userId, PlanCause.Quiet, IncidentTexts.PutOff(id, At(until)), [Until(until), .. before]);
    }, ct);

    /// <inheritdoc/>
    public Task<IncidentOutcome> AssignAsync(long id, string userId, string toUserId, CancellationToken ct) => ActAsync(id, userId, (change, incident) =>
    {
        if (incident.State == IncidentState.Acknowledged && (incident.AssignedTo ?? incident.AcknowledgedBy) == toUserId)
            return Already(incident, IncidentTexts.GivenAlready(id, Mention(toUserId)), toUserId, incident.AcknowledgedAt);
        if (incident.State == IncidentState.Acknowledged) incident.AssignedTo = toUserId == incident.AcknowledgedBy ? null : toUserId;
        else Take(incident, toUserId, change.Now);
        return Done(change, IncidentEventKind.Assigned, userId, PlanCause.Quiet, IncidentTexts.Given(id, Mention(toUserId)), ("user", toUserId));
    }, ct);

    /// <inheritdoc/>
    public Task<IncidentOutcome> NoteAsync(long id, string userId, string text, CancellationToken ct) => desk.ChangeAsync(id, change =>
    {
        if (change is null) return Missing(id);
        var note = string.Join('\n', ForeignText.Lines(text, MaxNote, IncidentEvent.MostNoteLines));
        if (note.Length == 0) return Refused(change.Incident, IncidentTexts.NoteEmpty);
        if (change.Recent.FirstOrDefault(e => e.Kind == IncidentEventKind.Noted) is { } last && last.Actor == userId && change.Now - last.At < DoublePress
            && AlertLabels.Read(last.Data).GetValueOrDefault("text") == note)
            return Already(change.Incident, IncidentTexts.NotedAlready(id), userId, last.At);
        change.Show(outbox, change.Record(IncidentEventKind.Noted, userId, ("text", note)));
        return new(OutcomeKind.Done, change.Incident, IncidentTexts.Noted(id));
    }, Recent, ct);

    /// <inheritdoc/>
    public async Task<IncidentOutcome> UndoAsync(long id, string userId, CancellationToken ct)
    {
        try
        {
            return await desk.ChangeAsync(id, change => change is null ? Missing(id) : Undo(change, userId), Recent, ct);
        }
        catch (DbUpdateException failure) when (StoreFailure.IsAboutTheRows(failure))
        {
            // The group's key is unique among open incidents.
            return await desk.ChangeAsync(id, change => change is null ? Missing(id) : Refused(change.Incident, IncidentTexts.NewerOpen(id)), ct);
        }
    }

    private IncidentOutcome Undo(IncidentChange change, string userId)
    {
        var incident = change.Incident;
        var last = change.Recent.FirstOrDefault(e => Decisive.Contains(e.Kind));
        if (last is not { Kind: IncidentEventKind.Acknowledged or IncidentEventKind.Snoozed or IncidentEventKind.Resolved, Actor.Length: > 0 } || change.Now - last.At > UndoFor)
            return Refused(incident, IncidentTexts.NothingToUndo(incident.Id));
        GiveBack(incident, EventData.Of(last), change.Now);
        if (last.Kind == IncidentEventKind.Resolved) (incident.ResolvedAt, incident.ResolvedBy, incident.OpenKey) = (null, null, incident.GroupKey);
        return Done(
            change, IncidentEventKind.Undone, userId, incident.State == IncidentState.Triggered ? PlanCause.CameBack : PlanCause.Quiet, IncidentTexts.Undone(incident.Id),
            ("what", $"{last.Kind}"), ("event", last.Number.ToString(CultureInfo.InvariantCulture)));
    }

    // What holds for every action that changes the state: there is such an incident, it is open, and nobody acted at the same moment.
    private Task<IncidentOutcome> ActAsync(long id, string userId, Func<IncidentChange, Incident, IncidentOutcome> act, CancellationToken ct) => desk.ChangeAsync(id, change =>
    {
        if (change is null) return Missing(id);
        var incident = change.Incident;
        if (incident.IsMerged) return Already(incident, IncidentTexts.Merged(id, incident.HiddenBy![Incident.StormKey.Length..]), null, incident.ResolvedAt);
        if (incident.State == IncidentState.Resolved)
        {
            var by = incident.ResolvedBy is { Length: > 0 } person ? person : null;
            return Already(incident, IncidentTexts.EndedBy(id, by is null ? null : Mention(by), At(incident.ResolvedAt)), by, incident.ResolvedAt);
        }
        var crossed = change.Recent.FirstOrDefault(e => e.Actor.Length > 0 && e.Kind != IncidentEventKind.Noted);
        if (crossed is not null && crossed.Actor != userId && Within(crossed.At, change.Now, SameMoment))
        {
            return crossed.Kind == IncidentEventKind.Acknowledged && incident.State == IncidentState.Acknowledged
                ? Already(incident, IncidentTexts.TakenBy(id, Mention(crossed.Actor), At(crossed.At)), crossed.Actor, crossed.At)
                : Already(incident, IncidentTexts.Crossed(id, Mention(crossed.Actor)), crossed.Actor, crossed.At);
        }
        return act(change, incident);
    }, Recent, ct);

    private IncidentOutcome Done(
        IncidentChange change, IncidentEventKind kind, string userId, PlanCause cause, LocalizedText says, params (string Name, string Value)[] data)
    {
        var line = change.Record(kind, userId, [.. data.Where(d => d.Value.Length > 0)]);
        plan.Plan(change.Incident, Quiet(change) ? PlanCause.Quiet : cause, change.Now);
        change.Show(outbox, line);
        return new(OutcomeKind.Done, change.Incident, says);
    }

    private static bool Quiet(IncidentChange change) =>
        change.Incident is var i && (i.State != IncidentState.Triggered || i.HiddenBy is not null || i.Severity == Severity.Information && i.Level == 1 || i.SnoozedUntil > change.Now);

    private static void Take(Incident incident, string userId, DateTimeOffset now)
    {
        incident.State = IncidentState.Acknowledged;
        (incident.AcknowledgedBy, incident.AcknowledgedAt) = (userId, now);
        (incident.SnoozedUntil, incident.SnoozedBy, incident.AssignedTo, incident.PromiseUntil) = (null, null, null, null);
    }

    // Who had it before an action, for whoever takes the action back.
    private static (string, string)[] Holder(Incident incident) =>
    [
        ("had", incident.AcknowledgedBy ?? ""), ("hadAt", Written(incident.AcknowledgedAt)), ("assigned", incident.AssignedTo ?? ""),
        ("promised", Written(incident.PromiseUntil)), ("snoozed", Written(incident.SnoozedUntil)), ("snoozedBy", incident.SnoozedBy ?? ""),
    ];

    private static void GiveBack(Incident incident, EventData before, DateTimeOffset now)
    {
        incident.Untake();
        (incident.SnoozedUntil, incident.SnoozedBy) = (null, null);
        if (before["had"] is { Length: > 0 } holder)
        {
            incident.State = IncidentState.Acknowledged;
            (incident.AcknowledgedBy, incident.AcknowledgedAt) = (holder, before.Time("hadAt"));
            incident.AssignedTo = before["assigned"] is { Length: > 0 } assigned ? assigned : null;
            incident.PromiseUntil = before.Time("promised");
        }
        else if (before.Time("snoozed") is { } until && until > now) (incident.SnoozedUntil, incident.SnoozedBy) = (until, before["snoozedBy"]);
    }

    private static async Task StopAlertsAsync(OpsDbContext db, long id, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var alert in await db.Set<AlertRecord>().Where(a => a.IncidentId == id && a.Firing).ToListAsync(ct))
            (alert.Firing, alert.EndedAt, alert.HiddenBy, alert.SteadyAt, alert.KeptUp) = (false, now, null, null, false);
    }

    private static bool Repeated(IncidentChange change, IncidentEventKind kind, string userId) =>
        change.Recent.FirstOrDefault(e => e.Actor.Length > 0) is { } last && last.Kind == kind && last.Actor == userId && Within(last.At, change.Now, DoublePress);

    private static bool Within(DateTimeOffset at, DateTimeOffset now, TimeSpan span) => now - at <= span && at - now <= span;

    private static bool Near(DateTimeOffset? one, DateTimeOffset? other) => one is { } a && other is { } b && (a - b).Duration() < TimeSpan.FromMinutes(1);

    private static LocalizedText? WrongTime(DateTimeOffset? until, DateTimeOffset now) =>
        until is not { } time ? null : time <= now ? IncidentTexts.UntilPast : time - now > Furthest ? IncidentTexts.UntilFar : null;

    private static (string, string) Until(DateTimeOffset? until) => ("until", Written(until));

    private static string Written(DateTimeOffset? at) => at?.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture) ?? "";

    private static string Mention(string? userId) => Mrkdwn.User(userId ?? "").Value;

    private string At(DateTimeOffset? at)
    {
        var zone = language.Value.GetZone();
        return at is { } time ? TimeZoneInfo.ConvertTime(time, zone).ToString("MM-dd HH:mm", CultureInfo.InvariantCulture) : "?";
    }

    private static IncidentOutcome Missing(long id) => new(OutcomeKind.Missing, null, IncidentTexts.Missing(id));

    private static IncidentOutcome Refused(Incident incident, LocalizedText says, string? by = null, DateTimeOffset? at = null) => new(OutcomeKind.Refused, incident, says, by, at);

    private static IncidentOutcome Already(Incident incident, LocalizedText says, string? by, DateTimeOffset? at) => new(OutcomeKind.Already, incident, says, by, at);
}
