using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Card;
using FestivalOps.Checks;
using FestivalOps.Checks.History;
using FestivalOps.Checks.Web;
using FestivalOps.Festival;
using FestivalOps.Language;
using FestivalOps.Storage;
using FestivalOps.Tests.SamplePlatform;
using FestivalOps.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Checks;

/// <summary>What is made of kept results: availability, the picture of the last hour, and what the ticker tells its listeners.</summary>
public sealed class KeptResultsTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Availability_is_counted_from_our_own_measurements(Engine engine)
    {
        await using var store = await TestStore.OpenAsync(engine, postgres);
        await KeepAsync(store, "up", [.. Enumerable.Repeat(Up, 199)]);
        var few = await AvailabilityAsync(store);
        few.Says.En.ShouldBe("not judged yet (199 of 200 measurements)");
        few.Value.ShouldBeNull();

        await KeepAsync(store, "up", [Down]);
        (await AvailabilityAsync(store)).ShouldSatisfyAllConditions(m => m.Says.En.ShouldBe("99.5 %"), m => m.Status.ShouldBe(CheckStatus.Ok));
        await KeepAsync(store, "up", [Down, Unknown]);
        (await AvailabilityAsync(store)).ShouldSatisfyAllConditions(m => m.Says.En.ShouldBe("99 %"), m => m.Status.ShouldBe(CheckStatus.Warning));
        await KeepAsync(store, "up", [Down]);
        (await AvailabilityAsync(store)).ShouldSatisfyAllConditions(
            m => m.Says.En.ShouldBe("98.51 %"), m => m.Status.ShouldBe(CheckStatus.Critical), m => m.Facts.ShouldContain(f => f.Value == "199 / 202"));
        _time.Advance(TimeSpan.FromHours(24));
        (await AvailabilityAsync(store)).Says.En.ShouldStartWith("not judged yet (");
    }

    [Fact]
    public async Task People_who_ask_again_and_again_during_an_outage_do_not_make_it_longer()
    {
        await using var store = await TestStore.OpenAsync(Engine.Sqlite, postgres);
        await KeepAsync(store, "up", [.. Enumerable.Repeat(Up, 250)]);
        await KeepAsync(store, "up", [.. Enumerable.Repeat(Down, 50)], CheckBook.All);
        (await AvailabilityAsync(store)).Says.En.ShouldBe("100 %");
    }

    [Fact]
    public async Task A_store_that_is_not_open_makes_availability_unknown()
    {
        var away = await Measure.OnceAsync<AvailabilityCheck>(("Platform:BaseUrl", "http://127.0.0.1:1"));
        away.Status.ShouldBe(CheckStatus.Unknown);
        away.Says.En.ShouldBe("the bot's own store, which holds the measurements, can't be read");
    }

    [Theory]
    [InlineData(0, "http://127.0.0.1:1", "switch on the unasked measuring (Checks:Run:EverySeconds)")]
    [InlineData(60, null, "set Platform:BaseUrl to the address of the web application")]
    public async Task Availability_needs_an_address_and_measuring(int every, string? url, string why)
    {
        await using var store = await TestStore.OpenAsync(Engine.Sqlite, postgres);
        Availability(store, every, url).NotSetUp!.En.ShouldBe(why);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task The_last_hour_of_a_check_comes_oldest_first_with_holes_where_nothing_was_measured(Engine engine)
    {
        await using var store = await TestStore.OpenAsync(engine, postgres);
        await KeepAsync(store, "cpu", [.. Enumerable.Range(1, 90).Select(i => i == 80 ? Unknown : Measurement.Judged(i, Unit.Percent, new(80, 90)))]);
        await KeepAsync(store, "memory", [Measurement.Judged(7, Unit.Percent, new(85, 95))]);
        var recent = new RecentValues(store.Get<IDbContextFactory<OpsDbContext>>(), store.Get<StoreState>(), _time);
        var series = await recent.OfAsync("cpu", TimeSpan.FromHours(1), CancellationToken.None);
        series.Points.Count.ShouldBe(60);
        series.Points.Select(p => p.At).ShouldBeInOrder();
        series.Points[^1].Value.ShouldBe(90);
        series.Points[^1].Status.ShouldBe(CheckStatus.Warning);
        series.Points.Single(p => p.Status == CheckStatus.Unknown).Value.ShouldBeNull();
        (series.Unit, series.Threshold).ShouldBe((Unit.Percent, new Threshold(80, 90)));
        (await recent.OfAsync("disk", TimeSpan.FromHours(1), CancellationToken.None)).Points.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("cpu", 99, 99, 1)]
    [InlineData("availability", 1, 99, 1)]
    public async Task The_picture_of_the_last_hour_shows_the_worst_of_each_span(string check, double worst, double highest, double lowest)
    {
        await using var store = await TestStore.OpenAsync(Engine.Sqlite, postgres);
        var limits = check == "cpu" ? new Threshold(80, 90) : new Threshold(40, 30, LowIsBad: true);
        await KeepAsync(store, check, [.. Enumerable.Range(0, 60).Select(i => i == 50 ? Unknown : Measurement.Judged(i == 30 ? highest : i == 31 ? lowest : 50, Unit.Percent, limits))]);
        var hour = new LastHour(new(store.Get<IDbContextFactory<OpsDbContext>>(), store.Get<StoreState>(), _time), _time);
        var alert = new AlertRecord
        {
            Fingerprint = "f", IncidentId = 1, Source = AlertSource.Check, Name = "n", Level = 1, TitleJa = "t", TitleEn = "t", Severity = Severity.Warning, Firing = true,
            StartsAt = _time.GetUtcNow(), SeenAt = _time.GetUtcNow(), Labels = $$"""{"check":"{{check}}"}""", Annotations = "{}",
        };
        var values = await hour.ReadAsync(alert, _time.GetUtcNow(), CancellationToken.None);
        values.Count.ShouldBe(Sparkline.Width);
        values.ShouldContain(worst);
        values.ShouldAllBe(v => v == 50 || v == worst);
    }

    [Fact]
    public async Task However_much_was_measured_the_picture_has_a_limit()
    {
        await using var store = await TestStore.OpenAsync(Engine.Sqlite, postgres);
        await KeepAsync(store, "cpu", [.. Enumerable.Range(0, 450).Select(i => Measurement.Judged(i % 100, Unit.Percent, new(80, 90)))], every: TimeSpan.FromSeconds(1));
        var recent = new RecentValues(store.Get<IDbContextFactory<OpsDbContext>>(), store.Get<StoreState>(), _time);
        var series = await recent.OfAsync("cpu", TimeSpan.FromDays(900), CancellationToken.None);
        series.Points.Count.ShouldBe(RecentValues.MaxPoints);
        series.Points[^1].Value.ShouldBe(49, "the newest are kept");
    }

    [Fact]
    public async Task Listeners_hear_of_the_rounds_that_nobody_asked_for_and_one_that_breaks_does_not_keep_the_others()
    {
        await using var store = await TestStore.OpenAsync(Engine.Sqlite, postgres);
        var (broken, good) = (new Listener { Breaks = true }, new Listener());
        var runner = new HealthRunner(
            store.Get<HealthHistory>(), Options.Create(new ChecksOptions()), TimeProvider.System, store.Get<IHostApplicationLifetime>(), NullLogger<HealthRunner>.Instance);
        var book = new CheckBook([new Fixed()]);
        await runner.RunAsync(book.Find(CheckBook.All)!, CancellationToken.None);
        using var ticker = new HealthTicker(
            runner, book, store.Get<HealthHistory>(), store.Get<StoreState>(), Options.Create(new ChecksOptions { EverySeconds = 10 }),
            Options.Create(new StorageOptions()), [broken, good], _time, NullLogger<HealthTicker>.Instance);
        await ticker.StartAsync(CancellationToken.None);
        var run = await good.Heard.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await ticker.StopAsync(CancellationToken.None);
        run.Selection.ShouldBe(CheckBook.Unasked);
        run.Results.ShouldHaveSingleItem();
        book.Find(CheckBook.Unasked).ShouldBeNull("it can't be typed");
        broken.Heard.Task.IsCompleted.ShouldBeTrue();
    }

    private static Measurement Up => Measurement.Ok(LocalizedText.Same("up"));

    private static Measurement Down => Measurement.Critical(LocalizedText.Same("down"));

    private static Measurement Unknown => Measurement.Unknown(LocalizedText.Same("unknown"));

    private async Task KeepAsync(TestStore store, string check, Measurement[] measurements, string selection = CheckBook.Unasked, TimeSpan? every = null)
    {
        var runs = measurements.Select(m =>
        {
            _time.Advance(every ?? TimeSpan.FromMinutes(1));
            var at = _time.GetUtcNow();
            return new HealthRun(
                Guid.CreateVersion7(at).ToString("N"), selection, at, TimeSpan.Zero,
                [new(check, LocalizedText.Same(check), m, TimeSpan.Zero, at)], [], Kept: false, KeepErrorId: null);
        });
        foreach (var run in runs) await store.Get<HealthHistory>().KeepAsync(run, CancellationToken.None);
    }

    private Task<Measurement> AvailabilityAsync(TestStore store)
    {
        var check = Availability(store, 60, "http://127.0.0.1:1");
        check.NotSetUp.ShouldBeNull();
        return check.MeasureAsync(CancellationToken.None);
    }

    private AvailabilityCheck Availability(TestStore store, int every, string? url) => new(
        new FestivalWeb(store.Get<IHttpClientFactory>(), Options.Create(new FestivalOptions { BaseUrl = url is null ? null : new(url) })),
        store.Get<HealthHistory>(), Options.Create(new AvailabilityOptions()), Options.Create(new ChecksOptions { EverySeconds = every }), _time);

    private sealed class Listener : IHealthListener
    {
        public TaskCompletionSource<HealthRun> Heard { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool Breaks { get; init; }

        public Task MeasuredAsync(HealthRun run, CancellationToken ct)
        {
            Heard.TrySetResult(run);
            return Breaks ? throw new InvalidOperationException("bug") : Task.CompletedTask;
        }
    }

    private sealed class Fixed : ICheck
    {
        public string Name => "one";

        public string Group => "host";

        public LocalizedText Title => LocalizedText.Same("one");

        public LocalizedText Summary => LocalizedText.Same("one");

        public CheckStatus WhenSilent => CheckStatus.Unknown;

        public LocalizedText? NotSetUp => null;

        public Task<Measurement> MeasureAsync(CancellationToken ct) => Task.FromResult(Measurement.Ok(LocalizedText.Same("fine")));
    }
}
