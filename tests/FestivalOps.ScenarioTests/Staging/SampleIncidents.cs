using System.Text.Json;
using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Incidents;

namespace FestivalOps.ScenarioTests.Staging;

/// <summary>Incidents as the platform gives them.</summary>
internal static class SampleIncidents
{
    /// <summary>The database is slow; nobody has taken it.</summary>
    public static Incident Cpu(long id, DateTimeOffset now, string channel) => new()
    {
        Id = id,
        GroupKey = $"check:host:{id}",
        OpenKey = $"check:host:{id}",
        Source = AlertSource.Check,
        TitleJa = "CPU 使用率が高い",
        TitleEn = "CPU usage is high",
        Severity = Severity.Warning,
        Level = 2,
        OpenedAt = now - TimeSpan.FromMinutes(12),
        FiringAlerts = 1,
        TotalAlerts = 1,
        ChannelId = channel,
        Version = 1,
        Plan = PlannedStep.Write(
        [
            new(now + TimeSpan.FromMinutes(15), 2, ["TechnicalLead", "Operations"], false),
            new(now + TimeSpan.FromHours(2), 3, ["TechnicalLead", "Security", "Management"], false),
        ]),
    };

    /// <summary>The alert of it.</summary>
    public static AlertRecord CpuAlert(long id, DateTimeOffset now) => new()
    {
        Name = "Sample",
        Level = 1,
        Fingerprint = $"{id:x32}",
        IncidentId = id,
        Source = AlertSource.Check,
        TitleJa = "CPU 使用率が高い",
        TitleEn = "CPU usage is high",
        Severity = Severity.Warning,
        Firing = true,
        StartsAt = now - TimeSpan.FromMinutes(12),
        SeenAt = now,
        Labels = Json(("alertname", "HighCPUUsage"), ("check", "cpu"), ("group", "host"), ("host", "web-1"), ("severity", "warning")),
        Annotations = Json(
            ("description", "CPU 使用率が 5 分以上 80 % を超えています"), ("description_en", "CPU usage has been above 80 % for more than 5 minutes"),
            ("value", "87 %"), ("value_en", "87 %"), ("limit", "警告 > 80 %"), ("limit_en", "warning > 80 %")),
    };

    /// <summary>A JSON object of texts.</summary>
    public static string Json(params (string Name, string Value)[] texts) =>
        JsonSerializer.Serialize(texts.ToDictionary(t => t.Name, t => t.Value, StringComparer.Ordinal));

    /// <summary>The last hour of a processor that became busy, with a gap.</summary>
    public static IReadOnlyList<double?> Busy { get; } =
        [.. Enumerable.Range(0, 14).Select(n => n * 60 / 14).Select(m => m is > 20 and < 24 ? (double?)null : m < 35 ? 38 + (m % 5 * 2) : Math.Min(88, 40 + ((m - 35) * 3.2)))];
}
