using FestivalOps.Checks;
using FestivalOps.Commands.Roles;
using FestivalOps.Language;
using FestivalOps.Maintenance.Keeping;
using FestivalOps.Maintenance.Logs;
using FestivalOps.Maintenance.Security;
using FestivalOps.Scheduling;
using Microsoft.Extensions.Options;

namespace FestivalOps.Maintenance.MorningCheck;

/// <summary>
/// 朝のシステムチェック (9:00): all health checks, the figures against the guideline's daily targets, errors in the logs, and the application's own
/// security audit. What isn't there is said and is no failure.
/// </summary>
internal sealed class MorningCheckTask(HealthRunner runner, CheckBook book, ErrorLogs logs, RailsAudit audit, Figures figures, IOptions<MorningCheckOptions> targets) : IScheduledTask
{
    /// <summary>See <see cref="Name"/>.</summary>
    public const string TaskName = "morning-check";

    // Rails needs some seconds to start; the rest of the morning check must not wait for it for ever.
    private static readonly TimeSpan AuditTimeout = TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    public string Name => TaskName;

    /// <inheritdoc/>
    public LocalizedText Summary => MorningCheckTexts.Summary;

    /// <inheritdoc/>
    public TaskSchedule DefaultSchedule { get; } = TaskSchedule.Daily(new(9, 0));

    /// <inheritdoc/>
    public TimeSpan Timeout => TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public IReadOnlyCollection<Role> AllowedRoles => [Role.Operations, Role.TechnicalLead];

    /// <inheritdoc/>
    public async Task<TaskOutcome> RunAsync(TaskRun run, CancellationToken ct)
    {
        run.Report(1, 4, MorningCheckTexts.Measuring(book.Checks.Count(c => c.NotSetUp is null)));
        var health = await runner.RunAsync(book.Find(CheckBook.All)!, ct);
        var nothing = health.Results.Count == 0;

        run.Report(2, 4, MorningCheckTexts.Comparing);
        var lines = health.Results.Select(r => (Result: r, Missed: Missed(r))).ToList();
        foreach (var (result, missed) in lines) run.WriteLine($"{result.Status} {result.Check}: {result.Measurement.Says.En}{(missed is null ? "" : $" ({missed.En})")}");
        var details = lines.OrderByDescending(l => l.Result.Status).ThenBy(l => l.Missed is null)
            .Select(l => MorningCheckTexts.Line(l.Result, l.Missed))
            .Concat(health.NotSetUp.GroupBy(n => n.Why).Select(g => HealthTexts.NotSetUp(g.Select(n => n.Title), g.Key)))
            .ToList();
        var beyond = lines.Count(l => l.Missed is not null);
        run.Report(3, 4, LogTexts.Looking);
        List<TaskPart> parts = [.. await logs.LookAsync(ct)];
        run.Report(4, 4, SecurityTexts.Audit);
        parts.Add((await audit.RunAsync(AuditTimeout, ct)).Part);
        await figures.KeepAsync(run, TaskName, parts, ct);
        run.Find(parts.SelectMany(p => p.Lines));
        if (nothing && parts.Worst() == TaskEnd.NotAvailable) return TaskOutcome.NotAvailable(HealthTexts.NothingSetUp, parts.WorstFirst());

        var troubles = parts.Count(p => p.End is TaskEnd.Warning or TaskEnd.Failed);
        var sentence = MorningCheckTexts.Headline(nothing ? HealthTexts.NothingSetUp : HealthTexts.Headline(health), beyond, troubles);
        details.AddRange(parts.WorstFirst());
        return (nothing || health.Worst == CheckStatus.Ok) && beyond == 0 && troubles == 0 ? TaskOutcome.Ok(sentence, details) : TaskOutcome.Warning(sentence, details);
    }

    // The target that a figure misses; what has no figure has missed nothing, its status says what is wrong.
    private LocalizedText? Missed(CheckResult result) =>
        targets.Value.Of(result.Check) is { } target && result.Measurement is { Value: { } value, Unit: { } unit } && value >= target
            ? MorningCheckTexts.Target(unit.Format(target))
            : null;
}
