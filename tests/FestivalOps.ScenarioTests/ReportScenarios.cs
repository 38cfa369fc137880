using FestivalOps.Reports.Keeping;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.ScenarioTests;

/// <summary>Reports as the team asks for them.</summary>
public sealed class ReportScenarios(World world)
{
    [Theory]
    [MemberData(nameof(Ways.All), MemberType = typeof(Ways))]
    public async Task A_report_is_a_short_card_with_the_rest_in_its_thread_and_sources_behind_a_button(Transport transport, Store store)
    {
        world.NeedsPlatform();
        await using var stage = await world.NewStageAsync(new(transport, store));

        await stage.Sato.Types("/fops report monthly 今月", @in: Seed.Ops);
        await stage.Sato.Sees("月次レポート", "を作成しました");
        var card = await stage.Emily.Sees("*月次レポート", "*作成されたフェスティバル*", "*処理した決済*", "*売上 (JPY)*", "データ欠損: users.last_sign_in_at がありません", "*稼働率*", "期間の途中です");
        (card.Channel, card.IsForOneOnly).ShouldBe((Seed.Ops, false));
        await stage.Emily.Sees("*ビジネス*", "決済: 完了");
        await stage.Emily.Sees("*運用*", "平均復旧時間 (MTTR)");
        await stage.Emily.Sees("*保守*", "成功したタスク");
        var files = await stage.WaitsAsync(
            () => stage.Slack.Workspace.Messages(Seed.Ops).SelectMany(m => m.Files).ToList() is { } found && found.Exists(f => f.Name.EndsWith(".html", StringComparison.Ordinal)) ? found : null, "the files", () => string.Join('\n', stage.Emily.Messages));
        files.ShouldContain(f => f.Name.EndsWith(".csv", StringComparison.Ordinal) && f.Length > 500);
        files.Where(f => f.Name.EndsWith(".png", StringComparison.Ordinal)).ShouldAllBe(f => f.AltText.Length > 30 && f.Length > 5_000);

        await stage.Emily.Presses("出典を見る", @in: Seed.Ops);
        var sources = await stage.Emily.Sees("*Where the figures come from, and when they were asked*", "SELECT width_bucket(created_at, $1), status", "asked 20");
        sources.IsForOneOnly.ShouldBeTrue();
    }

    [Fact]
    public async Task Asked_for_in_a_direct_message_it_is_there_in_the_language_of_who_asked()
    {
        await using var stage = await world.NewStageAsync(new(Transport.Http, Store.Sqlite));
        await stage.Emily.Types("/fops report daily yesterday", @in: stage.Emily.Direct);
        await stage.Emily.Sees("*Daily report: ", "*festivals created*", "*availability*");
        await stage.Emily.Sees("*Business*");
    }

    [Fact]
    public async Task Two_months_stand_side_by_side()
    {
        await using var stage = await world.NewStageAsync(new(Transport.Http, Store.Sqlite)
        {
            Settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { ["Platform:Database"] = null },
        });
        await stage.Emily.Types("/fops report compare last month this month", @in: Seed.Ops);
        await stage.Emily.Sees("*月の比較 ", " → ", "データ欠損: 設定 Platform:Database がありません");
        await stage.Emily.Sees("*ビジネス*", "どちらの月も取得できない数値: 作成されたフェスティバル");
    }

    [Theory]
    [InlineData("/fops report", "どのレポートか指定してください")]
    [InlineData("/fops report dialy", "`/fops report daily` ですか?")]
    [InlineData("/fops report monthly 13月", "13月はありません")]
    [InlineData("/fops report daily 2026-2-30", "2026年2月30日はありません。2月は 28 日までです")]
    [InlineData("/fops report monthly 2099-01", "2099年1月はまだ始まっていません")]
    [InlineData("/fops report weekly 先月", "「`先月`」は 1 週間ではありません")]
    [InlineData("/fops report compare 2026-09", "比べる 2 つの月を指定してください")]
    [InlineData("/fops report compare 2026-09 2026/9", "どちらも2026年9月です")]
    public async Task A_slip_is_explained(string typed, string says)
    {
        var stage = await world.StageAsync(Transport.Http, Store.Sqlite);
        await stage.Sato.Types(typed);
        (await stage.Sato.Sees(says)).IsForOneOnly.ShouldBeTrue();
    }

    [Fact]
    public async Task A_period_before_the_data_is_refused()
    {
        world.NeedsPlatform();
        await using var stage = await world.NewStageAsync(new(Transport.Http, Store.Sqlite));
        await stage.Sato.Types("/fops report monthly 2001-01");
        (await stage.Sato.Sees("2001年1月のデータはありません。記録は ")).IsForOneOnly.ShouldBeTrue();
        (await stage.InStoreAsync(db => db.Set<ReportPostRecord>().CountAsync())).ShouldBe(0);
    }

    [Fact]
    public async Task Where_Slack_takes_no_file_the_thread_says_so_and_holds_the_figures()
    {
        await using var stage = await world.NewStageAsync(new(Transport.Http, Store.Sqlite));
        stage.Expects("files.getUploadURLExternal: missing_scope");
        await stage.Slack.PostAsync("settings", new { bot_scopes = new[] { "commands", "chat:write", "users:read", "usergroups:read", "im:write", "channels:history" } });
        await stage.Sato.Types("/fops report daily", @in: Seed.Ops);
        await stage.Emily.Sees("*日次レポート");
        await stage.Emily.Sees("画像・ファイルを添付できませんでした (missing_scope");
        await stage.Emily.Sees("*ビジネス*");
    }

    [Fact]
    public async Task Revenue_is_not_for_everyone()
    {
        await using var stage = await world.NewStageAsync(new(Transport.Http, Store.Sqlite)
        {
            Settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { ["Roles:Management:UserGroups:0"] = null, ["Roles:Management:Users:0"] = Seed.Sato },
        });
        await stage.Takahashi.Types("/fops report daily");
        await stage.Takahashi.Sees("実行できるのは");
    }
}
