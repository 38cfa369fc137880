namespace FestivalOps.ScenarioTests;

/// <summary><c>/fops health</c> on a platform that is well.</summary>
public sealed class HealthScenarios(World world)
{
    private static readonly string[] AllTitles =
        ["Web アプリ", "PostgreSQL", "DB 接続数", "Redis", "ディスク", "メモリ", "CPU", "負荷"];

    [Theory]
    [MemberData(nameof(Ways.All), MemberType = typeof(Ways))]
    public async Task A_card_in_the_channel_has_one_line_for_each_check(Transport transport, Store store)
    {
        world.NeedsPlatform();
        var stage = await world.StageAsync(transport, store);

        await stage.Sato.Types("/fops health", @in: Seed.Ops);
        var card = await stage.Sato.Sees("すべて正常(12 項目)", "詳細を見る", "もう一度確認");

        card.IsForOneOnly.ShouldBeFalse();
        card.Channel.ShouldBe(Seed.Ops);
        card.Header.ShouldBe(":white_check_mark: すべて正常(12 項目)");
        card.Lines.Count.ShouldBe(12);
        card.Lines.ShouldAllBe(line => line.StartsWith(":white_check_mark: *", StringComparison.Ordinal));
        foreach (var title in AllTitles) card.Lines.Count(l => l.Contains($"*{title}*", StringComparison.Ordinal)).ShouldBe(1, title);
        card.Notification.ShouldBe("すべて正常(12 項目)");
        stage.Sato.Messages.Count.ShouldBe(1, "one command, one card");
        stage.Emily.Messages.Count.ShouldBe(1, "the whole channel reads it");

        var rows = await stage.AuditRowsOfAsync("health", 2);
        var mine = rows.TakeLast(2).ToList();
        mine[0].Event.ShouldBe(Commands.Audit.AuditEvent.Received);
        mine[1].Event.ShouldBe(Commands.Audit.AuditEvent.Done);
        mine.ShouldAllBe(r => r.UserId == Seed.Sato && r.ChannelId == Seed.Ops && r.CommandId == mine[0].CommandId);
        await stage.AuditShouldBeWholeAsync();
    }
}
