using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Incidents;

namespace FestivalOps.Alerting.Intake;

/// <summary>Finds or makes the incident of every alert that begins to fire, group by group.</summary>
internal sealed class IncidentGroups(
    IntakeRows rows, IntakeTools tools, DateTimeOffset now, Dictionary<long, Draft> drafts, Dictionary<string, Incident> open)
{
    private readonly Dictionary<string, List<Beginning>> _groups = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Incident> _ended = new(StringComparer.Ordinal);
    private readonly Dictionary<long, string> _storms = [];

    /// <summary>Incidents whose alerts a new storm takes over.</summary>
    public List<(Draft Draft, Draft Storm)> Merged { get; } = [];

    private TimeSpan ReopenFor => TimeSpan.FromMinutes(tools.Alerting.ReopenMinutes);

    /// <summary>Reads what is open or has just ended.</summary>
    public async Task LoadAsync(IReadOnlyCollection<(IncomingAlert Alert, AlertRecord? Known)> begins, CancellationToken ct)
    {
        var keys = begins.Select(b => b.Alert.GroupKey).ToHashSet(StringComparer.Ordinal);
        // An alert that was in a storm that still goes on belongs there again.
        foreach (var incident in await rows.IncidentsAsync(begins.Where(b => b.Known is not null).Select(b => b.Known!.IncidentId).Distinct(), ct))
        {
            if (incident.OpenKey?.StartsWith(Incident.StormKey, StringComparison.Ordinal) != true) continue;
            _storms[incident.Id] = incident.GroupKey;
            open[incident.GroupKey] = incident;
        }
        foreach (var incident in await rows.OpenAsync(keys, ct)) open[incident.OpenKey!] = incident;
        if (ReopenFor == TimeSpan.Zero) return;
        foreach (var incident in await rows.EndedAsync(keys.Where(k => !open.ContainsKey(k)), now - ReopenFor, ct))
        {
            if (!_ended.TryGetValue(incident.GroupKey, out var other) || other.Id < incident.Id) _ended[incident.GroupKey] = incident;
        }
    }

    /// <summary>Adds an alert to its group.</summary>
    public void Add(Beginning begin)
    {
        var key = begin.Known is { } known && _storms.TryGetValue(known.IncidentId, out var storm) ? storm : begin.Alert.GroupKey;
        if (!_groups.TryGetValue(key, out var group)) _groups[key] = group = [];
        group.Add(begin);
    }

    /// <summary>Gives every group its incident.</summary>
    public async Task DecideAsync(CancellationToken ct)
    {
        var opening = new List<(string Key, List<Beginning> Group, Verdict Verdict)>();
        foreach (var (key, group) in _groups)
        {
            var incident = open.GetValueOrDefault(key);
            var ended = _ended.GetValueOrDefault(key);
            var verdict = AlertDecision.OfGroup(incident, ended, ReopenFor, now);
            if (verdict.Outcome == AlertOutcome.Open) opening.Add((key, group, verdict));
            else Into(incident ?? ended!, verdict, group);
        }
        foreach (var channel in opening.GroupBy(o => ChannelOf(o.Group), StringComparer.Ordinal).ToList())
        {
            var storming = await StormingAsync(channel.Key, [.. channel.Where(o => CanStorm(o.Group)).Select(o => o.Group)], ct);
            foreach (var (key, group, verdict) in channel)
            {
                if (!storming.Contains(group)) drafts.Add(await OpenAsync(key, channel.Key, group, verdict, ct));
            }
        }
    }

    // The groups of this channel that join its storm.
    private async Task<HashSet<List<Beginning>>> StormingAsync(string channel, List<List<Beginning>> groups, CancellationToken ct)
    {
        if (groups.Count == 0 || !tools.Storm.Enabled) return [];
        var key = Incident.StormKey + channel;
        if (!open.TryGetValue(key, out var storm) && (await rows.OpenAsync([key], ct)).FirstOrDefault() is { } found) open[key] = storm = found;
        var lately = await rows.OpenedLatelyAsync(channel, 1, ct);
        var newest = storm is null ? null : drafts.TryGetValue(storm.Id, out var busy) && busy.Begins.Count > 0 ? now : await rows.NewestJoinAsync(storm.Id, ct);
        var verdict = StormDecision.Decide(tools.Storm, lately, groups.Count, newest, now);
        if (verdict.Outcome != AlertOutcome.JoinStorm) return [];

        // What brings the whole system down keeps its own card, unless that, too, comes in crowds.
        var major = groups.FindAll(g => LevelOf(g) == 3);
        if (major.Count > 0 && major.Count + await rows.OpenedLatelyAsync(channel, 3, ct) <= tools.Storm.GroupsPerMinute) groups = groups.FindAll(g => LevelOf(g) < 3);
        if (groups.Count == 0) return [];
        var alerts = groups.SelectMany(g => g).ToList();
        if (storm is not null) Into(storm, verdict, alerts);
        else
        {
            var folded = await rows.FoldableAsync(channel, ct);
            var draft = await OpenAsync(key, channel, alerts, verdict, ct);
            drafts.Add(draft);
            draft.Incident.Level = folded.Select(i => i.Level).Append(draft.Incident.Level).Max();
            draft.Incident.Severity = folded.Select(i => i.Severity).Append(draft.Incident.Severity).Max();
            open[key] = draft.Incident;
            foreach (var incident in folded)
            {
                if (!drafts.TryGetValue(incident.Id, out var behind)) drafts[incident.Id] = behind = new(incident, default, isNew: false);
                Merged.Add((behind, draft));
            }
        }
        return [.. groups];
    }

    private void Into(Incident incident, Verdict verdict, List<Beginning> group)
    {
        if (!drafts.TryGetValue(incident.Id, out var draft)) drafts[incident.Id] = draft = new(incident, verdict, isNew: false);
        draft.Verdict = verdict;
        draft.Begins.AddRange(group);
    }

    private async Task<Draft> OpenAsync(string key, string channel, List<Beginning> group, Verdict verdict, CancellationToken ct)
    {
        var telling = Telling(group);
        var worst = telling.OrderByDescending(b => b.Alert.Level).ThenByDescending(b => b.Alert.Severity).First().Alert;
        var storm = verdict.Outcome == AlertOutcome.JoinStorm;
        var incident = new Incident
        {
            Id = await rows.NextIdAsync(ct),
            GroupKey = key,
            OpenKey = key,
            Source = worst.Source,
            TitleJa = storm ? IncidentTexts.Storm(group.Count).Ja : AlertLabels.Clean(worst.TitleJa, Incident.MaxTitle),
            TitleEn = storm ? IncidentTexts.Storm(group.Count).En : AlertLabels.Clean(worst.TitleEn, Incident.MaxTitle),
            Severity = telling.Max(b => b.Alert.Severity),
            Level = telling.Max(b => b.Alert.Level),
            State = IncidentState.Triggered,
            OpenedAt = now,
            ChannelId = channel,
            Drill = worst.Source == AlertSource.Person && worst.Labels.Value("drill") == "true",
        };
        var draft = new Draft(incident, verdict, isNew: true);
        draft.Begins.AddRange(group);
        return draft;
    }

    private string ChannelOf(List<Beginning> group) => tools.Classes.ChannelOf(Telling(group).Max(b => b.Alert.Severity));

    private static int LevelOf(List<Beginning> group) => Telling(group).Max(b => b.Alert.Level);

    // What people and the bot itself say is never one of many, and what is hidden needs no card.
    private static bool CanStorm(List<Beginning> group) =>
        group[0].Alert.Source is AlertSource.Alertmanager or AlertSource.Check && group.Exists(b => b.Hider is null);

    // Hidden alerts say nothing about how bad it is, unless all are hidden.
    private static List<Beginning> Telling(List<Beginning> group) => group.Exists(b => b.Hider is null) ? group.FindAll(b => b.Hider is null) : group;
}

/// <summary>The incidents of a round by their numbers.</summary>
internal static class DraftsExtensions
{
    public static void Add(this Dictionary<long, Draft> drafts, Draft draft) => drafts.Add(draft.Incident.Id, draft);
}
