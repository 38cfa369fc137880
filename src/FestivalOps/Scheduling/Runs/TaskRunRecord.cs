using FestivalOps.Language;

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

/// <summary>Where the file with a run's output stands.</summary>
internal enum OutputFileState
{
    /// <summary>There is none: it wrote nothing, or has no post.</summary>
    None,

    /// <summary>It waits to be uploaded.</summary>
    Waiting,

    /// <summary>It is in the thread of the post.</summary>
    There,

    /// <summary>It could not be uploaded; the post says why.</summary>
    Refused,
}

/// <summary>All that a run wrote, until its file is in Slack or can't be.</summary>
internal sealed class TaskOutput
{
    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>The text of the file, UTF-8 packed with gzip.</summary>
    public required byte[] Packed { get; init; }
}

/// <summary>One run of a task, or one that was not begun and why.</summary>
internal sealed class TaskRunRecord
{
    /// <summary>Longest <see cref="SentenceJa"/> and <see cref="SentenceEn"/>. Unit: characters.</summary>
    public const int MaxSentence = 500;

    /// <summary>Longest <see cref="Output"/>. Unit: characters.</summary>
    public const int MaxOutput = 32_000;

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

    /// <summary>How much of the step under way is done, see <see cref="TaskProgress.Part"/>.</summary>
    public double Part { get; set; }

    /// <summary>The result, or while it runs what it does now; Japanese.</summary>
    public string SentenceJa { get; set; } = "";

    /// <summary>The same in English.</summary>
    public string SentenceEn { get; set; } = "";

    /// <summary>Details as a JSON array of [ja, en]; empty when there are none.</summary>
    public string Details { get; set; } = "";

    /// <summary>The beginning of what it wrote, for the history; at most <see cref="MaxOutput"/> characters.</summary>
    public string Output { get; set; } = "";

    /// <summary>Where the file with all of the output stands.</summary>
    public OutputFileState OutputFile { get; set; }

    /// <summary>Why there is no file, in Slack's word for it; empty otherwise.</summary>
    public string OutputFileError { get; set; } = "";

    /// <summary>True: a dry run whose plan is to be approved (<see cref="Approvals.Approval"/>).</summary>
    public bool Asks { get; init; }

    /// <summary>The approval that it runs by; null when it needed none.</summary>
    public string? ApprovalId { get; init; }

    /// <summary>Slack id of who approved it; null when it needed no approval.</summary>
    public string? ApprovedBy { get; init; }

    /// <summary>True: it ended because what it would do is not what was approved; people may ask anew.</summary>
    public bool PlanChanged { get; set; }

    /// <summary>Counts the changes that its post should show.</summary>
    public int Version { get; set; }

    /// <summary>The newest version that its post shows.</summary>
    public int ShownVersion { get; set; }

    /// <summary>The channel of its post; empty: there is none.</summary>
    public string PostChannel { get; set; } = "";

    /// <summary>Slack's <c>ts</c> of its post; null until it is there.</summary>
    public string? PostTs { get; set; }

    /// <summary>Ends it; another may begin.</summary>
    public void End(RunState state, LocalizedText sentence, DateTimeOffset at)
    {
        (State, EndedAt, RunningKey) = (state, at, null);
        Say(sentence);
    }

    /// <summary>Writes what is said about it now; null: nothing.</summary>
    public void Say(LocalizedText? text) => (SentenceJa, SentenceEn) = (ForeignText.OneLine(text?.Ja, MaxSentence), ForeignText.OneLine(text?.En, MaxSentence));
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
