using FestivalOps.Checks;
using FestivalOps.Checks.Host;
using FestivalOps.Demo.SamplePlatform.Servers;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Checks;

public sealed class HostCheckTests
{
    [Fact]
    public async Task The_machine_s_own_figures_are_believable()
    {
        (await Measure.OnceAsync<CpuCheck>()).Value.ShouldNotBeNull().ShouldBeInRange(0, 100);
        (await Measure.OnceAsync<MemoryCheck>()).Value.ShouldNotBeNull().ShouldBeInRange(1, 100);
        (await Measure.OnceAsync<DiskCheck>()).Value.ShouldNotBeNull().ShouldBeInRange(0.1, 100);
        (await Measure.OnceAsync<LoadCheck>()).Value.ShouldNotBeNull().ShouldBeInRange(0, 1000);
    }

    [Fact]
    public async Task The_disk_is_as_full_as_df_says()
    {
        var disk = await Measure.OnceAsync<DiskCheck>();
        var mount = disk.Says.En[(disk.Says.En.IndexOf('(', StringComparison.Ordinal) + 1)..^1];
        using var df = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("df", ["--output=pcent", mount]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var percent = (await df.StandardOutput.ReadToEndAsync()).Split('\n')[1].Trim().TrimEnd('%');
        disk.Value.ShouldNotBeNull().ShouldBe(double.Parse(percent, System.Globalization.CultureInfo.InvariantCulture), tolerance: 1.5);
    }

    [Fact]
    public async Task Through_Prometheus_the_same_figures_come_from_node_exporter()
    {
        Assert.SkipUnless(PrometheusServer.IsAvailable(out var reason), reason);
        Assert.SkipUnless(NodeExporter.IsAvailable(out reason), reason);
        await using var exporter = await NodeExporter.StartAsync();
        await using var prometheus = await PrometheusServer.StartAsync(exporter.Address);
        (string, string)[] settings = [("Platform:Prometheus", prometheus.Address.ToString()), ("Checks:Host:Source", "Prometheus")];
        var there = await Eventually(() => Measure.OnceAsync<MemoryCheck>(settings));
        var here = await Measure.OnceAsync<MemoryCheck>();
        there.Value.ShouldNotBeNull().ShouldBe(here.Value!.Value, tolerance: 10);
        (await Eventually(() => Measure.OnceAsync<CpuCheck>(settings))).Value.ShouldNotBeNull().ShouldBeInRange(0, 100);
        (await Eventually(() => Measure.OnceAsync<LoadCheck>(settings))).Facts.ShouldContain(f => f.Label.En == "Cores" && f.Value == $"{Environment.ProcessorCount}");
        (await Measure.OnceAsync<DiskCheck>([.. settings, ("Checks:Host:Instance", "elsewhere:9100")])).ShouldSatisfyAllConditions(
            m => m.Status.ShouldBe(CheckStatus.Unknown), m => m.Says.En.ShouldBe("Prometheus has no node_filesystem_avail_bytes"));
    }

    [Fact]
    public async Task A_Prometheus_that_is_not_there_makes_them_unknown_not_zero()
    {
        var cpu = await Measure.OnceAsync<CpuCheck>(("Platform:Prometheus", "http://127.0.0.1:1"), ("Checks:Host:Source", "Prometheus"));
        cpu.Status.ShouldBe(CheckStatus.Unknown);
        cpu.Value.ShouldBeNull();
        cpu.Says.En.ShouldBe("Prometheus can't be reached");
    }

    // node_exporter's first samples need two scrapes: until then the answer is Unknown, which is right.
    private static async Task<Measurement> Eventually(Func<Task<Measurement>> measure)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var found = await measure();
            if (found.Status != CheckStatus.Unknown) return found;
            await Task.Delay(250, limit.Token);
        }
    }
}
