using Microsoft.Extensions.Time.Testing;

namespace FestivalOps.ScenarioTests;

/// <summary>The lock-down in Slack: asked for, approved by another person, kept or taken back. The firewall is a stand-in; the real one has tests of its own.</summary>
public sealed class LockdownScenarios(World world)
{
    [Theory]
    [MemberData(nameof(Ways.All), MemberType = typeof(Ways))]
    public async Task Sato_asks_Suzuki_approves_and_it_stays_only_after_a_fresh_connection(Transport transport, Store store)
    {
        var (stage, wall) = await world.LockdownAsync(transport, store);
        await using var _ = stage;
        await stage.Sato.Types("/fops lockdown", @in: Seed.Ops);
        await stage.Emily.Sees(
            "*lockdown の実行には承認が必要です*", "web1: 許可リスト以外からの新しい接続を拒否します", "5 分以内に「維持」が押されなければ、ホスト自身が自動で解除します", "許可: 203.0.113.0/24", "許可: 198.51.100.7", "web1 の「維持」の条件");
        wall.Says.ShouldBeEmpty();
        await stage.Suzuki.Presses("承認して実行", @in: Seed.Ops);
        await stage.Emily.Sees("*ロックダウン中*", "このままにするには");
        wall.Says.ShouldBe(["lock 198.51.100.7 203.0.113.0/24 for 300"]);

        wall.Unreachable = true;
        await stage.Takahashi.Presses("維持", @in: Seed.Ops);
        await stage.Takahashi.Sees("実行できるのは");
        await stage.Suzuki.Presses("維持", @in: Seed.Ops);
        (await stage.Suzuki.Sees("維持しませんでした", "web1 に新しく接続できません", "自動で元に戻ります")).IsForOneOnly.ShouldBeTrue();
        wall.Says.Count.ShouldBe(1);

        wall.Unreachable = false;
        await stage.Sato.PressesTwice("維持", @in: Seed.Ops);
        await stage.Emily.Sees("ロックダウンを維持しました。解除は `/fops lockdown lift` です", $"<@{Seed.Sato}>");
        wall.Says[1..].ShouldAllBe(s => s == "keep Lock");
        await stage.AuditShouldBeWholeAsync();
    }

    [Fact]
    public async Task It_is_taken_back_by_the_button_and_the_card_says_so()
    {
        var (stage, wall) = await world.LockdownAsync(Transport.Http, Store.Sqlite);
        await using var _ = stage;
        await stage.Sato.Types("/fops lockdown", @in: Seed.Ops);
        await stage.Emily.Sees("*lockdown の実行には承認が必要です*");
        await stage.Suzuki.Presses("承認して実行", @in: Seed.Ops);
        await stage.Emily.Sees("*ロックダウン中*", "このままにするには");
        await stage.Sato.Presses("今すぐ解除", @in: Seed.Ops);
        await stage.Emily.Sees("*ロックダウン中*", "ロックダウンを解除しました", $"<@{Seed.Sato}>");
        wall.Says[^1].ShouldBe("lift for good");
        await stage.Sato.Types("/fops lockdown status", @in: Seed.Ops);
        await stage.Sato.Sees("web1: 通常");
    }

    [Fact]
    public async Task Nobody_keeps_it_and_the_channel_hears_that_it_was_lifted_by_itself()
    {
        var (stage, wall) = await world.LockdownAsync(Transport.Http, Store.Sqlite, clock: new FakeTimeProvider(new(2026, 11, 30, 3, 0, 0, TimeSpan.Zero)));
        await using var _ = stage;
        await stage.Sato.Types("/fops lockdown", @in: Seed.Ops);
        await stage.Emily.Sees("*lockdown の実行には承認が必要です*");
        await stage.Suzuki.Presses("承認して実行", @in: Seed.Ops);
        await stage.Emily.Sees("*ロックダウン中*", "このままにするには");
        // What the kernel does.
        wall.RunsOut();
        await stage.PassesAsync(TimeSpan.FromMinutes(5.2), TimeSpan.FromSeconds(10));
        await stage.Emily.Sees("維持されなかったため、ロックダウンは自動で解除されました", "web1: 通常");
        await stage.Suzuki.Types("/fops lockdown lift", @in: Seed.Ops);
        await stage.Emily.Sees("ロックダウンされていません");
    }

    [Fact]
    public async Task Without_an_allowlist_or_a_host_it_says_what_to_set()
    {
        var (stage, wall) = await world.LockdownAsync(Transport.Http, Store.Sqlite, allow: false);
        await using var _ = stage;
        await stage.Sato.Types("/fops lockdown", @in: Seed.Ops);
        await stage.Emily.Sees("許可リストが空のため", "Blocking:Lockdown:Allow");
        await stage.Sato.Types("/fops lockdown now please", @in: Seed.Ops);
        await stage.Sato.Sees("`lift` か `status`");
        wall.Says.ShouldBeEmpty();
    }
}
