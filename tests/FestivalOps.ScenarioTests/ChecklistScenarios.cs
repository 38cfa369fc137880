using FestivalOps.Maintenance.Checklists;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.ScenarioTests;

/// <summary>A security checklist as the team works through it: opened, ticked, assigned, signed, exported.</summary>
public sealed class ChecklistScenarios(World world)
{
    private static readonly Dictionary<string, string?> Channel = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Channels:Reports"] = Seed.Ops,
        // Nothing is measured meanwhile, so that the evidence stays what it is.
        ["Checks:Run:EverySeconds"] = "0",
    };

    [Theory]
    [MemberData(nameof(Ways.All), MemberType = typeof(Ways))]
    public async Task A_list_is_worked_through_by_several_people_signed_and_kept(Transport transport, Store store)
    {
        await using var stage = await world.NewStageAsync(new(transport, store) { Settings = Channel });

        await stage.Sato.Types("/fops checklist daily", @in: Seed.Ops);
        await stage.Sato.Sees("リスト 1 を作成しました");
        var card = await stage.Emily.Sees("*日次セキュリティチェック", "0 / 5 項目を確認済み", "1. *SSL証明書有効性確認*", "担当: ");
        (card.Channel, card.IsForOneOnly).ShouldBe((Seed.Ops, false));

        await stage.Sato.Presses("確認した", @in: Seed.Ops);
        await stage.Sato.Sees("リスト 1 の「SSL証明書有効性確認」を確認済みにしました");
        await stage.Emily.Sees("1 / 5 項目を確認済み", $"<@{Seed.Sato}> が確認");

        await stage.Tanaka.Presses("取り消す", @in: Seed.Ops);
        await stage.Tanaka.Sees("取り消せるのは、確認した人かシステム管理者だけです", $"<@{Seed.Sato}>");
        await stage.Sato.Presses("取り消す");
        await stage.Sato.Sees("「SSL証明書有効性確認」を未完了に戻しました");
        await stage.Emily.Sees("0 / 5 項目を確認済み");

        await stage.Tanaka.Presses("メモを付けて確認…");
        await stage.Tanaka.SeesDialog("メモを付けて確認");
        await stage.Tanaka.Fills("item", "2");
        await stage.Tanaka.Fills("note", "404 が多いのは <旧 URL> の巡回");
        await stage.Tanaka.Submits();
        await stage.Emily.Sees("1 / 5 項目を確認済み", "メモ: 404 が多いのは &lt;旧 URL&gt; の巡回");

        await stage.Sato.Presses("担当を割り当てる…");
        await stage.Sato.SeesDialog("担当を割り当てる");
        await stage.Sato.Fills("item", "4");
        await stage.Sato.Fills("person", Seed.Suzuki);
        await stage.Sato.Submits();
        await stage.Emily.Sees("4. *API使用量異常値チェック*", $"担当: <@{Seed.Suzuki}>");

        await stage.Sato.Presses("根拠を更新");
        await stage.Sato.Sees("新しい根拠はありません");

        for (var done = 2; done <= 5; done++)
        {
            await stage.Suzuki.Presses("確認した", @in: Seed.Ops);
            await stage.Emily.Sees(done < 5 ? $"{done} / 5 項目を確認済み" : "5 項目すべて確認済み。署名待ちです");
        }
        await stage.Sato.Presses("署名する");
        await stage.Sato.Sees("実行できるのは", "セキュリティ担当");
        await stage.Tanaka.Presses("署名する");
        await stage.Tanaka.Sees("リスト 1 に署名しました");
        var signed = await stage.Emily.Sees("署名済み", $"署名: <@{Seed.Tanaka}>", "封印 `");
        signed.Buttons.ShouldBeEmpty("what is signed can't be changed");

        var seal = await stage.InStoreAsync(async db => (await db.Set<Checklist>().SingleAsync()).Seal!);
        var rows = await stage.AuditRowsAsync();
        rows.ShouldContain(r => r.Detail.Contains(seal, StringComparison.Ordinal), "the audit trail holds the seal");

        await stage.Emily.Types("/fops checklist export 1", @in: Seed.Ops);
        await stage.Emily.Sees("List 1 was exported. Verification: it is as it was signed");
        var files = stage.Slack.Workspace.Messages(Seed.Ops).SelectMany(m => m.Files).ToList();
        files.Count.ShouldBe(2);
        files.ShouldContain(f => f.Name.StartsWith("checklist-1-daily-", StringComparison.Ordinal) && f.Name.EndsWith(".csv", StringComparison.Ordinal) && f.Length > 500);
        files.ShouldContain(f => f.Name.EndsWith(".md", StringComparison.Ordinal) && f.Length > 500);
        await stage.Emily.Types("/fops checklist");
        await stage.Emily.Sees("No checklist is open.", "Last signatures", "1. Daily security check");
    }

    [Theory]
    [InlineData("/fops checklist wekly", "`/fops checklist weekly` ですか?")]
    [InlineData("/fops checklist export", "番号を指定してください")]
    [InlineData("/fops checklist export 99", "リスト「`99`」は見つかりません")]
    [InlineData("/fops checklist export 1 pdf", "形式は `csv` か `md` です")]
    [InlineData("/fops checklist undo 1", "リストと項目の番号を指定してください")]
    public async Task A_slip_is_explained(string typed, string says)
    {
        var stage = await world.StageAsync(Transport.Http, Store.Sqlite);
        await stage.Sato.Types(typed);
        (await stage.Sato.Sees(says)).IsForOneOnly.ShouldBeTrue();
    }

    [Fact]
    public async Task Where_Slack_takes_no_file_the_list_is_shown_as_text()
    {
        await using var stage = await world.NewStageAsync(new(Transport.Http, Store.Sqlite) { Settings = Channel });
        await stage.Sato.Types("/fops checklist monthly", @in: Seed.Ops);
        await stage.Sato.Sees("リスト 1 を作成しました");
        stage.Expects("files.getUploadURLExternal: missing_scope");
        await stage.Slack.PostAsync("settings", new { bot_scopes = new[] { "commands", "chat:write", "users:read", "usergroups:read", "im:write", "channels:history" } });
        await stage.Sato.Types("/fops checklist export 1 md");
        await stage.Sato.Sees("ファイルを送信できなかったため", "ペネトレーションテスト実施");
    }
}
