using FestivalOps.Demo.SamplePlatform.Servers;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.SamplePlatform;

public sealed class PrometheusServerTests
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(30) };

    [Fact]
    public async Task Prometheus_reads_the_host_from_node_exporter_and_both_can_be_taken_away()
    {
        Assert.SkipUnless(NodeExporter.IsAvailable(out var reason), reason);
        Assert.SkipUnless(PrometheusServer.IsAvailable(out reason), reason);
        await using var exporter = await NodeExporter.StartAsync();
        await using var server = await PrometheusServer.StartAsync(exporter.Address);
        var memory = new Uri(server.Address, "/api/v1/query?query=node_memory_MemTotal_bytes");
        (await Http.GetStringAsync(memory)).ShouldContain("\"job\":\"node-exporter\"");

        await exporter.StopAsync();
        await Should.ThrowAsync<HttpRequestException>(() => Http.GetStringAsync(new Uri(exporter.Address, "/metrics")));
        await server.StopAsync();
        await Should.ThrowAsync<HttpRequestException>(() => Http.GetStringAsync(memory));
    }
}
