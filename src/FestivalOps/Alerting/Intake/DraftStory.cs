using System.Globalization;
using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Channels;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.Alerting.Intake;

/// <summary>Turns what happened to the alerts of each incident into its state, timeline, plan and outbox rows, and writes them all.</summary>
internal sealed class DraftStory(OpsDbContext db, IntakeRows rows, IntakeTools tools, DateTimeOffset now)
{
    /// <summary>How often the card of a storm is redrawn, and its timeline grows, at the most: every 5 seconds.</summary>
    public static readonly TimeSpan StormPace = TimeSpan.FromSeconds(5);

    private readonly List<Incident> _born = [];
    private readonly List<IncidentEvent> _lines = [];
    private readonly List<OutboxRow> _posts = [];
    private readonly List<OutboxRow> _shared = [];
    private readonly List<string> _cardsAgain = [];

    /// <summary>Whether one of our own checks says that it comes and goes; what others call so is their word for something else.</summary>
    public static bool Flaps(IncomingAlert alert) => alert.Source == AlertSource.Check && alert.Annotations.GetValueOrDefault("flapping") == "true";

    /// <summary>Whether an alert comes and goes: by the check's word, or by what the webhook's sender says again and again.</summary>
    public static bool Flaps(AlertRecord alert) =>
        alert.SteadyAt is not null || (alert.Source == AlertSource.Check && alert.Annotations.Contains(IntakeRows.Flapping, StringComparison.Ordinal));

    /// <summary>Whether one of our own checks says otherwise than before that it comes and goes; of others that is not theirs to say.</summary>
    public static bool FlapsOtherwise(IncomingAlert alert, AlertRecord known) => alert.Source == AlertSource.Check && Flaps(alert) != Flaps(known);

    private static bool Flaps(Beginning begin) => Flaps(begin.Alert) || begin.Known is { SteadyAt: not null };

    /// <summary>Gives the alerts of an incident to a storm, which stands for them from now on; the incident itself is over.</summary>
    public async Task MergeAsync(Draft draft, Draft storm, CancellationToken ct)
    {
        var incident = draft.Incident;
        storm.Merged += await rows.MoveAsync(incident.Id, storm.Incident.Id, ct);
        incident.HiddenBy = Incident.StormKey + Count(storm.Incident.Id);
        incident.FiringAlerts = 0;
        incident.End("", now);
        var change = new IncidentChange(incident, now);
        var line = change.Record(IncidentEventKind.Hidden, "", ("by", incident.HiddenBy), ("rule", "storm"));
        tools.Plan.Plan(incident, PlanCause.Quiet, now);
        Keep(change, line);
        incident.Version++;
    }

    /// <summary>Tells what happened to one incident.</summary>
    public async Task TellAsync(Draft draft, CancellationToken ct)
    {
        var change = new IncidentChange(draft.Incident, now);
        if (draft.IsNew) Open(draft, change);
        else await GoOnAsync(draft, change, ct);
    }

    /// <summary>Writes everything that was told.</summary>
    public async Task WriteAsync(CancellationToken ct)
    {
        // Cards that were dropped while the incident was hidden are wanted again; the key stays, so that there is never a second one.
        foreach (var some in _cardsAgain.Chunk(Chunks.Size))
        {
            await db.Set<OutboxRow>().Where(r => some.Contains(r.Key) && r.State == OutboxState.Dropped).ExecuteUpdateAsync(
                set => set.SetProperty(r => r.State, OutboxState.Waiting).SetProperty(r => r.NotBefore, now).SetProperty(r => r.Reason, (string?)null), ct);
        }
        foreach (var some in _shared.Chunk(Chunks.Size)) await Outbox.AddAsync(db, some, ct);
        await db.SaveChangesAsync(ct);
        if (_born.Count > 0) await db.InsertAsync(_born, ct);
        if (_lines.Count > 0) await db.InsertAsync(_lines, ct);
        if (_posts.Count > 0) await db.InsertAsync(_posts, ct);
    }

    private void Open(Draft draft, IncidentChange change)
    {
        var incident = draft.Incident;
        incident.FiringAlerts = incident.TotalAlerts = draft.Begins.Count + draft.Merged;
        NameStorm(incident);
        incident.HiddenBy = draft.Begins.TrueForAll(b => b.Hider is not null) ? draft.Begins[0].Hider!.Reference : null;
        change.Record(
            IncidentEventKind.Opened, "", ("reason", draft.Verdict.Reason), ("count", Count(draft.Begins.Count)), ("alert", draft.Begins[0].Alert.TitleJa),
            ("level", Count(incident.Level)), ("severity", $"{incident.Severity}"));
        incident.Flapping = draft.Begins.Exists(Flaps);
        if (incident.HiddenBy is { } by) change.Record(IncidentEventKind.Hidden, "", ("by", by), ("rule", RuleOf(by)));
        Replan(incident, PlanCause.Opened);
        incident.Version = 1;
        _born.Add(incident);
        _lines.AddRange(change.Lines);
        if (incident.HiddenBy is null && incident.ChannelId.Length > 0) _posts.Add(IncidentPosts.Card(tools.Outbox, incident));
    }

    private async Task GoOnAsync(Draft draft, IncidentChange change, CancellationToken ct)
    {
        var incident = draft.Incident;
        var hiddenBefore = incident.HiddenBy;
        var told = new List<int>();
        PlanCause? cause = null;

        if (draft.Begins.Count > 0)
        {
            incident.FiringAlerts += draft.Begins.Count;
            incident.TotalAlerts += draft.Begins.Count(b => b.Known?.IncidentId != incident.Id);
            if (draft.Verdict.Outcome == AlertOutcome.Reopen)
            {
                told.Add(Reopen(draft, change));
                cause = PlanCause.CameBack;
            }
            else
            {
                if (!incident.IsStorm || await IsNewsAsync(incident, ct)) Join(draft, change, told);
                if (MoreThanWasTaken(draft) is { } later)
                {
                    told.Add(ComeBack(draft, change, later));
                    cause = PlanCause.CameBack;
                }
            }
        }
        if (Climb(draft, change) is { } climbed)
        {
            told.Add(climbed);
            if (incident.SnoozedUntil is not null)
            {
                (incident.SnoozedUntil, incident.SnoozedBy) = (null, null);
                told.Add(change.Record(IncidentEventKind.SnoozeEnded, "", ("reason", "it became worse")));
            }
            cause ??= PlanCause.Worsened;
        }
        if (draft.Stops.Count > 0 && Stop(draft, change) is { } stopped)
        {
            told.Add(stopped);
            if (incident.State == IncidentState.Resolved) cause = PlanCause.Quiet;
        }
        if (incident.State != IncidentState.Resolved && await FlapAsync(draft, change, ct) is { } flap) told.Add(flap);
        if (incident.State != IncidentState.Resolved && await HideOrShowAsync(draft, change, ct) is { } line)
        {
            told.Add(line);
            cause = incident.HiddenBy is null ? PlanCause.Opened : PlanCause.Quiet;
        }
        NameStorm(incident);
        if (cause is { } why && (why == PlanCause.Quiet || incident.State == IncidentState.Triggered)) Replan(incident, why);

        if (hiddenBefore is not null && incident.HiddenBy is null && incident.State != IncidentState.Resolved) ShowCard(change);
        if (change.IsChanged || draft.Begins.Count > 0 || draft.Stops.Count > 0) Keep(change, incident.IsStorm && change.Lines.All(l => l.Kind is IncidentEventKind.AlertsJoined or IncidentEventKind.AlertsStopped) ? null : told);
    }

    // Whoever took a storm took what they saw; critical alerts of other groups that begin later are someone's again.
    private IncomingAlert? MoreThanWasTaken(Draft draft) =>
        draft.Incident is { IsStorm: true, State: IncidentState.Acknowledged, AcknowledgedAt: { } taken } && now - taken > StormDecision.Window
            ? draft.Begins.Find(b => b.Hider is null && b.Alert.Severity == Severity.Critical)?.Alert
            : null;

    private static int ComeBack(Draft draft, IncidentChange change, IncomingAlert later)
    {
        draft.Incident.Untake();
        return change.Record(
            IncidentEventKind.Reopened, "", ("reason", "critical alerts began after it was taken"), ("count", Count(draft.Begins.Count)), ("alert", later.TitleJa));
    }

    // One that is over is told by how many there were.
    private static void NameStorm(Incident incident)
    {
        if (!incident.IsStorm) return;
        var title = IncidentTexts.Storm(incident.FiringAlerts > 0 ? incident.FiringAlerts : incident.TotalAlerts);
        (incident.TitleJa, incident.TitleEn) = (title.Ja, title.En);
    }

    private static int Reopen(Draft draft, IncidentChange change)
    {
        var incident = draft.Incident;
        incident.Untake();
        incident.OpenKey = incident.GroupKey;
        (incident.ResolvedAt, incident.ResolvedBy, incident.SnoozedUntil, incident.SnoozedBy) = (null, null, null, null);
        // Whether it can be seen is decided by what fires now.
        incident.HiddenBy = draft.Begins.TrueForAll(b => b.Hider is not null) ? draft.Begins[0].Hider!.Reference : null;
        return change.Record(
            IncidentEventKind.Reopened, "", ("reason", draft.Verdict.Reason), ("count", Count(draft.Begins.Count)), ("alert", draft.Begins[0].Alert.TitleJa));
    }

    private static void Join(Draft draft, IncidentChange change, List<int> told) => told.Add(change.Record(
        IncidentEventKind.AlertsJoined, "", ("count", Count(draft.Begins.Count)), ("alert", draft.Begins[0].Alert.TitleJa), ("reason", draft.Verdict.Reason)));

    // Level and severity only climb, and only by what can be seen.
    private static int? Climb(Draft draft, IncidentChange change)
    {
        var incident = draft.Incident;
        var (level, severity) = (incident.Level, incident.Severity);
        foreach (var alert in draft.Begins.Where(b => b.Hider is null).Select(b => b.Alert).Concat(draft.Changes))
        {
            (incident.Level, incident.Severity) = (Math.Max(incident.Level, alert.Level), (Severity)Math.Max((int)incident.Severity, (int)alert.Severity));
            if (incident.Level > level && !incident.IsStorm) (incident.TitleJa, incident.TitleEn) = (AlertLabels.Clean(alert.TitleJa, Incident.MaxTitle), AlertLabels.Clean(alert.TitleEn, Incident.MaxTitle));
        }
        return incident.Level == level && incident.Severity == severity ? null : change.Record(
            IncidentEventKind.Worsened, "", ("from", Count(level)), ("to", Count(incident.Level)), ("severity", $"{incident.Severity}"));
    }

    private int? Stop(Draft draft, IncidentChange change)
    {
        var incident = draft.Incident;
        incident.FiringAlerts = Math.Max(0, incident.FiringAlerts - draft.Stops.Count);
        if (incident.State == IncidentState.Resolved) return null;
        var verdict = AlertDecision.OfStops(incident.FiringAlerts);
        var reason = draft.StopReason ?? verdict.Reason;
        if (verdict.Outcome == AlertOutcome.Calm)
            return change.Record(IncidentEventKind.AlertsStopped, "", ("count", Count(draft.Stops.Count)), ("alert", draft.Stops[0].TitleJa), ("reason", reason));
        incident.End("", now);
        return change.Record(
            IncidentEventKind.Resolved, "", ("reason", reason), ("count", Count(draft.Stops.Count)), ("steady", draft.Stops.Exists(Flaps) ? "true" : ""));
    }

    // Of several alerts of an incident each may come and go by itself: it is steady when none does.
    private async Task<int?> FlapAsync(Draft draft, IncidentChange change, CancellationToken ct)
    {
        var mayChange = draft.FlappingChanged || draft.Stops.Exists(Flaps) || draft.Begins.Exists(Flaps);
        if (!mayChange || await rows.FlapsAsync(change.Incident.Id, ct) is var flaps && flaps == change.Incident.Flapping) return null;
        change.Incident.Flapping = flaps;
        return change.Record(flaps ? IncidentEventKind.FlappingBegan : IncidentEventKind.FlappingEnded, "");
    }

    private async Task<int?> HideOrShowAsync(Draft draft, IncidentChange change, CancellationToken ct)
    {
        var incident = draft.Incident;
        var mayChange = draft.HidingChanged || incident.HiddenBy is not null || draft.Stops.Count > 0 || draft.Begins.Exists(b => b.Hider is not null);
        if (!mayChange || incident.FiringAlerts == 0) return null;
        if (incident.HiddenBy is null && await rows.ShowsAsync(incident.Id, ct)) return null;
        var sight = await rows.SightAsync(incident.Id, ct);
        if (!sight.Visible)
        {
            if (sight.HiddenBy is null || sight.HiddenBy == incident.HiddenBy) return null;
            incident.HiddenBy = sight.HiddenBy;
            return change.Record(IncidentEventKind.Hidden, "", ("by", sight.HiddenBy), ("rule", RuleOf(sight.HiddenBy)));
        }
        var by = incident.HiddenBy!;
        incident.HiddenBy = null;
        (incident.Level, incident.Severity) = (Math.Max(incident.Level, sight.Level), (Severity)Math.Max((int)incident.Severity, (int)sight.Severity));
        return change.Record(IncidentEventKind.Shown, "", ("by", by));
    }

    // A storm's timeline does not grow with every one of its ten thousand groups.
    private async Task<bool> IsNewsAsync(Incident storm, CancellationToken ct) =>
        await rows.NewestJoinAsync(storm.Id, ct) is not { } newest || now - newest >= StormPace || newest > now;

    private void Replan(Incident incident, PlanCause cause) => tools.Plan.Plan(
        incident, incident.HiddenBy is not null || incident.Severity == Severity.Information || incident.SnoozedUntil > now ? PlanCause.Quiet : cause, now);

    private void ShowCard(IncidentChange change)
    {
        var incident = change.Incident;
        if (incident.CardTs is not null || incident.ChannelId.Length == 0) return;
        _cardsAgain.Add(IncidentPosts.CardKey(incident.Id));
        _shared.Add(IncidentPosts.Card(tools.Outbox, incident));
    }

    // Null as lines: redrawn at a slower pace and without notes.
    private void Keep(IncidentChange change, List<int>? told)
    {
        var incident = change.Incident;
        _lines.AddRange(change.Lines);
        if (told is not null)
        {
            change.Show(tools.Outbox, [.. told]);
            _posts.AddRange(change.Rows);
        }
        else if (incident.ChannelId.Length > 0) _shared.Add(IncidentPosts.RedrawLater(tools.Outbox, incident, now, StormPace));
        incident.Version++;
    }

    private void Keep(IncidentChange change, int line)
    {
        _lines.AddRange(change.Lines);
        change.Show(tools.Outbox, line);
        _posts.AddRange(change.Rows);
    }


    private static string RuleOf(string hiddenBy) => hiddenBy.StartsWith("silence:", StringComparison.Ordinal) ? "silence" : "inhibited";

    private static string Count(long count) => count.ToString(CultureInfo.InvariantCulture);
}
