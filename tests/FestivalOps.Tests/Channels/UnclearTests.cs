using FestivalOps.Channels;
using FestivalOps.Slack.WebApi;
using FestivalOps.Tests.SamplePlatform;
using FestivalOps.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Channels;

/// <summary>Whatever becomes of a try, a message appears once.</summary>
public sealed class UnclearTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Theory]
    [InlineData(Engine.Sqlite, 0)]
    [InlineData(Engine.Sqlite, 500)]
    [InlineData(Engine.Postgres, 0)]
    [InlineData(Engine.Postgres, 502)]
    public async Task A_post_that_takes_effect_without_a_confirmation_appears_once(Engine engine, int status)
    {
        await using var office = await PostOffice.OpenAsync(engine, postgres);
        var bot = await office.HireAsync();
        await office.FaultAsync(new { after_effect_calls = 1, after_effect_status = status });
        await bot.TellAsync("p", "page");
        await bot.TellAsync("q", "note", OutboxPriority.Note);

        await bot.StartAsync();
        await office.RowAsync("q", OutboxState.Sent);
        var row = await office.RowAsync("p", OutboxState.Sent);

        office.Texts().ShouldBe(["page", "note"]);
        row.ResultTs.ShouldBe(office.Posts()[0].Ts);
        bot.Kind.Sent.Count(s => s.Key == "p").ShouldBe(1);
    }

    [Fact]
    public async Task A_reply_in_a_thread_and_a_direct_message_are_found_where_they_are()
    {
        await using var office = await PostOffice.OpenAsync(Engine.Sqlite, postgres);
        var bot = await office.HireAndStartAsync();
        await bot.TellAsync("card", "card", OutboxPriority.Card);
        var card = await office.RowAsync("card", OutboxState.Sent);
        bot.Kind.Says = row => new Prepared.Post(new Message { Text = row.Argument, ThreadTs = row.Key == "note" ? card.ResultTs : null });

        await office.FaultAsync(new { after_effect_calls = 1, after_effect_status = 500 });
        await bot.TellAsync("note", "note", OutboxPriority.Note);
        await office.RowAsync("note", OutboxState.Sent);
        await office.FaultAsync(new { after_effect_calls = 1, after_effect_status = 500 });
        await bot.TellAsync("dm", "dm", target: "U0SATO0001", carrier: Carrier.Person);
        await office.RowAsync("dm", OutboxState.Sent);

        office.Texts().ShouldBe(["card", "note"]);
        office.Texts("D0SATO0001").ShouldBe(["dm"]);
        (await office.CallsAsync("chat.postMessage")).Count.ShouldBe(3);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_post_that_failed_without_effect_is_looked_for_twice_and_then_sent(Engine engine)
    {
        await using var office = await PostOffice.OpenAsync(engine, postgres);
        var bot = await office.HireAsync();
        await office.FaultAsync(new { error_calls = 1, error_status = 500, error_method = "chat.postMessage" });
        var begin = office.Clock.GetUtcNow();
        await bot.TellAsync("p", "page");

        await bot.StartAsync();
        await office.RowAsync("p", OutboxState.Sent);

        office.Texts().ShouldBe(["page"]);
        (await office.CallsAsync("conversations.history")).Count.ShouldBe(2);
        (office.Clock.GetUtcNow() - begin).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task What_arrived_unconfirmed_and_is_not_wanted_any_more_is_still_written_as_sent()
    {
        await using var office = await PostOffice.OpenAsync(Engine.Sqlite, postgres);
        var bot = await office.HireAsync();
        await office.FaultAsync(new { after_effect_calls = 1, after_effect_status = 500 });
        bot.Kind.Says = row => office.Posts().Count > 0 ? new Prepared.Drop("acknowledged") : new Prepared.Post(new Message { Text = row.Argument });
        await bot.TellAsync("p", "page");
        await bot.StartAsync();
        (await office.RowAsync("p", OutboxState.Sent)).ResultTs.ShouldBe(office.Posts().ShouldHaveSingleItem().Ts);
    }

    [Theory]
    [InlineData(Engine.Sqlite, true)]
    [InlineData(Engine.Sqlite, false)]
    [InlineData(Engine.Postgres, true)]
    [InlineData(Engine.Postgres, false)]
    public async Task A_bot_killed_while_it_sends_is_followed_by_one_that_shows_it_once(Engine engine, bool arrived)
    {
        await using var office = await PostOffice.OpenAsync(engine, postgres);
        var killed = new KilledWhileSending(arrived);
        // Its clock stands still from the kill on: it extends no lease and gives nothing back.
        var first = await office.HireAsync(new FakeTimeProvider(office.Clock.GetUtcNow()), services => services.AddHttpClient("FestivalOps.Slack").AddHttpMessageHandler(() => killed));
        await first.TellAsync("p", "page");
        await first.StartAsync();
        await office.UntilAsync(() => killed.Happened, "the first bot is killed", TimeSpan.Zero);
        first.IsGone();
        office.Row("p")!.Unclear.ShouldBeTrue();

        await office.HireAndStartAsync();
        var row = await office.RowAsync("p", OutboxState.Sent);

        office.Texts().ShouldBe(["page"]);
        row.Attempts.ShouldBe(arrived ? 1 : 2);
        if (engine == Engine.Postgres) (office.Clock.GetUtcNow() - row.CreatedAt).ShouldBeGreaterThan(TimeSpan.FromSeconds(25), "the lease of the first was respected");
    }

    [Fact]
    public async Task A_message_that_is_too_long_for_one_is_one_all_the_same()
    {
        await using var office = await PostOffice.OpenAsync(Engine.Sqlite, postgres);
        var bot = await office.HireAndStartAsync();
        bot.Kind.Says = _ => new Prepared.Post(new Message { Text = string.Concat(Enumerable.Repeat("長い文章です。", 3000)) });
        await bot.TellAsync("p", "");
        await office.RowAsync("p", OutboxState.Sent);
        office.Posts().ShouldHaveSingleItem().Text.Length.ShouldBeLessThanOrEqualTo(4000);
    }

    /// <summary>A process that is killed before or after its request reaches Slack: from then on nothing comes back.</summary>
    private sealed class KilledWhileSending(bool arrived) : DelegatingHandler
    {
        public bool Happened { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (arrived) (await base.SendAsync(request, cancellationToken)).Dispose();
            Happened = true;
            return await new TaskCompletionSource<HttpResponseMessage>().Task;
        }
    }
}
