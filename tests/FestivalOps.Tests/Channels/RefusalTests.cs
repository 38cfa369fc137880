using FestivalOps.Channels;
using FestivalOps.Channels.Courier;
using FestivalOps.Slack.Blocks;
using FestivalOps.Slack.WebApi;
using FestivalOps.Tests.SamplePlatform;
using FestivalOps.Tests.Storage;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Channels;

/// <summary>What Slack refuses: for good, for now, or until someone mends it.</summary>
public sealed class RefusalTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Theory]
    [InlineData("archived", "is_archived")]
    [InlineData("thrown out", "not_in_channel")]
    [InlineData("gone", "channel_not_found")]
    public async Task A_channel_that_takes_nothing_any_more_makes_the_row_undeliverable(string what, string error)
    {
        await using var office = await PostOffice.OpenAsync(Engine.Sqlite, postgres);
        var bot = await office.HireAsync();
        if (what == "archived") await office.ControlAsync("archive", new { channel = PostOffice.Channel, is_archived = true });
        if (what == "thrown out") await office.ControlAsync("membership", new { channel = PostOffice.Channel, user = "U0FOPS0001", is_member = false });
        await bot.TellAsync("p", "page", target: what == "gone" ? "C0NOSUCH01" : PostOffice.Channel);
        await bot.TellAsync("other", "other", target: PostOffice.OtherChannel);

        await bot.StartAsync();
        var row = await office.RowAsync("p", OutboxState.Dropped);
        await office.RowAsync("other", OutboxState.Sent);

        row.Reason!.ShouldStartWith($"undeliverable: {error} (error id E-");
        bot.Kind.Undeliverable.ShouldHaveSingleItem().ShouldBe(("p", error));
        bot.Outage.DownSince.ShouldBeNull();
    }

    [Fact]
    public async Task A_card_that_someone_deleted_is_told_to_its_feature()
    {
        await using var office = await PostOffice.OpenAsync(Engine.Sqlite, postgres);
        var bot = await office.HireAndStartAsync();
        await bot.TellAsync("card", "card", OutboxPriority.Card);
        var card = await office.RowAsync("card", OutboxState.Sent);
        await office.ControlAsync("delete-message", new { channel = PostOffice.Channel, ts = card.ResultTs });
        bot.Kind.Says = _ => new Prepared.Redraw(card.ResultChannel!, card.ResultTs!, new Message { Text = "newer" });
        await bot.TellAsync("redraw", "", OutboxPriority.Redraw);
        await office.RowAsync("redraw", OutboxState.Dropped);
        bot.Kind.Undeliverable.ShouldHaveSingleItem().ShouldBe(("redraw", "message_not_found"));
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Retry_After_is_honoured_for_the_channel_and_the_state_is_read_again_after_it(Engine engine)
    {
        await using var office = await PostOffice.OpenAsync(engine, postgres);
        var bot = await office.HireAsync();
        await office.FaultAsync(new { rate_limit_calls = 1, retry_after = 30 });
        var words = "before";
        bot.Kind.Says = _ => new Prepared.Post(new Message { Text = Volatile.Read(ref words) });
        await bot.TellAsync("p", "");
        await bot.StartAsync();
        await office.UntilAsync(() => office.Row("p") is { Attempts: 1, LeaseOwner: null }, "the first try is over");
        var limitedAt = office.Clock.GetUtcNow();
        Volatile.Write(ref words, "after");
        await bot.TellAsync("other", "", OutboxPriority.Report, PostOffice.OtherChannel);
        await office.RowAsync("other", OutboxState.Sent);
        (office.Clock.GetUtcNow() - limitedAt).ShouldBeLessThan(TimeSpan.FromSeconds(25), "the other channel did not wait");

        var row = await office.RowAsync("p", OutboxState.Sent);

        office.Texts().ShouldBe(["after"]);
        (row.SentAt!.Value - row.CreatedAt).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(30));
        (await office.CallsAsync("chat.postMessage")).Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_storm_of_429_loses_and_doubles_nothing()
    {
        await using var office = await PostOffice.OpenAsync(Engine.Sqlite, postgres);
        var bot = await office.HireAsync();
        await office.FaultAsync(new { rate_limit_calls = 25, retry_after = 2 });
        for (var i = 0; i < 10; i++) await bot.TellAsync($"p{i}", $"p{i}", target: i % 2 == 0 ? PostOffice.Channel : PostOffice.OtherChannel);
        await bot.StartAsync();
        await office.UntilAsync(() => office.Posts().Count + office.Posts(PostOffice.OtherChannel).Count == 10, "all are there");
        await office.RowAsync("p9", OutboxState.Sent);
        office.Texts().ShouldBe(["p0", "p2", "p4", "p6", "p8"]);
        office.Texts(PostOffice.OtherChannel).ShouldBe(["p1", "p3", "p5", "p7", "p9"]);
    }

    [Fact]
    public async Task A_revoked_token_keeps_everything_waiting_loudly_until_it_is_mended()
    {
        await using var office = await PostOffice.OpenAsync(Engine.Sqlite, postgres);
        var bot = await office.HireAsync();
        var right = office.Options.BotToken;
        office.Options.BotToken = "xoxb-another-one";
        await bot.TellAsync("p", "page");
        await bot.StartAsync();
        await office.UntilAsync(() => bot.Get<OperatorProblem>().Problem is not null, "ready tells");
        bot.Get<OperatorProblem>().Problem.ShouldBe("outbox: Slack refuses: invalid_auth");
        await office.UntilAsync(() => bot.Log.ToString().Contains("Messages wait until someone mends this", StringComparison.Ordinal), "the log says it loudly");

        office.Options.BotToken = right;
        await office.RowAsync("p", OutboxState.Sent);

        bot.Get<OperatorProblem>().Problem.ShouldBeNull();
        office.Texts().ShouldBe(["page"]);
    }

    [Fact]
    public async Task Without_the_scope_to_look_an_unclear_message_waits_and_the_scope_is_named()
    {
        await using var office = await PostOffice.OpenAsync(Engine.Sqlite, postgres);
        var bot = await office.HireAsync();
        var scopes = office.Options.BotScopes;
        office.Options.BotScopes = ["chat:write"];
        await office.FaultAsync(new { after_effect_calls = 1, after_effect_status = 500 });
        await bot.TellAsync("p", "page");
        await bot.StartAsync();
        await office.UntilAsync(() => bot.Get<OperatorProblem>().Problem is not null, "ready tells");
        bot.Get<OperatorProblem>().Problem!.ShouldContain("channels:history");
        await bot.TellAsync("q", "another");
        await office.RowAsync("q", OutboxState.Sent);

        office.Options.BotScopes = scopes;
        await office.RowAsync("p", OutboxState.Sent, TimeSpan.FromSeconds(1));
        office.Texts().ShouldBe(["page", "another"]);
    }

    [Fact]
    public async Task What_Slack_does_not_like_the_look_of_arrives_in_plain_words()
    {
        await using var office = await PostOffice.OpenAsync(Engine.Sqlite, postgres);
        var bot = await office.HireAndStartAsync();
        bot.Kind.Says = _ => new Prepared.Post(new Message { Text = "in plain words", Blocks = [new ImageBlock { AltText = "a picture without an address" }] });
        await bot.TellAsync("p", "");
        await office.RowAsync("p", OutboxState.Sent);
        office.Posts().ShouldHaveSingleItem().Blocks.ShouldBeNull();
        office.Texts().ShouldBe(["in plain words"]);
    }
}
