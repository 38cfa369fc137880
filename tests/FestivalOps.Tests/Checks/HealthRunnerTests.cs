using FestivalOps.Checks;
using FestivalOps.Checks.History;
using FestivalOps.Language;
using FestivalOps.Slack.Blocks;
using FestivalOps.Storage;
using FestivalOps.Tests.SamplePlatform;
using FestivalOps.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Checks;

public sealed class HealthRunnerTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task What_hangs_delays_nobody_and_is_reported_when_its_time_is_up()
    {
        await using var store = await TestStore.OpenAsync(Engine.Sqlite, postgres);
        var hang = new StandIn("web-hangs", CheckStatus.Critical, _ => new TaskCompletionSource<Measurement>().Task);
        var blocked = new ManualResetEventSlim();
        var block = new StandIn("blocks", CheckStatus.Unknown, ct =>
        {
            blocked.Wait(CancellationToken.None);
            return Task.FromResult(Measurement.Ok(LocalizedText.Same("late")));
        });
        var quick = new StandIn("quick", CheckStatus.Unknown, _ => Task.FromResult(Measurement.Ok(LocalizedText.Same("fine"))));
        var round = Runner(store).RunAsync(new("all", [quick, hang, block]), CancellationToken.None);
        await hang.Entered.Task;
        await block.Entered.Task;
        round.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(4));
        var run = await round.WaitAsync(TimeSpan.FromSeconds(30));
        blocked.Set();
        run.Results.Select(r => (r.Check, r.Status)).ShouldBe([("web-hangs", CheckStatus.Critical), ("blocks", CheckStatus.Unknown), ("quick", CheckStatus.Ok)]);
        run.Results[0].Measurement.Says.En.ShouldBe("no answer within 4 s");
    }

    [Fact]
    public async Task A_check_that_breaks_is_unknown_with_an_error_id_and_the_others_go_on()
    {
        await using var store = await TestStore.OpenAsync(Engine.Sqlite, postgres);
        var broken = new StandIn("broken", CheckStatus.Critical, _ => throw new InvalidOperationException("bug"));
        var quick = new StandIn("quick", CheckStatus.Unknown, _ => Task.FromResult(Measurement.Ok(LocalizedText.Same("fine"))));
        var run = await Runner(store).RunAsync(new("all", [broken, quick]), CancellationToken.None);
        run.Results[0].Status.ShouldBe(CheckStatus.Unknown);
        run.Results[0].Measurement.Says.En.ShouldMatch(@"^measuring failed \(error id: E-[2-9A-Z]{6}\)$");
        run.Results[1].Status.ShouldBe(CheckStatus.Ok);
    }

    [Fact]
    public async Task People_who_ask_at_the_same_moment_share_one_round_and_later_ones_get_a_new_one()
    {
        await using var store = await TestStore.OpenAsync(Engine.Sqlite, postgres);
        var gate = new TaskCompletionSource<Measurement>();
        var check = new StandIn("one", CheckStatus.Unknown, _ => gate.Task);
        var runner = Runner(store);
        var first = runner.RunAsync(new("one", [check]), CancellationToken.None);
        await check.Entered.Task;
        var second = runner.RunAsync(new("one", [check]), CancellationToken.None);
        gate.SetResult(Measurement.Ok(LocalizedText.Same("fine")));
        (await second).Id.ShouldBe((await first).Id);
        _time.Advance(TimeSpan.FromSeconds(2));
        (await runner.RunAsync(new("one", [check]), CancellationToken.None)).Id.ShouldNotBe((await first).Id);
        check.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Since_when_is_the_last_change_also_after_a_restart(Engine engine)
    {
        await using var store = await TestStore.OpenAsync(engine, postgres);
        var bad = false;
        var check = new StandIn("one", CheckStatus.Unknown, _ => Task.FromResult(
            Measurement.Judged(bad ? 85 : 40, Unit.Percent, new(80, 90), "/var") with { Facts = [new(new("空き", "Free"), "1 GiB")] }));
        var start = _time.GetUtcNow();
        (await Ask(Runner(store), check)).Since.ShouldBe(start);
        _time.Advance(TimeSpan.FromMinutes(10));
        (await Ask(Runner(store), check)).Since.ShouldBe(start);
        bad = true;
        _time.Advance(TimeSpan.FromMinutes(10));
        var changed = _time.GetUtcNow();
        (await Ask(Runner(store), check)).Since.ShouldBe(changed);
        _time.Advance(TimeSpan.FromHours(3));
        // A new runner is a restart: it remembers nothing itself.
        var run = await Runner(store).RunAsync(new("one", [check]), CancellationToken.None);
        run.Results[0].Since.ShouldBe(changed);

        var kept = await store.Get<HealthHistory>().FindAsync(run.Id, new Dictionary<string, ICheck>(StringComparer.Ordinal) { ["one"] = check }, CancellationToken.None);
        var result = kept.ShouldNotBeNull().Results.Single();
        result.Measurement.Value.ShouldBe(85);
        result.Measurement.Threshold.ShouldBe(new Threshold(80, 90));
        result.Measurement.Says.Ja.ShouldBe("85 % (/var)");
        result.Measurement.Facts.Single().Label.Ja.ShouldBe("空き");
        result.Since.ShouldBe(changed);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task What_does_not_answer_is_shown_with_its_last_good_value(Engine engine)
    {
        await using var store = await TestStore.OpenAsync(engine, postgres);
        Measurement[] found =
        [
            Measurement.Judged(35, Unit.Milliseconds, new(80, 90)),
            Measurement.Judged(85, Unit.Milliseconds, new(80, 90)),
            Measurement.Critical(new("応答がありません", "no answer")),
            Measurement.Unknown(new("ホスト名を解決できません", "the name can't be resolved")),
        ];
        var asked = 0;
        var check = new StandIn("one", CheckStatus.Unknown, _ => Task.FromResult(found[Math.Min(asked++, found.Length - 1)]));
        var never = new StandIn("never", CheckStatus.Unknown, _ => Task.FromResult(Measurement.Critical(LocalizedText.Same("down"))));
        var good = SpokenTime.Stamp(_time.GetUtcNow(), TimeZoneInfo.Utc);
        HealthRun run = null!;
        for (var round = 0; round < 6; round++)
        {
            run = await Runner(store).RunAsync(new("all", [check, never]), CancellationToken.None);
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        var before = await store.Get<HealthHistory>().LastGoodAsync(run.Results, CancellationToken.None);
        before.Keys.ShouldBe(["one"]);
        string Details(SpokenLanguage language) =>
            string.Join('\n', HealthMessage.Details(run, new(before, null), _time.GetUtcNow(), language, TimeZoneInfo.Utc).Blocks.OfType<SectionBlock>().Select(b => b.Text!.Text));
        Details(SpokenLanguage.En).ShouldContain($"Last good value: 35 ms ({good})");
        Details(SpokenLanguage.Ja).ShouldContain($"最後に正常だった値: 35 ms ({good})");
        Details(SpokenLanguage.En).Split("Last good value").Length.ShouldBe(2, "what never was good has no such line");
    }

    [Fact]
    public async Task A_store_that_is_away_costs_the_history_not_the_answer()
    {
        await using var store = await TestStore.OpenAsync(Engine.Sqlite, postgres);
        var check = new StandIn("one", CheckStatus.Unknown, _ => Task.FromResult(Measurement.Ok(LocalizedText.Same("fine"))));
        var history = new HealthHistory(store.Get<Microsoft.EntityFrameworkCore.IDbContextFactory<OpsDbContext>>(), new StoreState());
        var run = await Runner(store, history).RunAsync(new("one", [check]), CancellationToken.None);
        run.Kept.ShouldBeFalse();
        run.KeepErrorId.ShouldNotBeNull().ShouldStartWith("E-");
        run.Results.Single().Status.ShouldBe(CheckStatus.Ok);
    }

    private static async Task<CheckResult> Ask(HealthRunner runner, ICheck check) =>
        (await runner.RunAsync(new("one", [check]), CancellationToken.None)).Results.Single();

    private HealthRunner Runner(TestStore store, HealthHistory? history = null) => new(
        history ?? store.Get<HealthHistory>(), Options.Create(new ChecksOptions()), _time, store.Get<IHostApplicationLifetime>(), NullLogger<HealthRunner>.Instance);

    private sealed class StandIn(string name, CheckStatus whenSilent, Func<CancellationToken, Task<Measurement>> measure) : ICheck
    {
        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Count { get; private set; }

        public string Name => name;

        public string Group => "host";

        public LocalizedText Title => LocalizedText.Same(name);

        public LocalizedText Summary => LocalizedText.Same(name);

        public CheckStatus WhenSilent => whenSilent;

        public LocalizedText? NotSetUp => null;

        public Task<Measurement> MeasureAsync(CancellationToken ct)
        {
            Count++;
            Entered.TrySetResult();
            return measure(ct);
        }
    }
}
