using System.Diagnostics;
using FestivalOps.Alerting.Webhook;
using FestivalOps.Tests.SamplePlatform;
using FestivalOps.Tests.Storage;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Alerting;

/// <summary>Many senders at once. The figures are said, not judged: how fast it is, the benchmarks tell on a machine that does nothing else.</summary>
public sealed class WebhookRateTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Fifty_thousand_alerts_of_parallel_senders_are_all_accepted_and_all_become_incidents(Engine engine)
    {
        await using var hook = await WebhookStage.OpenAsync(engine, postgres);
        var bodies = Enumerable.Range(0, 50).Select(b => WebhookStage.Body([.. Enumerable.Range(0, 1_000).Select(i => WebhookStage.Firing($"A{b}-{i}"))])).ToList();
        await hook.PostAsync(WebhookStage.Body(WebhookStage.Firing("Warm")));
        using var process = Process.GetCurrentProcess();
        var (clock, before) = (Stopwatch.StartNew(), process.TotalProcessorTime);
        await Parallel.ForEachAsync(bodies, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (body, _) =>
            (await hook.PostAsync(body)).IsSuccessStatusCode.ShouldBeTrue());
        process.Refresh();
        var (accepted, cpu) = (clock.Elapsed, process.TotalProcessorTime - before);
        await hook.UntilAsync(async () => (await hook.Stage.IncidentsAsync()).Sum(i => i.FiringAlerts) == 50_001);
        var worked = clock.Elapsed;

        process.Refresh();
        before = process.TotalProcessorTime;
        var latencies = new List<double>();
        for (var i = 0; i < 200; i++)
        {
            clock.Restart();
            (await hook.PostAsync(WebhookStage.Body(WebhookStage.Firing($"Single{i}")))).EnsureSuccessStatusCode();
            while (hook.Stage.Get<AlertInbox>().WaitingBodies > 0) await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
            latencies.Add(clock.Elapsed.TotalMilliseconds);
        }
        latencies.Sort();
        process.Refresh();
        var each = (process.TotalProcessorTime - before).TotalMilliseconds / latencies.Count;
        TestContext.Current.SendDiagnosticMessage(
            "{0}: accepted in {1:0} ms ({2:0} ms of CPU, senders included), worked off after {3:0} ms; one alert until its effects are committed: median {4:0.0} ms, p99 {5:0.0} ms, {6:0.0} ms of CPU",
            engine, accepted.TotalMilliseconds, cpu.TotalMilliseconds, worked.TotalMilliseconds, latencies[100], latencies[198], each);
    }
}
