using System.Globalization;
using System.Text;
using FestivalOps.Alerting.Rules;
using FestivalOps.Alerting.Watchdog;
using FestivalOps.Checks;
using Microsoft.Extensions.Options;

namespace FestivalOps.Alerting.Export;

/// <summary>Our limits and times as a Prometheus rule file: the same options that our own rules use, so that there is one source of truth.</summary>
internal sealed class RuleFile(PrometheusRules expressions, IOptions<RulesOptions> times, IOptions<WatchdogOptions> watchdog)
{
    /// <summary>The file; what <c>promtool check rules</c> accepts.</summary>
    public string Write()
    {
        var rules = RuleBook.All(times.Value).ToDictionary(r => r.Check, StringComparer.Ordinal);
        var file = new StringBuilder(
            $"""
            # Made by FestivalOps from its settings (Checks:…, Alerting:Rules:…): change them there and export again.
            # Not here, because no exporter has a metric for it: {string.Join(", ", PrometheusRules.NotExported)}.
            groups:
              - name: festivalops
                rules:

            """);
        foreach (var expression in expressions.All())
        {
            var rule = rules[expression.Check];
            foreach (var status in (CheckStatus[])[CheckStatus.Warning, CheckStatus.Critical])
            {
                if (expression.Condition(status == CheckStatus.Critical) is { } condition) Add(file, rule, expression, status, condition);
            }
        }
        return Add(file, watchdog.Value).ToString();
    }

    private static void Add(StringBuilder file, AlertRule rule, PrometheusRule expression, CheckStatus status, string condition)
    {
        var value = expression.Limits is null ? "" : $": {{{{ $value | printf \"%.4g\" }}}}{expression.Unit}";
        file.Append(CultureInfo.InvariantCulture,
            $"""
                  - alert: {rule.Alert}
                    expr: {Quoted(condition)}
                    for: {rule.For(status).TotalSeconds:0}s
                    labels:
                      severity: {(status == CheckStatus.Critical ? "critical" : "warning")}
                      level: '{rule.Level(status)}'
                      check: {rule.Check}
                    annotations:
                      summary: {Quoted(expression.Summary)}
                      summary_ja: {Quoted(expression.SummaryJa)}
                      description: {Quoted($"{expression.Summary}{value} ({{{{ $labels.instance }}}})")}

            """);
    }

    // It always fires: its silence is what the bot listens for.
    private static StringBuilder Add(StringBuilder file, WatchdogOptions options) => file.Append(CultureInfo.InvariantCulture,
        $"""
              - alert: {Quoted(options.AlertName)}
                expr: vector(1)
                labels:
                  severity: none
                annotations:
                  summary: Always fires, so that its silence is noticed

        """);

    // In single quotes YAML takes everything as it is but the quote itself; line breaks are refused by the settings.
    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
