using System.Collections.Concurrent;
using FestivalOps.Channels;
using FestivalOps.Channels.Outage;
using FestivalOps.Storage;
using FestivalOps.Tests.SamplePlatform;
using FestivalOps.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Channels;

/// <summary>Slack is away: the bot knows since when, loses nothing, and afterwards catches up instead of flooding.</summary>
public sealed class OutageTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Theory]
    [InlineData(Engine.Sqlite, false)]
    [InlineData(Engine.Sqlite, true)]
    [InlineData(Engine.Postgres, true)]
    public async Task After_half_an_hour_one_catch_up_comes_first_and_no_flood_of_notes(Engine engine, bool cutsConnections)
    {
        await using var office = await PostOffice.OpenAsync(engine, postgres);
        var summary = new Summary();
        var bot = await office.HireAsync(null, services => services.AddSingleton<ICatchUp>(s => summary.With(s.GetRequiredService<Outbox>())));
        await office.FaultAsync(new { down_seconds = 1800, down_aborts = cutsConnections });
        await bot.TellAsync("p", "page");
        await bot.TellAsync("n", "note", OutboxPriority.Note);
        await bot.StartAsync();
        await office.UntilAsync(() => bot.Outage.DownSince is not null, "the outage is noticed");
        var changed = bot.Outage.Changed;
        bot.Outage.IsOut.ShouldBeFalse();
        await office.UntilAsync(() => changed.IsCompleted, "it counts from the threshold on", TimeSpan.FromSeconds(1));
        bot.Outage.IsOut.ShouldBeTrue();
        for (var i = 0; i < 20; i++) await bot.TellAsync($"n{i}", "note", OutboxPriority.Note);
        await bot.TellAsync("other", "other", OutboxPriority.Note, kind: "nobody.collapses");

        await office.RowAsync("p", OutboxState.Sent, TimeSpan.FromSeconds(5));
        await office.RowAsync("catch-up", OutboxState.Sent, TimeSpan.FromSeconds(1));

        office.Texts().Order(StringComparer.Ordinal).ShouldBe(["catch-up", "page"]);
        office.Row("n19")!.ShouldSatisfyAllConditions(r => r.State.ShouldBe(OutboxState.Dropped), r => r.Reason.ShouldBe("in the catch-up"));
        office.Row("other")!.State.ShouldBe(OutboxState.Waiting);
        bot.Outage.DownSince.ShouldBeNull();
        var gap = summary.Gaps.Last();
        (gap.Until - gap.DownSince).ShouldBeInRange(TimeSpan.FromMinutes(29), TimeSpan.FromMinutes(31));
    }

    [Fact]
    public async Task A_stumble_of_seconds_is_no_outage_and_nothing_is_collapsed()
    {
        await using var office = await PostOffice.OpenAsync(Engine.Sqlite, postgres);
        var summary = new Summary();
        var bot = await office.HireAsync(null, services => services.AddSingleton<ICatchUp>(s => summary.With(s.GetRequiredService<Outbox>())));
        await office.FaultAsync(new { down_seconds = 20 });
        await bot.TellAsync("n", "note", OutboxPriority.Note);
        await bot.StartAsync();
        await office.RowAsync("n", OutboxState.Sent);
        summary.Gaps.ShouldBeEmpty();
        bot.Outage.DownSince.ShouldBeNull();
    }

    [Fact]
    public async Task A_bot_that_starts_after_the_outage_catches_up_too()
    {
        await using var office = await PostOffice.OpenAsync(Engine.Sqlite, postgres);
        await office.FaultAsync(new { down_seconds = 90 });
        var first = await office.HireAndStartAsync();
        await first.TellAsync("n", "note", OutboxPriority.Note);
        await office.UntilAsync(() => office.Row("n") is { Attempts: > 0, LeaseOwner: null }, "it was tried");
        await first.DisposeAsync();
        office.Clock.Advance(TimeSpan.FromMinutes(10));

        var summary = new Summary();
        await office.HireAndStartAsync(services => services.AddSingleton<ICatchUp>(s => summary.With(s.GetRequiredService<Outbox>())));
        await office.RowAsync("catch-up", OutboxState.Sent);

        office.Texts().ShouldBe(["catch-up"]);
        summary.Gaps.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Two_bots_write_one_catch_up()
    {
        await using var office = await PostOffice.OpenAsync(Engine.Postgres, postgres);
        var summary = new Summary();
        Action<IServiceCollection> replace = services => services.AddSingleton<ICatchUp>(s => summary.With(s.GetRequiredService<Outbox>()));
        var first = await office.HireAsync(null, replace);
        var second = await office.HireAsync(null, replace);
        await office.FaultAsync(new { down_seconds = 600 });
        for (var i = 0; i < 4; i++)
        {
            await first.TellAsync($"a{i}", "note", OutboxPriority.Note);
            await first.TellAsync($"b{i}", "note", OutboxPriority.Note, PostOffice.OtherChannel);
        }
        await first.StartAsync();
        await second.StartAsync();
        await office.RowAsync("catch-up", OutboxState.Sent, TimeSpan.FromSeconds(2));
        await office.UntilAsync(() => first.Outage.DownSince is null && second.Outage.DownSince is null, "both know that it is over", TimeSpan.FromSeconds(1));
        office.Texts().ShouldBe(["catch-up"]);
        summary.Gaps.Select(g => g.Key).Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_catch_up_that_fails_holds_nothing_back()
    {
        await using var office = await PostOffice.OpenAsync(Engine.Sqlite, postgres);
        var bot = await office.HireAsync(null, services => services.AddSingleton<ICatchUp>(new Summary { Fails = true }));
        await office.FaultAsync(new { down_seconds = 300 });
        await bot.TellAsync("p", "page");
        await bot.TellAsync("n", "note", OutboxPriority.Note);
        await bot.StartAsync();
        await office.RowAsync("n", OutboxState.Sent, TimeSpan.FromSeconds(2));
        office.Texts().ShouldBe(["page", "note"]);
        bot.Log.ToString().ShouldContain("The catch-up after Slack's outage could not be written");
    }

    /// <summary>A feature that says in one post what its notes would have said.</summary>
    private sealed class Summary : ICatchUp
    {
        private Outbox? _outbox;

        public ConcurrentQueue<SlackGap> Gaps { get; } = new();

        public bool Fails { get; init; }

        public Summary With(Outbox outbox)
        {
            _outbox ??= outbox;
            return this;
        }

        public async Task<IReadOnlyCollection<string>> CatchUpAsync(SlackGap gap, OpsDbContext db, CancellationToken ct)
        {
            if (Fails) throw new InvalidOperationException("no words");
            Gaps.Enqueue(gap);
            await Outbox.AddAsync(
                db, [_outbox!.Row("catch-up", SaidInTest.Name, gap.Key, Carrier.Channel, PostOffice.Channel, OutboxPriority.Card, "catch-up")], ct);
            return [SaidInTest.Name];
        }
    }
}
