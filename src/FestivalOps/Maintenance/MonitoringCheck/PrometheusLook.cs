using System.Text.Json;
using FestivalOps.Alerting.Export;
using FestivalOps.Alerting.Rules;
using FestivalOps.Alerting.Watchdog;
using FestivalOps.Festival;
using FestivalOps.Language;
using Microsoft.Extensions.Options;

namespace FestivalOps.Maintenance.MonitoringCheck;

/// <summary>監視設定確認: Prometheus' targets are up, the expected jobs are there, the rules of our export are loaded and can be evaluated.</summary>
internal sealed class PrometheusLook(
    PrometheusState prometheus, PrometheusRules ours, IOptions<RulesOptions> rules, IOptions<WatchdogOptions> watchdog, IOptions<MonitoringCheckOptions> options, TimeProvider time)
{
    private const int Named = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Looks.</summary>
    public async Task<IReadOnlyList<TaskPart>> LookAsync(CancellationToken ct)
    {
        if (!prometheus.IsSetUp) return [TaskPart.NotAvailable(MonitoringTexts.PrometheusNotSetUp)];
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            List<TaskPart> parts = [Targets(await prometheus.TargetsAsync(either.Token))];
            if (options.Value.ExpectOurRules) parts.Add(Rules(await prometheus.RulesAsync(either.Token)));
            return parts;
        }
        catch (Exception failure) when (!ct.IsCancellationRequested && failure is HttpRequestException or JsonException or OperationCanceledException)
        {
            return [TaskPart.Failed(failure is JsonException ? MonitoringTexts.NotPrometheus : MonitoringTexts.PrometheusAway)];
        }
    }

    private TaskPart Targets(IReadOnlyList<PrometheusTarget> targets)
    {
        var missing = options.Value.JobList.Where(j => !targets.Any(t => t.Job == j)).ToList();
        var down = targets.Where(t => !t.IsUp).ToList();
        if (missing.Count == 0 && down.Count == 0) return TaskPart.Ok(MonitoringTexts.TargetsUp(targets.Count));
        LocalizedText[] under =
        [
            .. missing.Count > 0 ? [MonitoringTexts.MissingJobs(missing)] : (LocalizedText[])[],
            .. down.Take(Named).Select(MonitoringTexts.Down),
            .. down.Count > Named ? [Security.SecurityTexts.More(down.Count - Named)] : (LocalizedText[])[],
        ];
        return TaskPart.Failed(MonitoringTexts.TargetsWrong(targets.Count, down.Count, missing.Count), under);
    }

    private TaskPart Rules(IReadOnlyList<PrometheusLoadedRule> loaded)
    {
        var byCheck = RuleBook.All(rules.Value).ToDictionary(r => r.Check, r => r.Alert, StringComparer.Ordinal);
        var expected = ours.All().Where(r => r.Condition(critical: true) is not null || r.Condition(critical: false) is not null)
            .Select(r => byCheck[r.Check]).Append(watchdog.Value.AlertName).Distinct(StringComparer.Ordinal).ToList();
        var missing = expected.Where(e => !loaded.Any(l => l.Name == e)).ToList();
        var broken = loaded.Where(l => !l.IsHealthy).ToList();
        if (missing.Count == 0 && broken.Count == 0) return TaskPart.Ok(MonitoringTexts.RulesWell(loaded.Count));
        LocalizedText[] under =
        [
            .. missing.Count > 0 ? [MonitoringTexts.MissingRules(missing)] : (LocalizedText[])[],
            .. broken.Take(Named).Select(MonitoringTexts.Broken),
        ];
        return broken.Count > 0 ? TaskPart.Failed(MonitoringTexts.RulesWrong(loaded.Count, broken.Count, missing.Count), under) : TaskPart.Warning(MonitoringTexts.RulesWrong(loaded.Count, 0, missing.Count), under);
    }
}
