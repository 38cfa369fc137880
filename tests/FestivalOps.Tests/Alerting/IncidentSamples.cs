using System.Text.Json;
using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Card;
using FestivalOps.Alerting.Incidents;

namespace FestivalOps.Tests.Alerting;

/// <summary>An incident on Monday 23 November 2026 at 03:12 in Tokyo.</summary>
internal static class IncidentSamples
{
    public const string Sato = "U0SATO0001";

    public static readonly DateTimeOffset Now = new(2026, 11, 22, 18, 12, 0, TimeSpan.Zero);

    public static readonly CardTime Time = new(Now, TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo"));

    public static Incident Incident(long id = 42, Action<Incident>? change = null)
    {
        var incident = new Incident
        {
            Id = id, GroupKey = $"g{id}", OpenKey = $"g{id}", Source = AlertSource.Check, TitleJa = "CPU 使用率が高い", TitleEn = "CPU usage is high",
            Severity = Severity.Warning, Level = 2, OpenedAt = Now - TimeSpan.FromMinutes(12), FiringAlerts = 1, TotalAlerts = 1, ChannelId = "C0ALERT001", Version = 1,
            Plan = PlannedStep.Write([new(Now + TimeSpan.FromMinutes(15), 2, ["TechnicalLead"], false), new(Now + TimeSpan.FromHours(2), 3, ["Management"], false)]),
        };
        change?.Invoke(incident);
        return incident;
    }

    public static AlertRecord Alert(long id = 42, string title = "CPU 使用率が高い", bool firing = true, string? labels = null, string? annotations = null, AlertSource source = AlertSource.Check) => new()
    {
        Fingerprint = Guid.NewGuid().ToString("N"), IncidentId = id, Source = source, Name = title, TitleJa = title, TitleEn = title, Severity = Severity.Warning, Level = 1, Firing = firing,
        StartsAt = Now, SeenAt = Now,
        Labels = labels ?? Json(("alertname", "HighCPUUsage"), ("check", "cpu"), ("host", "web-1")),
        Annotations = annotations ?? Json(("description", "CPU が忙しい"), ("description_en", "The CPU is busy"), ("value", "87 %"), ("limit", "警告 > 80 %"), ("limit_en", "warning > 80 %")),
    };

    public static string Json(params (string Name, string Value)[] texts) =>
        JsonSerializer.Serialize(texts.ToDictionary(t => t.Name, t => t.Value, StringComparer.Ordinal));

    public static IncidentFacts Facts(Incident incident, params AlertRecord[] alerts) => new(incident, alerts.Length == 0 ? [Alert(incident.Id)] : alerts, [], null);
}
