using FestivalOps.Alerting.Incidents;
using FestivalOps.Alerting.Webhook;
using FestivalOps.Demo.SamplePlatform.Servers;
using FestivalOps.Tests.SamplePlatform;
using FestivalOps.Tests.Storage;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Alerting;

/// <summary>The real Prometheus and the real Alertmanager of the packages bring their alerts to the webhook.</summary>
public sealed class RealAlertmanagerTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    // The platform's names, severities and texts, on measurements that the test can make true.
    private const string Rules = """
        groups:
          - name: platform
            rules:
              - alert: ApplicationDown
                expr: up{job="node-exporter"} == 0
                for: 1s
                labels: {severity: critical}
                annotations: {summary: "Festival application is down", description: "No answer for more than {{ $labels.job }}."}
              - alert: HighMemoryUsage
                expr: node_memory_MemTotal_bytes > 0
                labels: {severity: warning}
                annotations: {summary: "High memory usage detected", description: "Memory usage is {{ $value }} on {{ $labels.instance }}."}

        """;

    [Fact]
    public async Task Firing_and_resolved_arrive_from_rules_of_the_platforms_kind()
    {
        Assert.SkipUnless(NodeExporter.IsAvailable(out var reason), reason);
        Assert.SkipUnless(PrometheusServer.IsAvailable(out reason), reason);
        Assert.SkipUnless(AlertmanagerServer.IsAvailable(out reason), reason);
        await using var hook = await WebhookStage.OpenAsync(Engine.Sqlite, postgres);
        await using var exporter = await NodeExporter.StartAsync();
        await using var alertmanager = await AlertmanagerServer.StartAsync(new(hook.Stage.Address, AlertmanagerEndpoint.Path), WebhookStage.Token);
        await using var prometheus = await PrometheusServer.StartAsync(exporter.Address, Rules, alertmanager.Address);

        await hook.UntilAsync(async () => (await hook.Stage.IncidentsAsync()).Count == 1);
        var memory = await hook.Stage.IncidentAsync();
        (memory.TitleEn, memory.Level, memory.State).ShouldBe(("High memory usage detected", 1, IncidentState.Triggered));

        await exporter.StopAsync();
        await hook.UntilAsync(async () => (await hook.Stage.IncidentsAsync()).Count == 2 && (await hook.Stage.IncidentAsync(1)).State == IncidentState.Resolved);
        var down = await hook.Stage.IncidentAsync(2);
        (down.TitleEn, down.Level, down.ChannelId).ShouldBe(("Festival application is down", 3, AlertStage.Critical));

        await exporter.StartAgainAsync();
        await hook.UntilAsync(async () => (await hook.Stage.IncidentAsync(2)).State == IncidentState.Resolved);
    }
}
