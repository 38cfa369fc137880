using FestivalOps.Channels;
using FestivalOps.Slack.WebApi;
using FestivalOps.Tests.SamplePlatform;
using FestivalOps.Tests.Storage;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Channels;

/// <summary>Files in threads: there once, whatever becomes of a try, and never in the way of a message.</summary>
public sealed class UploadTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Theory]
    [InlineData(Engine.Sqlite, null)]
    [InlineData(Engine.Postgres, null)]
    [InlineData(Engine.Sqlite, 0)]
    [InlineData(Engine.Sqlite, 500)]
    public async Task A_file_is_in_its_thread_once(Engine engine, int? broken)
    {
        await using var office = await PostOffice.OpenAsync(engine, postgres, "files:write");
        var (bot, card) = await CardAsync(office);
        if (broken is { } status) await office.FaultAsync(new { after_effect_calls = 1, after_effect_status = status, after_effect_method = "files.completeUploadExternal" });
        await bot.TellAsync("file", "全文\nlines", OutboxPriority.File);
        await office.RowAsync("file", OutboxState.Sent);

        var there = office.Posts().Where(m => m.ThreadTs == card.ResultTs).ShouldHaveSingleItem();
        var file = there.Files.ShouldHaveSingleItem();
        (file.Name, file.Title).ShouldBe(("file.txt", "a title"));
        bot.Kind.Sent.Count(s => s.Key == "file").ShouldBe(1);
    }

    [Fact]
    public async Task A_picture_is_uploaded_as_it_is_with_what_it_shows_in_words()
    {
        await using var office = await PostOffice.OpenAsync(Engine.Sqlite, postgres, "files:write");
        var (bot, card) = await CardAsync(office);
        bot.Kind.Says = row => new Prepared.Upload(card.ResultTs!, "chart.png", "決済", "") { Content = [0x89, 0x50, 0x00, 0xff], AltText = "日別の決済件数。最大は 10/10 の 582" };
        await bot.TellAsync("file", "", OutboxPriority.File);
        await office.RowAsync("file", OutboxState.Sent);
        var file = office.Posts().Where(m => m.ThreadTs == card.ResultTs).ShouldHaveSingleItem().Files.ShouldHaveSingleItem();
        (file.Name, file.Length, file.ContentType, file.AltText).ShouldBe(("chart.png", 4, "image/png", "日別の決済件数。最大は 10/10 の 582"));
    }

    [Fact]
    public async Task Without_the_scope_the_file_is_refused_and_messages_go_on()
    {
        await using var office = await PostOffice.OpenAsync(Engine.Sqlite, postgres);
        var (bot, _) = await CardAsync(office);
        await bot.TellAsync("file", "text", OutboxPriority.File);
        await office.RowAsync("file", OutboxState.Dropped);
        bot.Kind.Undeliverable.ShouldHaveSingleItem().ShouldBe(("file", "missing_scope (files:write)"));
        await bot.TellAsync("page", "page");
        await office.RowAsync("page", OutboxState.Sent);
        bot.Outage.DownSince.ShouldBeNull();
    }

    private static async Task<(Sender Bot, OutboxRow Card)> CardAsync(PostOffice office)
    {
        var bot = await office.HireAndStartAsync();
        await bot.TellAsync("card", "card", OutboxPriority.Card);
        var card = await office.RowAsync("card", OutboxState.Sent);
        bot.Kind.Says = row => row.Priority == OutboxPriority.File
            ? new Prepared.Upload(card.ResultTs!, row.Key + ".txt", "a title", row.Argument)
            : new Prepared.Post(new Message { Text = row.Argument });
        return (bot, card);
    }
}
