using FestivalOps.Blocking;
using FestivalOps.Blocking.Addresses;
using FestivalOps.Blocking.Blocks;
using FestivalOps.Blocking.Deciding;
using Microsoft.Extensions.DependencyInjection;

namespace FestivalOps.ScenarioTests;

/// <summary>Blocking by hand as people do it: what it hits, a second look, the card, and letting in again.</summary>
public sealed class BlockScenarios(World world)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Ways.All), MemberType = typeof(Ways))]
    public async Task An_address_is_blocked_made_longer_made_permanent_and_let_in(Transport transport, Store store)
    {
        var (stage, firewall) = await world.BlocksAsync(transport, store);
        await using var _ = stage;
        await stage.Sato.Types("/fops block-ip 203.0.113.9 2時間 総当たり", @in: Seed.Ops);
        var preview = await stage.Sato.Sees("203.0.113.9 をブロックしますか?", "総当たり", "*直近 24 時間の影響範囲*", "リクエスト: 3 件 (うち拒否 1 件)", "成功した Web ログイン: 1 件", "決済: 成功した決済リクエスト 1 件", "SSH ログイン: 認証ログが設定されていない");
        preview.IsForOneOnly.ShouldBeTrue();
        firewall.Refused.ShouldBeEmpty("nothing is blocked before it was seen what it hits");

        await stage.Sato.PressesTwice("ブロックを実行");
        await stage.Sato.Sees("#1 203.0.113.9 をブロックしました (");
        firewall.Refused.Keys.ShouldBe(["203.0.113.9"]);
        await stage.Takahashi.Sees("*203.0.113.9 をブロック中* #1", "理由: 総当たり", "手動", $"<@{Seed.Sato}>");

        await stage.Sato.Presses("24 時間延長");
        await stage.Sato.Sees("#1 203.0.113.9 を延長しました");
        await stage.Sato.Presses("無期限にする (要承認)");
        await stage.Sato.Sees("#1 203.0.113.9 を無期限にする依頼を出しました");
        await stage.Takahashi.Sees("無期限にする依頼が承認待ちです");
        await stage.Sato.Presses("ブロックを承認");
        await stage.Sato.Sees("自分の依頼は承認できません");
        await stage.Suzuki.Presses("ブロックを承認", @in: Seed.Ops);
        await stage.Suzuki.Sees("#1 203.0.113.9 を承認しました。ブロック中です (無期限)");
        firewall.Refused["203.0.113.9"].ShouldBeNull();

        await stage.Takahashi.Sees("無期限 ·", $"承認: <@{Seed.Suzuki}>");
        await stage.Suzuki.Presses("ブロックを解除");
        await stage.Suzuki.Sees("#1 203.0.113.9 のブロックを解除しました");
        firewall.Refused.ShouldBeEmpty();
        var over = await stage.Takahashi.Sees("*203.0.113.9 のブロックは終了* #1", "手動で解除", $"<@{Seed.Suzuki}>");
        over.Buttons.ShouldBeEmpty();
        await stage.AuditRowsOfAsync("block 1: 203.0.113.9", 1);
        (await stage.AuditRowsOfAsync("[block.undo] 1", 2))[^1].Detail.ShouldStartWith("#1: 203.0.113.9 is let in again");
        await stage.AuditShouldBeWholeAsync();
    }

    [Fact]
    public async Task In_English_it_is_cancelled_done_listed_explained_and_undone()
    {
        var (stage, firewall) = await world.BlocksAsync(Transport.Http, Store.Sqlite);
        await using var _ = stage;
        await stage.Emily.Types("/fops block-ip 203.0.113.9 for 2h brute force", @in: Seed.Ops);
        await stage.Emily.Sees("Block 203.0.113.9? (until ", "brute force", "*What came from there in the last 24 hours*", "Requests: 3 (1 refused)", "the database has no addresses");
        await stage.Emily.Presses("Cancel");
        await stage.Emily.Sees("Nothing was blocked.");
        await stage.Emily.Types("/fops block-ip 203.0.113.9 brute force");
        await stage.Emily.Sees("Block 203.0.113.9? (for 1 h)");
        await stage.Emily.Presses("Block");
        await stage.Emily.Sees("#1: 203.0.113.9 is blocked (until ");
        firewall.Refused.Keys.ShouldBe(["203.0.113.9"]);

        await stage.Emily.Types("/fops block-ip ::ffff:203.0.113.9");
        await stage.Emily.Sees("203.0.113.9 is blocked already (#1, until ");
        await stage.Emily.Types("/fops blocks");
        await stage.Emily.Sees("*1 block*", "*#1* `203.0.113.9` until ", "brute force");
        await stage.Emily.Types("/fops why 203.0.113.9");
        await stage.Emily.Sees("*203.0.113.9 is blocked* #1", "Reason: brute force");
        await stage.Emily.Types("/fops top-ips");
        await stage.Emily.Sees("*Most refused requests (24 hours)*", "`203.0.113.9` 1 · blocked");
        await stage.Emily.Types("/fops unblock-ip 203.0.113.9");
        await stage.Emily.Sees("#1: 203.0.113.9 is let in again. For 60 minutes it is only warned of");
        firewall.Refused.ShouldBeEmpty();
        await stage.Emily.Types("/fops unblock-ip 203.0.113.9");
        await stage.Emily.Sees("203.0.113.9 is not blocked.");
        await stage.Emily.Types("/fops why 203.0.113.9");
        await stage.Emily.Sees("People let it in: until ", "*Earlier blocks*", "let in by hand");
    }

    [Fact]
    public async Task What_a_rule_blocks_is_listed_with_its_evidence()
    {
        var (stage, firewall) = await world.BlocksAsync(Transport.Socket, Store.Sqlite);
        await using var _ = stage;
        AddressRange.TryParse("198.51.100.7", out var attacker).ShouldBeTrue();
        var now = stage.Bot.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        await stage.Bot.Services.GetRequiredService<IBlocklist>().ApplyAsync(
            "access", [new(BlockOutcome.Block, attacker.First, "BruteForce", now, TimeSpan.FromHours(1), 1, new("20 件の失敗", "20 failures"), 20) { Evidence = "198.51.100.7 - - \"POST /users/sign_in <!channel>\" 401" }], Ct);
        await stage.SaysAsync(Seed.Alerts, "攻撃元 198.51.100.7 をブロックしました");
        firewall.Refused.Keys.ShouldBe(["198.51.100.7"]);
        await stage.Sato.Presses("ブロック一覧", @in: Seed.Alerts);
        (await stage.Sato.Sees("*ブロック中: 1 件*", "`198.51.100.7`")).IsForOneOnly.ShouldBeTrue();
        await stage.Sato.Types("/fops attacks", @in: Seed.Ops);
        await stage.Sato.Sees("*最近検知した攻撃*", "`198.51.100.7`", "20 件の失敗", "access・BruteForce");
        await stage.Sato.Types("/fops why 198.51.100.7");
        await stage.Sato.Sees("*198.51.100.7 をブロック中* #1", "自動 (access・BruteForce)", "POST /users/sign_in &lt;!channel&gt;");
        await stage.Sato.Types("/fops blocks");
        await stage.Sato.Sees("*ブロック中: 1 件*", "`198.51.100.7`");
        await stage.Sato.Presses("ブロックを解除");
        await stage.Sato.Sees("#1 198.51.100.7 のブロックを解除しました。60 分間は自動ではブロックせず");
        firewall.Refused.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_firewall_that_can_not_be_told_stands_on_the_card_until_it_can()
    {
        var (stage, firewall) = await world.BlocksAsync(Transport.Http, Store.Sqlite);
        await using var _ = stage;
        var reconciler = stage.Bot.Services.GetRequiredService<BlockReconciler>();
        firewall.Problem = new("web1 に接続できません。", "web1 can't be reached.");
        await stage.Sato.Types("/fops block-ip 203.0.113.9", @in: Seed.Ops);
        await stage.Sato.Presses("ブロックを実行");
        await stage.Sato.Sees("まだ反映できていないホスト: web1 (web1 に接続できません。)");
        await reconciler.LookAsync(Ct);
        await stage.Takahashi.Sees("*203.0.113.9 をブロック中* #1", "まだ遮断できていないホスト", "web1");
        firewall.Refused.ShouldBeEmpty();
        firewall.Problem = null;
        await reconciler.LookAsync(Ct);
        firewall.Refused.Keys.ShouldBe(["203.0.113.9"]);
        await stage.WaitsAsync(() => stage.Said(Seed.Ops, "203.0.113.9 をブロック中").SingleOrDefault(m => !m.Text.Contains("まだ遮断できていない", StringComparison.Ordinal)), "the card agrees again", () => "");
    }

    [Fact]
    public async Task A_range_waits_for_a_second_person_who_can_say_no()
    {
        var (stage, firewall) = await world.BlocksAsync(Transport.Http, Store.Sqlite);
        await using var _ = stage;
        await stage.Sato.Types("/fops block-ip 198.51.100.0/24 24時間 スキャン", @in: Seed.Ops);
        await stage.Sato.Sees("256 個のアドレスを含みます", "別の担当者の承認が必要です");
        await stage.Sato.Presses("ブロックを実行");
        await stage.Sato.Sees("#1 198.51.100.0/24 のブロックを依頼しました");
        await stage.Takahashi.Sees("*198.51.100.0/24 のブロック依頼* #1", "まだブロックしていません");
        firewall.Refused.ShouldBeEmpty();
        await stage.Suzuki.Presses("依頼を却下", @in: Seed.Ops);
        await stage.Suzuki.Sees("#1 198.51.100.0/24 の依頼を却下しました");
        await stage.Takahashi.Sees("*198.51.100.0/24 のブロックは終了* #1", "却下または取り下げ");
        firewall.Refused.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_can_not_be_blocked_gets_a_clear_answer()
    {
        var (stage, firewall) = await world.BlocksAsync(Transport.Http, Store.Sqlite);
        await using var _ = stage;
        foreach (var (typed, says) in new[]
        {
            ("", "アドレスを指定してください"),
            ("999.1.1.1", "`999.1.1.1`」は IP アドレスではありません"),
            ("10.0.0.0/0", "/0 は広すぎるためブロックできません"),
            ("192.0.0.0/8", "/8 は広すぎるためブロックできません"),
            ("evil.example.com", "名前のようです"),
            ("fe80::1%eth0", "ゾーン (%) が付いています"),
            ("::1", "ループバックアドレスのためブロックできません"),
            ("203.0.113.80", "web1 自身のアドレス 203.0.113.80 を含むためブロックできません"),
            ("203.0.113.9 for 0h", "もう過ぎています"),
            ("203.0.113.9 0分", "もう過ぎています"),
            ("203.0.113.9 for 100 years", "1 年以内で指定してください"),
            ("203.0.113.9 100年 理由", "1 年以内で指定してください"),
            ("203.0.113.9 for 9999d", "1 年以内で指定してください"),
            ("203.0.113.9 for `reboot`", "時刻として読み取れません"),
            ("203.0.113.9;reboot", "名前のようです"),
        })
        {
            await stage.Sato.Types($"/fops block-ip {typed}", @in: Seed.Ops);
            (await stage.Sato.Sees(says)).IsForOneOnly.ShouldBeTrue(typed);
        }
        await stage.Takahashi.Types("/fops block-ip 203.0.113.9", @in: Seed.Ops);
        await stage.Takahashi.Sees("実行できるのは運用担当者・技術リード・セキュリティ担当・システム管理者だけです");
        await stage.Takahashi.Types("/fops blocks");
        await stage.Takahashi.Sees("ブロック中のアドレスはありません");
        firewall.Refused.ShouldBeEmpty();
    }
}
