using System.Diagnostics;
using System.Globalization;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Escalation.Ladder;
using FestivalOps.Storage;
using FestivalOps.Tests.House;
using FestivalOps.Tests.SamplePlatform;
using FestivalOps.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Escalation;

/// <summary>
/// How late the ladder is, on the real clock: <c>-class '*LatenessMeasure*' -explicit only</c>. Timers are spread evenly over a span; a span
/// of one second is the worst case, a store that writes as fast as it can.
/// </summary>
public sealed class LatenessMeasure(PostgresFixture postgres, ITestOutputHelper output) : IClassFixture<PostgresFixture>
{
    [Theory(Explicit = true)]
    [InlineData(Engine.Sqlite, 10_000, 10)]
    [InlineData(Engine.Sqlite, 10_000, 1)]
    [InlineData(Engine.Sqlite, 100_000, 100)]
    [InlineData(Engine.Postgres, 10_000, 10)]
    [InlineData(Engine.Postgres, 100_000, 100)]
    public async Task Lateness(Engine engine, int timers, int seconds)
    {
        var store = engine == Engine.Sqlite
            ? ("Storage:SqliteFile", Path.Combine(Path.GetTempPath(), $"fops-late-{Guid.NewGuid():N}.db"))
            : ("Storage:Postgres", await postgres.Server.CreateDatabaseAsync($"late_{Guid.NewGuid():N}"));
        await using var bot = BotHost.Build(
            TestBot.Settings(store, ("Roles:Operations:Users:0", LadderStage.Operator1), ("Roles:TechnicalLead:Users:0", LadderStage.Lead), ("Channels:Alerts", "C0ALERTS01"), ("Storage:CommandTimeoutSeconds", "60")),
            services => services.AddSingleton(new StandInSlack().Add(LadderStage.Operator1, LadderStage.Lead).Client), TextWriter.Null);
        var factory = bot.Services.GetRequiredService<IDbContextFactory<OpsDbContext>>();
        DateTimeOffset begin;
        await using (var db = factory.CreateDbContext())
        {
            await db.Database.MigrateAsync();
            begin = TimeProvider.System.GetUtcNow().AddSeconds(20 + timers / 4_000);
            await db.OneWriterAsync(1, async ct =>
            {
                foreach (var part in Enumerable.Range(1, timers).Chunk(10_000))
                {
                    await db.InsertAsync([.. part.Select(n =>
                    {
                        var incident = LadderStage.NewIncident(n, 2, begin);
                        (incident.NextStepAt, incident.NextStepRule) = (begin.AddSeconds((double)seconds * n / timers), "opened");
                        return incident;
                    })], ct);
                }
                return 0;
            }, CancellationToken.None);
        }
        bot.Services.GetRequiredService<StoreState>().SetReady();
        begin.ShouldBeGreaterThan(TimeProvider.System.GetUtcNow(), "the store was not filled in time");
        var late = new List<double>();
        bot.Services.GetRequiredService<EscalationMetrics>().Listener = l => late.Add(l.TotalMilliseconds);
        using var end = new CancellationTokenSource(TimeSpan.FromMinutes(10));
        var cycle = bot.Services.GetRequiredService<EscalationCycle>();
        await bot.Services.GetRequiredService<FestivalOps.Escalation.OnCall.StaffBook>().RefreshAsync(end.Token);
        var watch = Stopwatch.StartNew();
        await cycle.StartAsync(end.Token);
        while (late.Count < timers && !end.IsCancellationRequested) await Task.Delay(200, CancellationToken.None);
        await cycle.StopAsync(CancellationToken.None);

        late.Sort();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{engine} timers={timers} over={seconds}s p50={late[late.Count / 2]:0.0}ms p99={late[(int)(late.Count * 0.99)]:0.0}ms max={late[^1]:0.0}ms run={watch.Elapsed.TotalSeconds:0}s load={Load()}"));
        late.Count.ShouldBe(timers);
    }

    private static string Load() => System.IO.File.Exists("/proc/loadavg") ? System.IO.File.ReadAllText("/proc/loadavg").Split(' ')[0] : "?";
}
