using Microsoft.EntityFrameworkCore;

namespace FestivalOps.ScenarioTests;

/// <summary>Who may do what, and what they are told who may not.</summary>
public sealed class RoleScenarios(World world)
{
    [Theory]
    [MemberData(nameof(Ways.All), MemberType = typeof(Ways))]
    public async Task Who_may_not_is_told_who_may(Transport transport, Store store)
    {
        var stage = await world.StageAsync(transport, store);

        await stage.Sato.Types("/fops audit verify");
        var answer = await stage.Sato.Sees("実行できるのはセキュリティ担当・システム管理者だけです");
        await stage.Emily.Types("/fops audit");
        await stage.Emily.Sees("Only security or administrator may do this");

        answer.IsForOneOnly.ShouldBeTrue();
        var rows = await stage.AuditRowsOfAsync("audit verify", 2);
        rows[^1].Event.ShouldBe(Commands.Audit.AuditEvent.Refused);
        rows[^1].Detail.ShouldBe("Only security or administrator may do this.");
    }

    [Theory]
    [MemberData(nameof(Ways.All), MemberType = typeof(Ways))]
    public async Task Security_reads_and_verifies_the_trail(Transport transport, Store store)
    {
        var stage = await world.StageAsync(transport, store);
        await stage.Sato.Types("/fops version");
        await stage.Sato.Sees("FestivalOps");
        await stage.AuditRowsOfAsync("version", 2);

        await stage.Tanaka.Types("/fops audit");
        var list = await stage.Tanaka.Sees("監査記録 (新しい順", $"<@{Seed.Sato}> 完了 `version`");
        await stage.Tanaka.Types("/fops audit verify");
        var verdict = await stage.Tanaka.Sees("改ざんはありません");

        list.IsForOneOnly.ShouldBeTrue();
        verdict.Text.ShouldMatch(@"\d+ 件目まで改ざんはありません。.*ハッシュ: [0-9a-f]{64}");
    }

    [Fact]
    public async Task An_unknown_word_behind_audit_is_answered_with_its_usage()
    {
        var stage = await world.StageAsync(Transport.Http, Store.Sqlite);

        await stage.Tanaka.Types("/fops audit delete");

        await stage.Tanaka.Sees("`/fops audit`、`/fops audit 50` (100 件まで)、`/fops audit verify`");
    }

    [Fact]
    public async Task The_administrator_may_everything()
    {
        await using var stage = await world.NewStageAsync(new(Transport.Http, Store.Sqlite)
        {
            Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Roles:Administrator:Users:0"] = Seed.Takahashi },
        });

        await stage.Takahashi.Types("/fops audit verify");

        await stage.Takahashi.Sees("改ざんはありません");
    }

    [Fact]
    public async Task A_changed_row_is_found()
    {
        await using var stage = await world.NewStageAsync(new(Transport.Http, Store.Sqlite));
        await stage.Sato.Types("/fops version");
        await stage.AuditRowsOfAsync("version", 2);
        // As someone would who owns the file: the trigger against it is taken away first.
        await stage.InStoreAsync(async db => await db.Database.ExecuteSqlRawAsync(await Sabotage(db)));

        await stage.Tanaka.Types("/fops audit verify");

        await stage.Tanaka.Sees("監査記録の連鎖が壊れています");
    }

    [Fact]
    public async Task A_row_that_can_no_longer_be_read_is_listed_as_damaged_among_the_others()
    {
        await using var stage = await world.NewStageAsync(new(Transport.Http, Store.Sqlite));
        await stage.Sato.Types("/fops version");
        await stage.AuditRowsOfAsync("version", 2);
        await stage.InStoreAsync(async db => await db.Database.ExecuteSqlRawAsync(await Sabotage(db, "event = 'Nope'")));

        await stage.Tanaka.Types("/fops audit");

        await stage.Tanaka.Sees("監査記録 (新しい順", "1 件目の記録は壊れているか、書き換えられています", $"<@{Seed.Sato}> 完了 `version`");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task When_Slack_does_not_name_the_groups_the_role_is_unclear_and_nothing_is_done(bool limited)
    {
        await using var stage = await world.NewStageAsync(new(Transport.Http, Store.Sqlite));
        if (limited)
        {
            await stage.Slack.FaultAsync(new { rate_limit_calls = 100, retry_after = 30, rate_limit_method = "usergroups.users.list" });
        }
        else
        {
            stage.Expects("usergroups.users.list: missing_scope");
            await stage.Slack.PostAsync("settings", new { bot_scopes = new[] { "commands", "chat:write", "users:read", "im:write", "channels:history" } });
        }

        await stage.Tanaka.Types("/fops audit");

        var answer = await stage.Tanaka.Sees("権限を確認できません", "セキュリティ担当・システム管理者のみ");
        answer.Text.ShouldNotContain("監査記録 (");
    }

    private static async Task<string> Sabotage(DbContext db, string change = "user_id = 'U0NOBODY'")
    {
        var triggers = await db.Database.SqlQueryRaw<string>("SELECT name AS Value FROM sqlite_master WHERE type = 'trigger'").ToListAsync();
        return string.Join(' ', triggers.Select(t => $"DROP TRIGGER \"{t}\";")) + $" UPDATE audit_entries SET {change} WHERE sequence = 1;";
    }
}
