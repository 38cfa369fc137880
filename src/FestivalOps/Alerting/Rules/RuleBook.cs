using FestivalOps.Checks;
using Microsoft.Extensions.Options;

namespace FestivalOps.Alerting.Rules;

/// <summary>The rule of every check. Names of alerts follow the platform's own <c>alert.rules.yml</c> where it has one.</summary>
internal sealed class RuleBook
{
    // Check, alert, what belongs together, the guideline's level when critical, how patient.
    private static readonly (string Check, string Alert, string Together, int Level, Func<RulesOptions, RuleTimes> Times)[] Known =
    [
        ("up", "ApplicationDown", "web", 3, o => o.Up),
        ("health-url", "ApplicationUnhealthy", "web", 2, o => o.HealthUrl),
        ("response-time", "HighResponseTime", "web", 2, o => o.ResponseTime),
        ("error-rate", "HighErrorRate", "error-rate", 2, o => o.ErrorRate),
        ("availability", "LowApiAvailability", "availability", 2, o => o.Availability),
        ("payment-failures", "PaymentFailureRate", "payment-failures", 2, o => o.PaymentFailures),
        ("postgresql", "DatabaseDown", "database", 3, o => o.Database),
        ("db-connections", "HighDatabaseConnections", "database", 2, o => o.DatabaseConnections),
        ("redis", "RedisDown", "redis", 2, o => o.Redis),
        ("redis-memory", "RedisHighMemoryUsage", "redis", 2, o => o.RedisMemory),
        ("disk", "DiskSpaceLow", "disk", 2, o => o.Disk),
        ("memory", "HighMemoryUsage", "memory", 2, o => o.Memory),
        ("cpu", "HighCpuUsage", "cpu", 2, o => o.Cpu),
        ("load", "HighLoad", "load", 2, o => o.Load),
        ("certificate", "SSLCertificateExpiringSoon", "certificate", 3, o => o.Certificate),
    ];

    /// <summary>Makes the rules of all checks; a check without one is a mistake in the code.</summary>
    /// <exception cref="InvalidOperationException">A check has no rule.</exception>
    public RuleBook(CheckBook checks, IOptions<RulesOptions> options)
    {
        var all = All(options.Value).ToDictionary(r => r.Check, StringComparer.Ordinal);
        if (checks.Checks.FirstOrDefault(c => !all.ContainsKey(c.Name)) is { } without)
            throw new InvalidOperationException($"The check {without.Name} has no alert rule: add it to {nameof(RuleBook)}.");
        Rules = [.. checks.Checks.Select(c => all[c.Name])];
    }

    /// <summary>The rules, in the order of the checks.</summary>
    public IReadOnlyList<AlertRule> Rules { get; }

    /// <summary>The rules that <paramref name="options"/> describe, whatever is checked.</summary>
    public static IReadOnlyList<AlertRule> All(RulesOptions options) =>
        [.. Known.Select(k => new AlertRule(k.Check, k.Alert, k.Together, k.Level, k.Times(options), options))];
}
