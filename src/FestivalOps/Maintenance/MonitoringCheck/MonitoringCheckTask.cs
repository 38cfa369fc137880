using FestivalOps.Commands.Roles;
using FestivalOps.Language;
using FestivalOps.Scheduling;

namespace FestivalOps.Maintenance.MonitoringCheck;

/// <summary>第3営業日: 監視・アラート. Prometheus is as expected, and a test mail and a test post really go out. Changes nothing of the platform.</summary>
internal sealed class MonitoringCheckTask(PrometheusLook prometheus, TestMail mail, TestPost post) : IScheduledTask
{
    /// <summary>See <see cref="Name"/>.</summary>
    public const string TaskName = "monitoring-check";

    /// <inheritdoc/>
    public string Name => TaskName;

    /// <inheritdoc/>
    public LocalizedText Summary => MonitoringTexts.Summary;

    /// <inheritdoc/>
    public TaskSchedule DefaultSchedule { get; } = TaskSchedule.BusinessDay(3, new(10, 0));

    /// <inheritdoc/>
    public TimeSpan MissedWithin => TimeSpan.FromHours(8);

    /// <inheritdoc/>
    public TimeSpan Timeout => TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public IReadOnlyCollection<Role> AllowedRoles => [Role.Operations, Role.TechnicalLead];

    /// <inheritdoc/>
    public async Task<TaskOutcome> RunAsync(TaskRun run, CancellationToken ct)
    {
        run.Report(1, 3, MonitoringTexts.AskingPrometheus);
        List<TaskPart> parts = [.. await prometheus.LookAsync(ct)];
        run.Report(2, 3, MonitoringTexts.Mailing);
        parts.Add(await mail.SendAsync(run.Id, ct));
        run.Report(3, 3, MonitoringTexts.Posting);
        parts.Add(await post.SendAsync(run.Id, ct));
        return parts.Outcome(run, MonitoringTexts.Headline(parts.Worst(), parts.Exists(p => p.End == TaskEnd.NotAvailable)));
    }
}
