using FestivalOps.Scheduling.Runs;
using Quartz;

namespace FestivalOps.Scheduling.Waking;

/// <summary>The one job of the bot: its name is the task's. It carries nothing else, since the store knows what is due.</summary>
[DisallowConcurrentExecution]
internal sealed class ScheduledTaskJob(TaskRunner runner) : IJob
{
    /// <summary>The group of its jobs and triggers.</summary>
    public const string Group = "tasks";

    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await runner.RunDueAsync(context.JobDetail.Key.Name, cancellationToken);
}
