using System.Net;
using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Alerting.Rules;
using FestivalOps.Alerting.Watchdog;
using FestivalOps.Channels;
using FestivalOps.Checks;
using FestivalOps.Storage;
using FestivalOps.Tests.House;
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

/// <summary>What has gone quiet is noticed: Prometheus, our own measuring, and the bot itself by the one outside.</summary>
public sealed class WatchdogTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero));
    private readonly FakeIntake _intake = new();

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_watchdog_that_falls_silent_opens_an_incident_and_its_return_ends_it(Engine engine)
    {
        await using var store = await TestStore.OpenAsync(engine, postgres);
        var ear = Ear(store);
        var cycle = Cycle(store, ear);
        (await ear.SwallowAsync(Alert("Watchdog"), CancellationToken.None)).ShouldBeTrue();
        _time.Advance(TimeSpan.FromMinutes(10));
        await cycle.LookAsync(CancellationToken.None);
        _intake.News.ShouldBeEmpty();
        _time.Advance(TimeSpan.FromSeconds(30));
        await cycle.LookAsync(CancellationToken.None);
        await cycle.LookAsync(CancellationToken.None);
        var alert = _intake.News.ShouldHaveSingleItem();
        (alert.Source, alert.Severity, alert.Level, alert.Labels["alertname"]).ShouldBe((AlertSource.Bot, Severity.Critical, 2, "WatchdogSilent"));
        alert.StartsAt.ShouldBe(new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero));
        alert.Annotations["description_en"].ShouldStartWith("the always-firing alert Watchdog has not arrived for 10 min.");
        // Also after a restart in between.
        var (next, nextEar) = (Cycle(store, Ear(store)), Ear(store));
        (await nextEar.SwallowAsync(Alert("Watchdog"), CancellationToken.None)).ShouldBeTrue();
        await next.LookAsync(CancellationToken.None);
        _intake.News.Select(n => n.Firing).ShouldBe([true, false]);
    }

    [Fact]
    public async Task A_watchdog_that_was_never_heard_is_missed_only_when_it_is_expected()
    {
        await using var store = await TestStore.OpenAsync(Engine.Sqlite, postgres);
        var (indifferent, waiting) = (Cycle(store, Ear(store)), Cycle(store, Ear(store, new() { Expected = true })));
        _time.Advance(TimeSpan.FromMinutes(11));
        await indifferent.LookAsync(CancellationToken.None);
        _intake.Raised.ShouldBeEmpty();
        await waiting.LookAsync(CancellationToken.None);
        _intake.News.ShouldHaveSingleItem().Firing.ShouldBeTrue();
    }

    [Fact]
    public async Task Only_the_watchdog_of_Alertmanager_is_swallowed_and_its_end_is_not_heard()
    {
        await using var store = await TestStore.OpenAsync(Engine.Sqlite, postgres);
        var ear = Ear(store);
        (await ear.SwallowAsync(Alert("HighCpuUsage"), CancellationToken.None)).ShouldBeFalse();
        (await ear.SwallowAsync(Alert("Watchdog") with { Source = AlertSource.Person }, CancellationToken.None)).ShouldBeFalse();
        (await ear.SwallowAsync(Alert("Watchdog") with { Firing = false }, CancellationToken.None)).ShouldBeTrue();
        (await ear.LookAsync(CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_clock_that_is_set_back_does_not_hide_the_silence()
    {
        await using var store = await TestStore.OpenAsync(Engine.Sqlite, postgres);
        await Ear(store).SwallowAsync(Alert("Watchdog"), CancellationToken.None);
        var past = new FakeTimeProvider(_time.GetUtcNow() - TimeSpan.FromDays(30));
        var ear = new WatchdogEar(store.Get<IDbContextFactory<OpsDbContext>>(), Options.Create(new WatchdogOptions()), past);
        (await ear.LookAsync(CancellationToken.None))!.IsTrouble.ShouldBeFalse();
        past.Advance(TimeSpan.FromMinutes(11));
        (await ear.LookAsync(CancellationToken.None))!.IsTrouble.ShouldBeTrue();
    }

    [Fact]
    public async Task Checks_that_are_no_longer_measured_open_an_incident()
    {
        await using var store = await TestStore.OpenAsync(Engine.Sqlite, postgres);
        var clock = Clock();
        var cycle = Cycle(store, new MeasuringConcern(clock, _time));
        clock.Evaluated();
        _time.Advance(TimeSpan.FromSeconds(180));
        await cycle.LookAsync(CancellationToken.None);
        _intake.News.ShouldBeEmpty();
        _time.Advance(TimeSpan.FromSeconds(30));
        await cycle.LookAsync(CancellationToken.None);
        var alert = _intake.News.ShouldHaveSingleItem();
        alert.TitleJa.ShouldBe("自動計測が止まっています");
        alert.StartsAt.ShouldBe(new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero));
        clock.Evaluated();
        await cycle.LookAsync(CancellationToken.None);
        _intake.News.Select(n => n.Firing).ShouldBe([true, false]);
    }

    [Fact]
    public async Task A_concern_that_can_not_be_told_is_logged_once_and_told_later()
    {
        await using var store = await TestStore.OpenAsync(Engine.Sqlite, postgres);
        var log = new Lines();
        var cycle = ActivatorUtilities.CreateInstance<ConcernCycle>(
            store.Services, new IConcern[] { Ear(store, new() { Expected = true }) }, Intake(), _time, (ILogger<ConcernCycle>)log);
        _time.Advance(TimeSpan.FromMinutes(11));
        _intake.Broken = new InvalidOperationException("no");
        for (var i = 0; i < 3; i++) await cycle.LookAsync(CancellationToken.None);
        log.Errors.ShouldHaveSingleItem().ShouldMatch("Error id E-[2-9A-Z]{6}");
        _intake.Broken = null;
        await cycle.LookAsync(CancellationToken.None);
        _intake.News.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_sign_of_life_is_sent_only_while_alerts_can_work()
    {
        await using var store = await TestStore.OpenAsync(Engine.Sqlite, postgres);
        var (outside, clock, log) = (new Outside(), Clock(), new Lines());
        var ping = Ping(store, outside, clock, log);
        (await ping.PingAsync(CancellationToken.None)).ShouldBeFalse("nothing was evaluated yet");
        clock.Evaluated();
        (await ping.PingAsync(CancellationToken.None)).ShouldBeTrue();
        outside.Count.ShouldBe(1);

        await using (var db = store.Db())
        {
            db.Add(Row(OutboxPriority.Note, "note"));
            db.Add(Row(OutboxPriority.Page, "page"));
            await db.SaveChangesAsync();
        }
        _time.Advance(TimeSpan.FromMinutes(14));
        clock.Evaluated();
        (await ping.PingAsync(CancellationToken.None)).ShouldBeTrue("fourteen minutes are Slack's business");
        _time.Advance(TimeSpan.FromMinutes(2));
        clock.Evaluated();
        (await ping.PingAsync(CancellationToken.None)).ShouldBeFalse();
        log.Errors[^1].ShouldContain("the outbox is stuck");
        await using (var db = store.Db())
            await db.Set<OutboxRow>().Where(r => r.Key == "page").ExecuteUpdateAsync(set => set.SetProperty(r => r.State, OutboxState.Sent));
        (await ping.PingAsync(CancellationToken.None)).ShouldBeTrue("a note may wait for its card");

        _time.Advance(TimeSpan.FromMinutes(4));
        (await ping.PingAsync(CancellationToken.None)).ShouldBeFalse("the rules stand still");
        clock.Evaluated();
        store.Get<StoreState>().SetProblem("the store does not answer (error id E-222222)");
        (await ping.PingAsync(CancellationToken.None)).ShouldBeFalse("the store is away");
    }

    [Fact]
    public async Task A_sign_that_does_not_arrive_is_logged_once_for_each_reason_and_without_the_address()
    {
        await using var store = await TestStore.OpenAsync(Engine.Sqlite, postgres);
        var (outside, clock, log) = (new Outside { Status = HttpStatusCode.InternalServerError }, Clock(), new Lines());
        var ping = Ping(store, outside, clock, log);
        clock.Evaluated();
        for (var i = 0; i < 3; i++) (await ping.PingAsync(CancellationToken.None)).ShouldBeFalse();
        outside.Status = HttpStatusCode.NotFound;
        for (var i = 0; i < 3; i++) (await ping.PingAsync(CancellationToken.None)).ShouldBeFalse();
        outside.Failure = new HttpRequestException("refused");
        for (var i = 0; i < 3; i++) (await ping.PingAsync(CancellationToken.None)).ShouldBeFalse();
        log.Errors.Count.ShouldBe(3);
        log.Errors.ShouldAllBe(e => e.Contains("Error id E-", StringComparison.Ordinal) && !e.Contains("very-secret", StringComparison.Ordinal));
        (outside.Status, outside.Failure) = (HttpStatusCode.OK, null);
        (await ping.PingAsync(CancellationToken.None)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("http://example.com/very-secret-1")]
    [InlineData("ftp://example.com/very-secret-1")]
    [InlineData("/very-secret-1")]
    public void An_address_that_others_could_read_is_refused_without_repeating_it(string url) =>
        TestBot.Complaint(("Alerting:DeadMan:Url", url)).ShouldBe("Alerting:DeadMan: Url must be a full https address (plain http only to this machine).");

    [Theory]
    [InlineData("Alerting:Rules:Cpu:WarningForSeconds", "-1", "Alerting:Rules: Cpu:WarningForSeconds must be between 0 and 86400, but is -1.")]
    [InlineData("Alerting:Rules:Cpu:ClearMargin", "NaN", "Alerting:Rules: Cpu:ClearMargin must be between 0 and 10000, but is NaN.")]
    [InlineData("Alerting:Rules:Cpu:WarnForSeconds", "1", "Alerting:Rules:Cpu:WarnForSeconds is not a setting. Did you mean Alerting:Rules:Cpu:WarningForSeconds?")]
    [InlineData("Alerting:Rules:FlapChanges", "2", "Alerting:Rules: The field FlapChanges must be between 3 and 50.")]
    [InlineData("Alerting:Export:AppJob", "a\"b", "Alerting:Export: The field AppJob must match the regular expression")]
    [InlineData("Alerting:Watchdog:SilentAfterSeconds", "59", "Alerting:Watchdog: The field SilentAfterSeconds must be between 60 and 86400.")]
    [InlineData("Checks:ErrorRate:Query", "a\nb", "Checks:ErrorRate: Query must be one line without control characters.")]
    [InlineData("Checks:Availability:Critical", "99.9", "Checks:Availability: Critical (99.9) must lie below Warning (99.5): the warning comes first.")]
    public void A_wrong_value_is_refused(string key, string value, string sentence) => TestBot.Complaint((key, value)).ShouldStartWith(sentence);

    private static IncomingAlert Alert(string name) => new(
        AlertSource.Alertmanager, new('0', 32), "group", true, Severity.Information, 1, name, name, DateTimeOffset.UnixEpoch,
        new Dictionary<string, string>(StringComparer.Ordinal) { ["alertname"] = name }, new Dictionary<string, string>(StringComparer.Ordinal));

    private OutboxRow Row(OutboxPriority priority, string key) =>
        new Outbox(_time).Row(key, "test", "1", Carrier.Channel, "C012AB3CD", priority);

    private RuleClock Clock() => new(Options.Create(new ChecksOptions()), _time);

    private WatchdogEar Ear(TestStore store, WatchdogOptions? options = null) =>
        new(store.Get<IDbContextFactory<OpsDbContext>>(), Options.Create(options ?? new()), _time);

    private ServiceProvider Intake() => new ServiceCollection().AddSingleton<IIncidentIntake>(_intake).BuildServiceProvider();

    private ConcernCycle Cycle(TestStore store, IConcern concern) => ActivatorUtilities.CreateInstance<ConcernCycle>(
        store.Services, new[] { concern }, Intake(), _time, (ILogger<ConcernCycle>)NullLogger<ConcernCycle>.Instance);

    private DeadManPing Ping(TestStore store, Outside outside, RuleClock clock, Lines log) => new(
        outside, store.Get<IDbContextFactory<OpsDbContext>>(), store.Get<StoreState>(), clock,
        Options.Create(new DeadManOptions { Url = new("https://ping.example.com/very-secret-1") }), _time, log);

    private sealed class Outside : HttpMessageHandler, IHttpClientFactory
    {
        public HttpStatusCode Status { get; set; } = HttpStatusCode.OK;

        public Exception? Failure { get; set; }

        public int Count { get; private set; }

        public HttpClient CreateClient(string name) => new(this, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri!.ToString().ShouldBe("https://ping.example.com/very-secret-1");
            Count++;
            return Failure is null ? Task.FromResult(new HttpResponseMessage(Status)) : Task.FromException<HttpResponseMessage>(Failure);
        }
    }

    private sealed class Lines : ILogger<ConcernCycle>, ILogger<DeadManPing>
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
