using FestivalOps.Alerting.Incidents;
using FestivalOps.Channels;
using Microsoft.Extensions.Options;

namespace FestivalOps.Alerting.Alerts;

/// <summary>How bad an alert from outside is, what it belongs to, and which channel hears of it.</summary>
internal sealed class AlertClass(IOptions<AlertingOptions> options, IOptions<ChannelsOptions> channels)
{
    private readonly IReadOnlyList<string> _groupBy = options.Value.EffectiveGroupBy;
    private readonly HashSet<string> _major = options.Value.EffectiveMajorAlerts.ToHashSet(StringComparer.Ordinal);

    /// <summary>
    /// The label <c>severity</c> as the platform's rules use it. A word that nobody knows counts as a warning: what is misspelt must not be
    /// silent.
    /// </summary>
    public static Severity SeverityOf(IReadOnlyDictionary<string, string> labels) => Known(labels.Value("severity")) ?? Severity.Warning;

    /// <summary>True when the label <c>severity</c> is there, and a word that nobody knows.</summary>
    public static bool IsUnknown(string severity) => severity.Length > 0 && Known(severity) is null;

    private static Severity? Known(string severity) => severity.ToLowerInvariant() switch
    {
        "critical" or "crit" or "emergency" or "emerg" or "page" or "fatal" or "disaster" or "catastrophic" or "blocker" or "high" or "p0" or "p1" or "sev0" or "sev1" => Severity.Critical,
        "info" or "information" or "informational" or "none" => Severity.Information,
        "warning" or "warn" or "medium" or "moderate" or "minor" or "major" or "low" or "error" or "p2" or "p3" or "p4" or "p5" or "sev2" or "sev3" or "sev4" => Severity.Warning,
        _ => null,
    };

    /// <summary>The guideline's level: 3 for what brings the whole system or its security down, else 2 when critical, else 1.</summary>
    public int LevelOf(Severity severity, IReadOnlyDictionary<string, string> labels) =>
        severity != Severity.Critical ? 1 : _major.Contains(labels.Value(AlertLabels.AlertName)) ? 3 : 2;

    /// <summary>The key that Alertmanager gave, else the labels that the settings name.</summary>
    public string GroupOf(string? given, IReadOnlyDictionary<string, string> labels) => Short(
        given is { Length: > 0 } ? "alertmanager:" + given : "labels:" + string.Join(',', _groupBy.Select(name => $"{name}={labels.Value(name)}")));

    /// <summary>The channel of a severity; empty when none is set.</summary>
    public string ChannelOf(Severity severity)
    {
        var all = channels.Value;
        var own = severity switch { Severity.Critical => all.Critical, Severity.Information => all.Information, _ => "" };
        return own.Length > 0 ? own : all.Alerts;
    }

    private static string Short(string key)
    {
        var clean = AlertLabels.Clean(key, int.MaxValue - 1);
        return clean.Length <= Incident.MaxGroupKey && clean == key ? key : $"{AlertLabels.Clean(key, 150)}#{Fingerprint.Of(key)}";
    }
}
