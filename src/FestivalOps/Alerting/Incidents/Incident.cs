using FestivalOps.Alerting.Alerts;

namespace FestivalOps.Alerting.Incidents;

/// <summary>Where an incident stands.</summary>
internal enum IncidentState
{
    /// <summary>Nobody has taken it: the ladder climbs.</summary>
    Triggered,

    /// <summary>Someone has taken it: nobody is paged.</summary>
    Acknowledged,

    /// <summary>It is over.</summary>
    Resolved,
}

/// <summary>
/// Something is wrong and someone has to take it. Many alerts of one group are one incident. Changed only through
/// <see cref="IncidentDesk"/>.
/// </summary>
internal sealed class Incident
{
    /// <summary>Longest <see cref="GroupKey"/>: 200 characters.</summary>
    public const int MaxGroupKey = 200;

    /// <summary>Longest title in one language: 200 characters.</summary>
    public const int MaxTitle = 200;

    /// <summary>What people call it: "#42". Counts up from 1.</summary>
    public required long Id { get; init; }

    /// <summary>What makes alerts belong together: two alerts of one key are one incident while it is open.</summary>
    public required string GroupKey { get; init; }

    /// <summary>The group key while the incident is open, null afterwards. Unique, so that two open incidents of one group can't exist.</summary>
    public string? OpenKey { get; set; }

    /// <summary>Where it came from.</summary>
    public required AlertSource Source { get; init; }

    /// <summary>What is wrong, in Japanese; foreign text, escaped where it is shown.</summary>
    public required string TitleJa { get; set; }

    /// <summary>What is wrong, in English; foreign text, escaped where it is shown.</summary>
    public required string TitleEn { get; set; }

    /// <summary>The worst severity that its firing alerts have had.</summary>
    public required Severity Severity { get; set; }

    /// <summary>The guideline's level: 1 (minor), 2 (medium), 3 (major). Range: 1 to 3. It only climbs.</summary>
    public required int Level { get; set; }

    /// <summary>Where it stands.</summary>
    public IncidentState State { get; set; }

    /// <summary>When it was opened, UTC.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>The key of an incident that stands for a storm begins with this; the channel's id follows.</summary>
    public const string StormKey = "storm:";

    /// <summary>True when it stands for many groups that fire at once: no single alert of it says what is wrong.</summary>
    public bool IsStorm => GroupKey.StartsWith(StormKey, StringComparison.Ordinal);

    /// <summary>True when a storm took its alerts over: it is over, and <see cref="HiddenBy"/> names the storm's incident (<c>storm:49</c>).</summary>
    public bool IsMerged => HiddenBy?.StartsWith(StormKey, StringComparison.Ordinal) == true;

    /// <summary>Who took it; null while nobody has.</summary>
    public string? AcknowledgedBy { get; set; }

    /// <summary>When it was taken, UTC.</summary>
    public DateTimeOffset? AcknowledgedAt { get; set; }

    /// <summary>Until when whoever took it promised to have it done, UTC; then it comes back. Null: no promise.</summary>
    public DateTimeOffset? PromiseUntil { get; set; }

    /// <summary>Who ended it; empty when its alerts stopped by themselves; null while it is open.</summary>
    public string? ResolvedBy { get; set; }

    /// <summary>When it ended, UTC.</summary>
    public DateTimeOffset? ResolvedAt { get; set; }

    /// <summary>Until when nobody is to be told, UTC; null when it is not snoozed.</summary>
    public DateTimeOffset? SnoozedUntil { get; set; }

    /// <summary>Who snoozed it.</summary>
    public string? SnoozedBy { get; set; }

    /// <summary>Who is on it, when that is not who took it.</summary>
    public string? AssignedTo { get; set; }

    /// <summary>True while its alerts come and go so often that each change is no news.</summary>
    public bool Flapping { get; set; }

    /// <summary>True for a drill (【訓練】).</summary>
    public bool Drill { get; set; }

    /// <summary>What hides it: <c>silence:7</c>, <c>incident:41</c>; null when nothing does. What is hidden pages nobody and posts nothing.</summary>
    public string? HiddenBy { get; set; }

    /// <summary>How many of its alerts fire now.</summary>
    public int FiringAlerts { get; set; }

    /// <summary>How many alerts have belonged to it.</summary>
    public int TotalAlerts { get; set; }

    /// <summary>The channel that it belongs to; empty when none is set.</summary>
    public required string ChannelId { get; set; }

    /// <summary>Where its card is; null until it is posted.</summary>
    public string? CardChannel { get; set; }

    /// <summary>Slack's <c>ts</c> of its card; null until it is posted.</summary>
    public string? CardTs { get; set; }

    /// <summary>The <see cref="Version"/> that the card shows. Not part of the condition of a change.</summary>
    public int ShownVersion { get; set; }

    /// <summary>How many steps of the ladder have been taken since it was last opened or came back.</summary>
    public int Step { get; set; }

    /// <summary>When the next step of the ladder is due, UTC; null when none is.</summary>
    public DateTimeOffset? NextStepAt { get; set; }

    /// <summary>Why the next step is due, in the words of the ladder (<c>not-acknowledged</c>, <c>by-hand</c>, …); empty when none is.</summary>
    public string NextStepRule { get; set; } = "";

    /// <summary>The steps to come, for people (<see cref="PlannedStep"/>); JSON.</summary>
    public string Plan { get; set; } = "[]";

    /// <summary>How many lines its timeline has.</summary>
    public int Events { get; set; }

    /// <summary>Counts its changes; each change names the version that it saw, and fails when another was faster.</summary>
    public int Version { get; set; }

    /// <summary>Nobody has it any more: who took it, who works on it and what was promised is forgotten.</summary>
    public void Untake()
    {
        State = IncidentState.Triggered;
        (AcknowledgedBy, AcknowledgedAt, AssignedTo, PromiseUntil) = (null, null, null, null);
    }

    /// <summary>It is over, and what was put off or promised with it.</summary>
    /// <param name="by">Who ended it; empty: it ended by itself.</param>
    /// <param name="at">When, UTC.</param>
    public void End(string by, DateTimeOffset at)
    {
        (State, ResolvedBy, ResolvedAt, OpenKey) = (IncidentState.Resolved, by, at, null);
        (SnoozedUntil, SnoozedBy, PromiseUntil, Flapping) = (null, null, null, false);
    }
}
