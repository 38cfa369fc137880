using FestivalOps.Commands.Roles;
using FestivalOps.Language;

namespace FestivalOps.Scheduling;

/// <summary>
/// Work that is done at a time, or by hand with <c>/fops run</c>. A task does not catch what it can't explain: an exception is a failed run
/// with an error id. It observes its token, which ends when someone presses Stop, when its time is over, or when the bot stops.
/// </summary>
internal interface IScheduledTask
{
    /// <summary>As it is typed: lower case, words joined by <c>-</c>; at most 40 characters. Unique.</summary>
    string Name { get; }

    /// <summary>What it does, in one line.</summary>
    LocalizedText Summary { get; }

    /// <summary>When it runs, unless <c>Schedule:NAME:At</c> says otherwise; null: only by hand.</summary>
    TaskSchedule? DefaultSchedule { get; }

    /// <summary>After a downtime it is still done this late, later it is skipped and said. Default: 4 hours.</summary>
    TimeSpan MissedWithin => TimeSpan.FromHours(4);

    /// <summary>How long a run may take. Default: 1 hour.</summary>
    TimeSpan Timeout => TimeSpan.FromHours(1);

    /// <summary>True when it changes something outside the bot: then it has a plan, which is its dry run.</summary>
    bool Changes => false;

    /// <summary>
    /// True when what it posts itself is what people need: a run by the clock that went well has then no post of its own; any other has, at its
    /// end. A run by hand always has one.
    /// </summary>
    bool IsQuiet => false;

    /// <summary>
    /// True when a second person with one of <see cref="AllowedRoles"/> has to approve its plan before it runs. By the clock it only shows the
    /// plan. Needs <see cref="Changes"/>.
    /// </summary>
    bool IsDangerous => false;

    /// <summary>Who may start, pause or skip it; empty: everyone. The administrator always may.</summary>
    IReadOnlyCollection<Role> AllowedRoles => [Role.Operations, Role.TechnicalLead];

    /// <summary>
    /// What it would do now; changes nothing. Null for a task that changes nothing. A task that changes something must have one; its dry run is
    /// this plan, shown by the runner, so <see cref="RunAsync"/> is never called dry.
    /// </summary>
    Task<TaskPlan?> PlanAsync(TaskRun run, CancellationToken ct) => Task.FromResult<TaskPlan?>(null);

    /// <summary>Does it once.</summary>
    Task<TaskOutcome> RunAsync(TaskRun run, CancellationToken ct);
}

/// <summary>How a task's work ended.</summary>
internal enum TaskEnd
{
    /// <summary>Done, nothing to act on.</summary>
    Ok,

    /// <summary>Done, and someone should look at what was found.</summary>
    Warning,

    /// <summary>Not done, or not to the end.</summary>
    Failed,

    /// <summary>What it needs is not here (not set up, not installed): nothing was tried. No failure.</summary>
    NotAvailable,
}

/// <summary>The result of one run.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Sentence">The result in one sentence; may hold foreign text, whoever shows it escapes it.</param>
/// <param name="Details">What is behind it, a line each; shown on the post as far as there is room.</param>
internal sealed record TaskOutcome(TaskEnd End, LocalizedText Sentence, IReadOnlyList<LocalizedText> Details)
{
    /// <summary>Done.</summary>
    public static TaskOutcome Ok(LocalizedText sentence, params IReadOnlyList<LocalizedText> details) => new(TaskEnd.Ok, sentence, details);

    /// <summary>Done, with something to look at.</summary>
    public static TaskOutcome Warning(LocalizedText sentence, params IReadOnlyList<LocalizedText> details) => new(TaskEnd.Warning, sentence, details);

    /// <summary>Not done.</summary>
    public static TaskOutcome Failed(LocalizedText sentence, params IReadOnlyList<LocalizedText> details) => new(TaskEnd.Failed, sentence, details);

    /// <summary>Not possible here; the sentence says what is missing.</summary>
    public static TaskOutcome NotAvailable(LocalizedText sentence, params IReadOnlyList<LocalizedText> details) => new(TaskEnd.NotAvailable, sentence, details);
}
