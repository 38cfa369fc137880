using FestivalOps.Checks;
using FestivalOps.Commands.Roles;
using FestivalOps.Language;
using FestivalOps.Scheduling;
using Microsoft.Extensions.Options;

namespace FestivalOps.Maintenance.MorningCheck;

/// <summary>朝のシステムチェック (9:00): all health checks, and the figures against the guideline's daily targets.</summary>
internal sealed class MorningCheckTask(HealthRunner runner, CheckBook book, IOptions<MorningCheckOptions> targets) : IScheduledTask
{
    /// <summary>See <see cref="Name"/>.</summary>
    public const string TaskName = "morning-check";

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
        run.Report(1, 2, MorningCheckTexts.Measuring(book.Checks.Count(c => c.NotSetUp is null)));
        var health = await runner.RunAsync(book.Find(CheckBook.All)!, ct);
        if (health.Results.Count == 0) return TaskOutcome.NotAvailable(HealthTexts.NothingSetUp);

        run.Report(2, 2, MorningCheckTexts.Comparing);
        var lines = health.Results.Select(r => (Result: r, Missed: Missed(r))).ToList();
        foreach (var (result, missed) in lines) run.WriteLine($"{result.Status} {result.Check}: {result.Measurement.Says.En}{(missed is null ? "" : $" ({missed.En})")}");
        var details = lines.OrderByDescending(l => l.Result.Status).ThenBy(l => l.Missed is null)
            .Select(l => MorningCheckTexts.Line(l.Result, l.Missed))
            .Concat(health.NotSetUp.GroupBy(n => n.Why).Select(g => HealthTexts.NotSetUp(g.Select(n => n.Title), g.Key)))
            .ToList();
        var beyond = lines.Count(l => l.Missed is not null);
        var sentence = MorningCheckTexts.Headline(HealthTexts.Headline(health), beyond);
        return health.Worst == CheckStatus.Ok && beyond == 0 ? TaskOutcome.Ok(sentence, details) : TaskOutcome.Warning(sentence, details);
    }

    // The target that a figure misses; what has no figure has missed nothing, its status says what is wrong.
    private LocalizedText? Missed(CheckResult result) =>
        targets.Value.Of(result.Check) is { } target && result.Measurement is { Value: { } value, Unit: { } unit } && value >= target
            ? MorningCheckTexts.Target(unit.Format(target))
            : null;
}
