using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Alerting.Rules;
using FestivalOps.Checks;
using FestivalOps.Language;
using FestivalOps.Tests.SamplePlatform;
using FestivalOps.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Alerting;

/// <summary>From a round of checks to what the incidents hear, on both stores.</summary>
public sealed class RuleCycleTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero));
    private readonly FakeIntake _intake = new();

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_warning_that_lasts_five_minutes_is_told_once_with_all_that_a_person_wants_to_know(Engine engine)
    {
        await using var store = await TestStore.OpenAsync(engine, postgres);
        var cycle = Cycle(store);
        await Minutes(cycle, 10, Cpu(85));
        var alert = _intake.News.ShouldHaveSingleItem();
        alert.Source.ShouldBe(AlertSource.Check);
        alert.Severity.ShouldBe(Severity.Warning);
        alert.Level.ShouldBe(1);
        alert.Firing.ShouldBeTrue();
        alert.TitleJa.ShouldBe("CPU: 警告の基準を超えています");
        alert.TitleEn.ShouldBe("CPU: above the warning limit");
        alert.StartsAt.ShouldBe(new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero));
        alert.Labels["alertname"].ShouldBe("HighCpuUsage");
        alert.Labels["check"].ShouldBe("cpu");
        alert.Labels["group"].ShouldBe("host");
        alert.Labels["host"].ShouldNotBeEmpty();
        alert.Annotations["value"].ShouldBe("85 %");
        alert.Annotations["limit"].ShouldBe("警告 > 80 %");
        alert.Annotations["limit_en"].ShouldBe("warning > 80 %");
        alert.Annotations["description"].ShouldBe("85 % (警告 > 80 %)");
        alert.Annotations["since"].ShouldStartWith("2026-11-23T03:00:00");
        alert.Fingerprint.ShouldMatch("^[0-9a-f]{32}$");
        _intake.Raised.Count.ShouldBe(5, "from the sixth round on it is told that it still fires");
    }

    [Fact]
    public async Task While_an_alert_waits_to_end_it_says_that_the_value_is_inside_its_limit()
    {
        await using var store = await TestStore.OpenAsync(Engine.Sqlite, postgres);
        var cycle = Cycle(store);
        await Minutes(cycle, 6, Cpu(95));
        _intake.Raised[^1].Annotations["description"].ShouldBe("95 % (緊急 > 90 %)");

        await Minutes(cycle, 1, Cpu(85));
        _intake.Raised[^1].Annotations["description"].ShouldBe("いまは緊急の基準内です: 85 % (警告 > 80 %)");
        await Minutes(cycle, 1, Cpu(20));

        _intake.Raised[^1].Firing.ShouldBeTrue();
        _intake.Raised[^1].Annotations["description"].ShouldBe("いまは基準内 — 5 分続けば解決します: 20 %");
        _intake.Raised[^1].Annotations["description_en"].ShouldBe("Within the limit now; ends after 5 min of it: 20 %");
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_time_that_runs_goes_on_after_a_restart(Engine engine)
    {
        await using var store = await TestStore.OpenAsync(engine, postgres);
        await Minutes(Cycle(store), 3, Cpu(85));
        await Minutes(Cycle(store), 2, Cpu(85));
        _intake.Raised.ShouldBeEmpty();
        await Minutes(Cycle(store), 1, Cpu(85));
        _intake.News.ShouldHaveSingleItem();
        await Minutes(Cycle(store), 3, Cpu(85));
        _intake.News.Count.ShouldBe(1, "a restart announces nothing again");
        await Minutes(Cycle(store), 7, Cpu(20));
        _intake.News.Select(n => n.Firing).ShouldBe([true, false]);
        _intake.News[1].Annotations["description_en"].ShouldBe("back inside its limits: 20 %");
        _intake.News[1].Fingerprint.ShouldBe(_intake.News[0].Fingerprint);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task What_comes_and_goes_is_told_a_few_times_and_then_as_flapping(Engine engine)
    {
        await using var store = await TestStore.OpenAsync(engine, postgres);
        var cycle = Cycle(store);
        for (var i = 0; i < 20; i++)
        {
            await Minutes(cycle, 2, Database(down: true));
            await Minutes(cycle, 2, Database(down: false));
        }
        _intake.News.Count.ShouldBe(5);
        _intake.Raised[^1].Annotations["flapping"].ShouldBe("true");
        _intake.Raised[^1].Annotations["description_en"].ShouldStartWith("comes and goes; single changes are not told until it is steady.");
        await Minutes(cycle, 40, Database(down: false));
        _intake.News.Count.ShouldBe(6);
        _intake.News[^1].Firing.ShouldBeFalse();
        _intake.News[^1].Annotations.ShouldNotContainKey("flapping");
    }

    [Fact]
    public async Task A_critical_database_is_level_three_at_once_and_shares_its_incident_with_its_connections()
    {
        await using var store = await TestStore.OpenAsync(Engine.Sqlite, postgres);
        await Minutes(Cycle(store), 1, Database(down: true), ("db-connections", Measurement.Judged(50, Unit.Percent, new(80, 90))));
        var alert = _intake.News.ShouldHaveSingleItem();
        (alert.Severity, alert.Level, alert.GroupKey).ShouldBe((Severity.Critical, 3, "check:database"));
        RuleBook.All(new()).Single(r => r.Check == "db-connections").Together.ShouldBe("database");
    }

    [Fact]
    public async Task What_can_not_be_measured_is_told_with_its_cause()
    {
        await using var store = await TestStore.OpenAsync(Engine.Sqlite, postgres);
        await Minutes(Cycle(store), 7, ("cpu", Measurement.Unknown(new("Prometheus に接続できません", "Prometheus can't be reached"))));
        var alert = _intake.News.ShouldHaveSingleItem();
        alert.TitleEn.ShouldBe("CPU: can't be measured");
        alert.Annotations["description"].ShouldBe("Prometheus に接続できません");
        alert.Annotations.ShouldNotContainKey("value");
        (alert.Severity, alert.Level).ShouldBe((Severity.Warning, 1));
    }

    [Fact]
    public async Task What_could_not_be_told_is_told_after_the_next_round_and_the_log_says_it_once()
    {
        await using var store = await TestStore.OpenAsync(Engine.Sqlite, postgres);
        var log = new Lines();
        var cycle = Cycle(store, log);
        _intake.Broken = new InvalidOperationException("no");
        await Minutes(cycle, 3, Database(down: true));
        log.Errors.Count.ShouldBe(1);
        log.Errors[0].ShouldMatch("Error id E-[2-9A-Z]{6}");
        _intake.Broken = null;
        await Minutes(cycle, 1, Database(down: true));
        _intake.News.ShouldHaveSingleItem().StartsAt.ShouldBe(new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero));
        _intake.Broken = new InvalidOperationException("no");
        await Minutes(cycle, 2, Database(down: false));
        _intake.Broken = null;
        await Minutes(cycle, 1, Database(down: false));
        _intake.News.Select(n => n.Firing).ShouldBe([true, false]);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Of_two_instances_the_newer_state_is_told_last(Engine engine)
    {
        await using var store = await TestStore.OpenAsync(engine, postgres);
        var (slow, quick) = (Cycle(store), Cycle(store));
        await Minutes(slow, 1, Database(down: true));
        // While the slow instance tells that it still fires, the other one sees it end.
        var once = true;
        _intake.Before = async () =>
        {
            if (!once) return;
            once = false;
            _time.Advance(TimeSpan.FromSeconds(1));
            await quick.MeasuredAsync(Run(Database(down: false)), CancellationToken.None);
            _time.Advance(TimeSpan.FromSeconds(61));
            await quick.MeasuredAsync(Run(Database(down: false)), CancellationToken.None);
        };
        await slow.MeasuredAsync(Run(Database(down: true)), CancellationToken.None);
        _intake.Raised[^1].Firing.ShouldBeFalse();
        await using var db = store.Db();
        (await db.Set<RuleState>().SingleAsync()).Told.ShouldBe(CheckStatus.Ok);
    }

    [Fact]
    public async Task An_alert_ends_when_its_check_is_not_set_up_any_more()
    {
        await using var store = await TestStore.OpenAsync(Engine.Sqlite, postgres);
        await Minutes(Cycle(store), 1, Database(down: true));
        // The bot of the test has no Platform:Database: this is the start after the setting was removed.
        await Minutes(Cycle(store), 1, Cpu(20));
        _intake.News.Select(n => n.Firing).ShouldBe([true, false]);
        _intake.News[1].Annotations["description_en"].ShouldBe("the settings changed and this check is no longer run");
    }

    [Fact]
    public async Task A_store_that_is_away_is_no_evaluation()
    {
        await using var store = await TestStore.OpenAsync(("Storage:SqliteFile", Path.Combine(Path.GetTempPath(), $"rules-{Guid.NewGuid():N}.db")), migrate: false);
        var clock = Clock();
        await Cycle(store, clock: clock).MeasuredAsync(Run(Database(down: true)), CancellationToken.None);
        clock.IsFresh.ShouldBeFalse();
        _intake.Raised.ShouldBeEmpty();
    }

    [Fact]
    public void Every_check_has_a_rule_and_every_alert_a_name_of_its_own()
    {
        using var bot = House.TestBot.Build() as IDisposable;
        var services = ((Microsoft.AspNetCore.Builder.WebApplication)bot!).Services;
        var rules = services.GetRequiredService<RuleBook>().Rules;
        rules.Select(r => r.Check).ShouldBe(services.GetServices<ICheck>().Select(c => c.Name));
        rules.Select(r => r.Alert).ShouldBeUnique();
    }

    private static (string, Measurement) Cpu(double value) => ("cpu", Measurement.Judged(value, Unit.Percent, new(80, 90)));

    private static (string, Measurement) Database(bool down) =>
        ("postgresql", down ? Measurement.Critical(new("接続を拒否されました", "connection refused")) : Measurement.Ok(new("応答 1 ms", "answers in 1 ms")));

    private async Task Minutes(RuleCycle cycle, int minutes, params (string Check, Measurement Measurement)[] results)
    {
        for (var i = 0; i < minutes; i++)
        {
            await cycle.MeasuredAsync(Run(results), CancellationToken.None);
            _time.Advance(TimeSpan.FromMinutes(1));
        }
    }

    private HealthRun Run(params (string Check, Measurement Measurement)[] results)
    {
        var at = _time.GetUtcNow();
        return new(
            Guid.CreateVersion7(at).ToString("N"), CheckBook.Unasked, at, TimeSpan.Zero,
            [.. results.Select(r => new CheckResult(r.Check, LocalizedText.Same(r.Check), r.Measurement, TimeSpan.Zero, at))], [], true, null);
    }

    private RuleClock Clock() => new(Options.Create(new ChecksOptions()), _time);

    private RuleCycle Cycle(TestStore store, ILogger<RuleCycle>? log = null, RuleClock? clock = null) => ActivatorUtilities.CreateInstance<RuleCycle>(
        store.Services, clock ?? Clock(), log ?? NullLogger<RuleCycle>.Instance, new ServiceCollection().AddSingleton<IIncidentIntake>(_intake).BuildServiceProvider());

    private sealed class Lines : ILogger<RuleCycle>
    {
        public List<string> Errors { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel == LogLevel.Error) Errors.Add(formatter(state, exception));
        }
    }
}
