using System.Collections.ObjectModel;
using FestivalOps.Language;
using FestivalOps.Scheduling;

namespace FestivalOps.Maintenance;

/// <summary>What one part of a task found: a line of its result. A part that is not available is no failure, and the others go on.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Says">In one sentence; may hold foreign text that was made one line.</param>
/// <param name="Under">What is behind it, a line each; shown below it.</param>
internal sealed record TaskPart(TaskEnd End, LocalizedText Says, params IReadOnlyList<LocalizedText> Under)
{
    /// <summary>Well.</summary>
    public static TaskPart Ok(LocalizedText says, params IReadOnlyList<LocalizedText> under) => new(TaskEnd.Ok, says, under);

    /// <summary>Someone should look at it.</summary>
    public static TaskPart Warning(LocalizedText says, params IReadOnlyList<LocalizedText> under) => new(TaskEnd.Warning, says, under);

    /// <summary>Not as it must be, or not done.</summary>
    public static TaskPart Failed(LocalizedText says, params IReadOnlyList<LocalizedText> under) => new(TaskEnd.Failed, says, under);

    /// <summary>It could not be looked at; the sentence says what is missing.</summary>
    public static TaskPart NotAvailable(LocalizedText says) => new(TaskEnd.NotAvailable, says);

    /// <summary>What was measured, by names that never change; what could not be measured is not in it.</summary>
    public IReadOnlyList<(string Name, double Value)> Figures { get; init; } = [];

    /// <summary>Its lines, the first with a sign whose shape tells how it ended; those under it with one that survives where leading spaces don't.</summary>
    public IEnumerable<LocalizedText> Lines => Under.Select(u => new LocalizedText($"└ {u.Ja}", $"└ {u.En}")).Prepend(new($"{Sign(End)} {Says.Ja}", $"{Sign(End)} {Says.En}"));

    /// <summary>The sign of an end, readable without colours.</summary>
    public static string Sign(TaskEnd end) => end switch
    {
        TaskEnd.Ok => "○",
        TaskEnd.Warning => "△",
        TaskEnd.NotAvailable => "?",
        _ => "×",
    };
}

/// <summary>The parts of a run that takes long: each is noted in the run (<see cref="TaskRun.Find"/>) when it is added, so that a stop does not lose it.</summary>
internal sealed class RunParts(TaskRun run) : Collection<TaskPart>
{
    /// <summary>Adds some.</summary>
    public void AddRange(IEnumerable<TaskPart> parts)
    {
        foreach (var part in parts) Add(part);
    }

    /// <summary>The outcome of the task; what the parts say went to the output as they came.</summary>
    /// <param name="headline">The result in one sentence.</param>
    public TaskOutcome Outcome(LocalizedText headline) => new(this.Worst(), headline, this.WorstFirst());

    protected override void InsertItem(int index, TaskPart item)
    {
        base.InsertItem(index, item);
        run.Find(item.Lines);
    }
}

/// <summary>Puts parts together.</summary>
internal static class TaskParts
{
    /// <summary>The worst of all; parts that are not available don't count, unless there are no others.</summary>
    public static TaskEnd Worst(this IReadOnlyCollection<TaskPart> parts) => parts.Any(p => p.End == TaskEnd.Failed) ? TaskEnd.Failed
        : parts.Any(p => p.End == TaskEnd.Warning) ? TaskEnd.Warning
        : parts.Any(p => p.End == TaskEnd.Ok) ? TaskEnd.Ok
        : TaskEnd.NotAvailable;

    /// <summary>The parts from the worst to the best, in their order where they are equal; what could not be looked at comes last.</summary>
    public static IReadOnlyList<LocalizedText> WorstFirst(this IEnumerable<TaskPart> parts) => [.. parts.OrderBy(p => p.End switch
    {
        TaskEnd.Failed => 0,
        TaskEnd.Warning => 1,
        TaskEnd.Ok => 2,
        _ => 3,
    }).SelectMany(p => p.Lines)];

    /// <summary>The plan of a task that consists of parts, of which these could not be planned; with no step left it says why instead.</summary>
    public static TaskPlan Plan(
        this IReadOnlyCollection<TaskPart> unplanned, string host, IReadOnlyList<PlannedStep> steps, IReadOnlyList<LocalizedText> facts, IReadOnlyList<LocalizedText> numbers)
    {
        if (steps.Count > 0 || unplanned.Count == 0)
            return new(host, steps, [.. unplanned.Select(p => p.Says), .. facts], numbers) { IsPartial = unplanned.Any(p => p.End != TaskEnd.NotAvailable) };
        var worstFirst = unplanned.OrderBy(p => p.End == TaskEnd.NotAvailable).Select(p => p.Says).ToList();
        return new(host, [], facts, numbers) { Instead = new(unplanned.Worst(), worstFirst[0], worstFirst[1..]) };
    }

    /// <summary>The outcome of a task that consists of parts; they also go to its output, in their order.</summary>
    /// <param name="parts">All of them.</param>
    /// <param name="run">Gets the lines.</param>
    /// <param name="headline">The result in one sentence.</param>
    public static TaskOutcome Outcome(this IReadOnlyCollection<TaskPart> parts, TaskRun run, LocalizedText headline)
    {
        run.Find(parts.SelectMany(p => p.Lines));
        return new(parts.Worst(), headline, parts.WorstFirst());
    }
}
