using FestivalOps.Checks.History;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.ScenarioTests;

/// <summary>The buttons of the health card.</summary>
public sealed class ButtonScenarios(World world)
{
    [Theory]
    [InlineData("/fops health db 接続数", "PostgreSQL")]
    [InlineData("/fops health ディスク", "メモリ")]
    public async Task A_check_is_found_by_what_the_card_calls_it(string typed, string other)
    {
        world.NeedsPlatform();
        await using var stage = await world.NewStageAsync(new(Transport.Http, Store.Sqlite));

        await stage.Sato.Types(typed);
        var card = await stage.Sato.Sees("(1 項目)");

        card.Text.ShouldNotContain(other);
    }

    [Theory]
    [MemberData(nameof(Ways.All), MemberType = typeof(Ways))]
    public async Task Details_are_for_the_one_who_presses_in_their_language(Transport transport, Store store)
    {
        world.NeedsPlatform();
        var stage = await world.StageAsync(transport, store);
        await stage.Sato.Types("/fops health");
        await stage.Sato.Sees("すべて正常 (12 項目、判定なし 1)");

        await stage.Sato.Presses("詳細を見る");
        var details = await stage.Sato.Sees("の詳細*");
        await stage.Emily.Presses("詳細を見る", @in: Seed.Ops);
        var english = await stage.Emily.Sees("*Details of ");

        details.IsForOneOnly.ShouldBeTrue();
        details.Text.ShouldContain("基準: 警告 &gt; ");
        details.Text.ShouldMatch(@"正常 · \d\d:\d\d から · 計測 ");
        details.Text.ShouldContain("バージョン `15.");
        english.IsForOneOnly.ShouldBeTrue();
        english.Text.ShouldContain("Limits: warning &gt; ");
        english.Text.ShouldMatch(@"OK · since \d\d:\d\d · measured in ");
        english.Text.ShouldContain("Version `15.");
        string.Concat(english.Lines).Where(c => c is >= 'ぁ' and <= 'ヿ').ShouldBeEmpty("kana in English details");
        stage.Suzuki.Messages.Count.ShouldBe(1, "the others see the card only");
    }

    [Fact]
    public async Task A_double_press_is_one_press()
    {
        var stage = await world.StageAsync(Transport.Http, Store.Sqlite);
        await stage.Sato.Types("/fops health cpu");
        await stage.Sato.Sees("詳細を見る");

        await stage.Sato.PressesTwice("詳細を見る");
        await stage.Sato.Sees("の詳細*");
        await stage.Sato.Sees("二度目は実行しませんでした");

        stage.Sato.Messages.Count(m => m.Text.Contains("の詳細*", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Theory]
    [InlineData(Transport.Http)]
    [InlineData(Transport.Socket)]
    public async Task Check_again_makes_a_new_card_and_leaves_the_old_one(Transport transport)
    {
        world.NeedsPlatform();
        var stage = await world.StageAsync(transport, Store.Sqlite);
        await stage.Sato.Types("/fops health redis");
        var old = await stage.Sato.Sees("すべて正常 (2 項目)");

        await stage.Emily.Presses("もう一度確認", @in: Seed.Ops);
        var card = await stage.Emily.Sees("すべて正常 (2 項目)");

        card.Ts.ShouldNotBe(old.Ts);
        card.IsForOneOnly.ShouldBeFalse();
        stage.Sato.Messages.Select(m => m.Ts).ShouldBe([old.Ts, card.Ts]);
        stage.Sato.Messages[0].Text.ShouldBe(old.Text);
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_card_from_before_a_restart_still_tells_its_details(Store store)
    {
        world.NeedsPlatform();
        await using var stage = await world.NewStageAsync(new(Transport.Http, store));
        await stage.Sato.Types("/fops health redis");
        await stage.Sato.Sees("すべて正常 (2 項目)");
        await stage.StopBotAsync();
        await stage.StartBotAsync();

        await stage.Sato.Presses("詳細を見る");

        await stage.Sato.Sees("の詳細*", "Redis", "基準: ");
    }

    [Fact]
    public async Task A_result_that_is_no_longer_kept_is_said_to_be_gone()
    {
        await using var stage = await world.NewStageAsync(new(Transport.Http, Store.Sqlite));
        await stage.Sato.Types("/fops health cpu");
        await stage.Sato.Sees("詳細を見る");
        await stage.InStoreAsync(db => db.Set<HealthRunRecord>().ExecuteDeleteAsync());
        await stage.StopBotAsync();
        await stage.StartBotAsync();

        await stage.Sato.Presses("詳細を見る");

        await stage.Sato.Sees("保存期間を過ぎたため残っていません", "`/fops health`");
    }
}
