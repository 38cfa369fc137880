using FestivalOps.Scheduling.Approvals;

namespace FestivalOps.Scheduling.Runs;

/// <summary>What came of a run's work.</summary>
/// <param name="Outcome">As the task, or its plan, tells it.</param>
internal sealed record Worked(TaskOutcome Outcome)
{
    /// <summary>The plan that is to be approved now; null when none is.</summary>
    public TaskPlan? ToApprove { get; init; }

    /// <summary>True: nothing was done, because the plan is not the approved one.</summary>
    public bool PlanChanged { get; init; }
}

/// <summary>
/// Decides what a run does: the plan only (dry, or a dangerous task that nobody has approved), or the work. An approved task is planned once
/// more, and does nothing when that plan is another.
/// </summary>
internal sealed class RunWork(ApprovalDesk approvals)
{
    /// <summary>Does it. What the task throws comes through.</summary>
    /// <exception cref="InvalidOperationException">A task that changes something has no plan, or a dangerous one was begun without an approval.</exception>
    public async Task<Worked> DoAsync(PlannedTask planned, TaskRun run, TaskRunRecord row, CancellationToken ct)
    {
        var task = planned.Task;
        if (row.IsDry && task.Changes) return Planned(run, row, await PlanAsync(task, run, ct));
        if (row.ApprovalId is not null) return await ApprovedAsync(task, run, row, ct);
        if (task.IsDangerous) throw new InvalidOperationException($"The run {row.Id} of {task.Name} was begun without an approval.");
        return new(await task.RunAsync(run, ct));
    }

    private static Worked Planned(TaskRun run, TaskRunRecord row, TaskPlan plan)
    {
        if (plan.Instead is { } instead) return new(instead with { Details = [.. instead.Details, .. PlanLines.Of(plan)] });
        PlanLines.Write(run, plan);
        if (plan.Steps.Count == 0) return new(TaskOutcome.Ok(ApprovalTexts.NothingToDo, PlanLines.Of(plan)));
        // The post of the request shows the plan; here it would stand twice.
        if (row.Asks) return new(TaskOutcome.Ok(ApprovalTexts.PlanToApprove)) { ToApprove = plan };
        var sentence = ApprovalTexts.Planned(plan.Steps.Count, plan.Host, plan.IsPartial);
        return new(new TaskOutcome(
            plan.IsPartial ? TaskEnd.Warning : TaskEnd.Ok, sentence, row.DueKey is null ? PlanLines.Of(plan) : [ApprovalTexts.PlanByClock, .. PlanLines.Of(plan)]));
    }

    private async Task<Worked> ApprovedAsync(IScheduledTask task, TaskRun run, TaskRunRecord row, CancellationToken ct)
    {
        var approved = await approvals.FindAsync(row.ApprovalId!, ct) ?? throw new InvalidOperationException($"The approval of the run {row.Id} is gone.");
        var plan = await PlanAsync(task, run, ct);
        if (plan.Instead is { } instead) return new(instead) { PlanChanged = true };
        if (PlanSeal.Of(task.Name, plan) != approved.Hash)
            return new(TaskOutcome.NotAvailable(ApprovalTexts.PlanChanged, [.. PlanSeal.Differences(PlanSeal.Read(approved.Plan), plan)])) { PlanChanged = true };
        run.Plan = plan;
        var outcome = await task.RunAsync(run, ct);
        // Someone approved steps that are there; that none could be done is no shrug.
        return new(outcome.End == TaskEnd.NotAvailable ? outcome with { End = TaskEnd.Failed } : outcome);
    }

    private static async Task<TaskPlan> PlanAsync(IScheduledTask task, TaskRun run, CancellationToken ct) =>
        await task.PlanAsync(run, ct) ?? throw new InvalidOperationException($"{task.Name} changes something and has no plan.");
}
