namespace FestivalOps.ScenarioTests;

/// <summary>The grammar of <c>/fops</c> as people meet it.</summary>
public sealed class CommandScenarios(World world)
{
    [Theory]
    [MemberData(nameof(Ways.All), MemberType = typeof(Ways))]
    public async Task Nothing_typed_shows_the_commands(Transport transport, Store store)
    {
        var stage = await world.StageAsync(transport, store);

        await stage.Sato.Types("/fops");
        var help = await stage.Sato.Sees("*使えるコマンド*");

        help.IsForOneOnly.ShouldBeTrue();
        help.Text.ShouldContain("`/fops health [チェック名またはグループ]`  システムの状態を今すぐ確認します");
        help.Text.ShouldContain("`/fops help [コマンド]`");
        help.Text.ShouldContain("`/fops version`");
        help.Text.ShouldContain("`/fops audit [件数] | [verify]`  監査記録を表示・検証します _(セキュリティ担当・システム管理者)_");
    }

    [Fact]
    public async Task Help_speaks_the_readers_language()
    {
        var stage = await world.StageAsync(Transport.Http, Store.Sqlite);

        await stage.Emily.Types("/fops help");
        var help = await stage.Emily.Sees("*Commands*");

        help.Text.ShouldContain("`/fops health [check or group]`  checks the system now");
        help.Text.ShouldContain("_(security or administrator)_");
    }

    [Fact]
    public async Task Help_health_lists_every_check_under_its_group()
    {
        var stage = await world.StageAsync(Transport.Http, Store.Sqlite);

        await stage.Sato.Types("/fops help health");
        var help = await stage.Sato.Sees("`/fops health", "*database*");

        foreach (var group in (string[])["*web*", "*database*", "*redis*", "*host*", "*tls*"]) help.Text.ShouldContain(group);
        foreach (var check in (string[])["`up`", "`postgresql`", "`db-connections`", "`redis-memory`", "`disk`", "`memory`", "`cpu`", "`load`"])
            help.Text.ShouldContain(check);
    }

    [Fact]
    public async Task Help_for_an_unknown_command_suggests_one()
    {
        var stage = await world.StageAsync(Transport.Http, Store.Sqlite);

        await stage.Sato.Types("/fops help helth");

        await stage.Sato.Sees("helth", "というコマンドはありません", "`/fops health` ですか");
    }

    [Theory]
    [MemberData(nameof(Ways.All), MemberType = typeof(Ways))]
    public async Task Version_says_what_runs_and_how_it_is(Transport transport, Store store)
    {
        var stage = await world.StageAsync(transport, store);

        await stage.Sato.Types("/fops version");
        var answer = await stage.Sato.Sees("*FestivalOps 0.");

        answer.IsForOneOnly.ShouldBeTrue();
        answer.Text.ShouldContain("保存先: " + (store == Store.Sqlite ? "SQLite" : "PostgreSQL"));
        answer.Text.ShouldContain(transport == Transport.Http ? "Slack: HTTP" : "Slack: Socket Mode(");
        answer.Text.ShouldContain("起動: ");
    }

    [Theory]
    [InlineData("/fops helth", "helth", "`/fops health` ですか")]
    [InlineData("/fops verson", "verson", "`/fops version` ですか")]
    [InlineData("/fops HEALHT now", "HEALHT", "`/fops health` ですか")]
    [InlineData("/fops xyzzy", "xyzzy", "`/fops help` で一覧")]
    public async Task An_unknown_word_gets_the_nearest_suggestion(string typed, string said, string suggestion)
    {
        var stage = await world.StageAsync(Transport.Http, Store.Sqlite);

        await stage.Sato.Types(typed);
        var answer = await stage.Sato.Sees(said, "というコマンドはありません", suggestion);

        answer.IsForOneOnly.ShouldBeTrue();
        var rows = await stage.AuditRowsOfAsync(typed["/fops ".Length..], 2);
        rows[^1].Event.ShouldBe(Commands.Audit.AuditEvent.Refused);
    }

    [Theory]
    [InlineData("/fops ｈｅａｌｔｈ ｒｅｄｉｓ", "full-width letters")]
    [InlineData("/fops　health　redis", "ideographic spaces")]
    [InlineData("/fops HEALTH Redis", "capitals")]
    [InlineData("/fops health “redis”", "curly quotes")]
    [InlineData("/fops health 「redis」", "corner brackets")]
    [InlineData("/fops health “redis", "a quote that is never closed")]
    [InlineData("  /fops   health   redis  ", "spaces")]
    public async Task What_phones_and_Japanese_keyboards_type_is_understood(string typed, string what)
    {
        world.NeedsPlatform();
        var stage = await world.StageAsync(Transport.Http, Store.Sqlite);

        await stage.Sato.Types(typed);

        var card = await stage.Sato.Sees("すべて正常 (2 項目)");
        card.Lines.Count.ShouldBe(2, what);
    }

    [Fact]
    public async Task A_long_dash_is_what_it_was_before_the_phone_changed_it()
    {
        var stage = await world.StageAsync(Transport.Http, Store.Sqlite);

        await stage.Sato.Types("/fops health —all");

        await stage.Sato.Sees("--all", "というチェックはありません");
    }
}
