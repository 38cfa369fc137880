namespace FestivalOps.Scheduling.Runs;

/// <summary>Where a run stands.</summary>
internal enum RunState
{
    /// <summary>It is under way.</summary>
    Running,

    /// <summary>Done.</summary>
    Ok,

    /// <summary>Done, with something to look at.</summary>
    Warning,

    /// <summary>Not done, or not to the end.</summary>
    Failed,

    /// <summary>What it needs is not here.</summary>
    NotAvailable,

    /// <summary>A person stopped it.</summary>
    Stopped,

    /// <summary>Not begun, on purpose: paused, skipped once, or a later run stands for it.</summary>
    Skipped,

    /// <summary>Not begun, because the bot could not begin it in time.</summary>
    Missed,
}

/// <summary>One run of a task, or one that was not begun and why.</summary>
internal sealed class TaskRunRecord
{
    /// <summary>Longest <see cref="SentenceJa"/> and <see cref="SentenceEn"/>. Unit: characters.</summary>
    public const int MaxSentence = 500;

    /// <summary>Names the run: UUID version 7, 32 hex digits; sorts by time.</summary>
    public required string Id { get; init; }

    /// <summary>The task's name.</summary>
    public required string Task { get; init; }

    /// <summary>The moment for which it was due, UTC; of a run by hand, when it was asked for.</summary>
    public required DateTimeOffset Due { get; init; }

    /// <summary>Task and due moment; null for a run by hand. Unique: a due moment has one row, whoever gets there first.</summary>
    public string? DueKey { get; init; }

    /// <summary>The task while it runs (a dry run, too); null afterwards. Unique: of one task, one run is under way.</summary>
    public string? RunningKey { get; set; }

    /// <summary>Where it stands.</summary>
    public required RunState State { get; set; }

    /// <summary>When it began, UTC; of one that was not begun, when that was decided.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended, UTC; null while it runs.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Slack id of who started it; empty: the clock.</summary>
    public string StartedBy { get; init; } = "";

    /// <summary>True: nothing was to be changed.</summary>
    public bool IsDry { get; init; }

    /// <summary>The process that runs it (<see cref="Storage.Instance.Id"/>).</summary>
    public string InstanceId { get; init; } = "";

    /// <summary>Slack id of who pressed Stop; null when nobody did.</summary>
    public string? StopBy { get; set; }

    /// <summary>Steps behind it, see <see cref="TaskProgress"/>.</summary>
    public int Step { get; set; }

    /// <summary>All steps; 0 while nobody knows.</summary>
    public int Steps { get; set; }

    /// <summary>The result, or while it runs what it does now; Japanese.</summary>
    public string SentenceJa { get; set; } = "";

    /// <summary>The same in English.</summary>
    public string SentenceEn { get; set; } = "";

    /// <summary>Details as a JSON array of [ja, en]; empty when there are none.</summary>
    public string Details { get; set; } = "";

    /// <summary>What it wrote; at most <see cref="TaskRun.MaxOutput"/> characters and a line about the rest.</summary>
    public string Output { get; set; } = "";

    /// <summary>Counts the changes that its post should show.</summary>
    public int Version { get; set; }

    /// <summary>The newest version that its post shows.</summary>
    public int ShownVersion { get; set; }

    /// <summary>The channel of its post; empty: there is none.</summary>
    public string PostChannel { get; set; } = "";

    /// <summary>Slack's <c>ts</c> of its post; null until it is there.</summary>
    public string? PostTs { get; set; }
}

/// <summary>Where the clock of a task stands. The truth about what is due; Quartz' triggers follow it.</summary>
internal sealed class TaskClockRecord
{
    /// <summary>The task's name.</summary>
    public required string Task { get; init; }

    /// <summary>The schedule from which <see cref="NextDue"/> was computed, as a setting writes it.</summary>
    public required string Schedule { get; set; }

    /// <summary>The first moment that is not accounted for yet, UTC; null: never.</summary>
    public DateTimeOffset? NextDue { get; set; }

    /// <summary>Slack id of who paused it; null when it is not.</summary>
    public string? PausedBy { get; set; }

    /// <summary>Since when it is paused, UTC.</summary>
    public DateTimeOffset? PausedAt { get; set; }

    /// <summary>The due moment that is left out on purpose, UTC; null when none is.</summary>
    public DateTimeOffset? SkipDue { get; set; }

    /// <summary>Slack id of who wants it left out.</summary>
    public string? SkipBy { get; set; }
}
