namespace FestivalOps.ScenarioTests;

/// <summary><c>/fops health</c> on a platform that is well.</summary>
public sealed class HealthScenarios(World world)
{
    private static readonly string[] AllTitles =
        ["Web アプリ", "PostgreSQL", "DB 接続数", "Redis", "ディスク", "メモリ", "CPU", "負荷", "決済失敗率"];

    [Theory]
    [MemberData(nameof(Ways.All), MemberType = typeof(Ways))]
    public async Task A_card_in_the_channel_has_one_line_for_each_check(Transport transport, Store store)
    {
        world.NeedsPlatform();
        var stage = await world.StageAsync(transport, store);

        await stage.Sato.Types("/fops health", @in: Seed.Ops);
        var card = await stage.Sato.Sees("すべて正常 (12 項目、判定なし 1)", "詳細を見る", "もう一度確認");

        card.IsForOneOnly.ShouldBeFalse();
        card.Channel.ShouldBe(Seed.Ops);
        card.Header.ShouldBe(":white_check_mark: すべて正常 (12 項目、判定なし 1)");
        card.Lines.Count.ShouldBe(13);
        card.Lines.SkipLast(1).ShouldAllBe(line => line.StartsWith(":white_check_mark: *", StringComparison.Ordinal));
        // The sample platform took no payment in the last hours: neither good nor bad.
        card.Lines[^1].ShouldStartWith(":heavy_minus_sign: *決済失敗率*");
        foreach (var title in AllTitles) card.Lines.Count(l => l.Contains($"*{title}*", StringComparison.Ordinal)).ShouldBe(1, title);
        card.Notification.ShouldBe(":white_check_mark: ヘルスチェック すべて正常 (12 項目、判定なし 1)");
        stage.Sato.Messages.Count.ShouldBe(1, "one command, one card");
        stage.Emily.Messages.Count.ShouldBe(1, "the whole channel reads it");

        var rows = await stage.AuditRowsOfAsync("health", 2);
        var mine = rows.TakeLast(2).ToList();
        mine[0].Event.ShouldBe(Commands.Audit.AuditEvent.Received);
        mine[1].Event.ShouldBe(Commands.Audit.AuditEvent.Done);
        mine.ShouldAllBe(r => r.UserId == Seed.Sato && r.ChannelId == Seed.Ops && r.CommandId == mine[0].CommandId);
        await stage.AuditShouldBeWholeAsync();
    }

    [Theory]
    [InlineData("redis", 2, "Redis")]
    [InlineData("database", 2, "PostgreSQL")]
    [InlineData("db", 2, "PostgreSQL")]
    [InlineData("up", 1, "Web アプリ")]
    [InlineData("web", 3, "応答時間")]
    [InlineData("db-connections", 1, "DB 接続数")]
    [InlineData("host", 4, "ディスク")]
    [InlineData("payments", 1, "決済失敗率")]
    [InlineData("all", 13, "CPU")]
    public async Task A_check_or_a_group_is_checked_alone(string word, int lines, string title)
    {
        world.NeedsPlatform();
        var stage = await world.StageAsync(Transport.Http, Store.Sqlite);

        await stage.Sato.Types("/fops health " + word);
        var card = await stage.Sato.Sees(word switch { "payments" => "判定なし 1", "all" => $"すべて正常 ({lines - 1} 項目、判定なし 1)", _ => $"すべて正常 ({lines} 項目)" }, title);

        card.Lines.Count.ShouldBe(lines);
        card.IsForOneOnly.ShouldBeFalse();
    }

    [Fact]
    public async Task What_people_call_a_command_is_understood_as_well()
    {
        world.NeedsPlatform();
        var stage = await world.StageAsync(Transport.Http, Store.Sqlite);

        await stage.Sato.Types("/fops status redis");
        await stage.Sato.Sees("すべて正常 (2 項目)");
        await stage.Sato.Types("/fops ヘルプ health");
        await stage.Sato.Sees("`/fops health [チェック名またはグループ]`");
    }

    [Theory]
    [InlineData("redus", "/fops health redis")]
    [InlineData("postgresq", "/fops health postgresql")]
    [InlineData("databse", "/fops health database")]
    public async Task An_unknown_check_gets_the_nearest_name(string typed, string suggestion)
    {
        var stage = await world.StageAsync(Transport.Socket, Store.Sqlite);

        await stage.Sato.Types("/fops health " + typed);
        var answer = await stage.Sato.Sees(typed, "というチェックはありません", $"`{suggestion}` ですか");

        answer.IsForOneOnly.ShouldBeTrue("a slip of the finger is nobody else's business");
        stage.Emily.Messages.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_check_that_resembles_nothing_is_pointed_to_the_list()
    {
        var stage = await world.StageAsync(Transport.Http, Store.Sqlite);

        await stage.Sato.Types("/fops health マルチバース");

        await stage.Sato.Sees("マルチバース", "というチェックはありません", "`/fops help health`");
    }

    [Fact]
    public async Task What_is_worst_stands_first_with_its_limit_and_since_when()
    {
        world.NeedsPlatform();
        // Every answer takes longer than 0 ms, so the response time warns; the application reports a full disk, which is critical.
        await using var stage = await world.NewStageAsync(new(Transport.Http, Store.Sqlite)
        {
            Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Checks:ResponseTime:Warning"] = "0" },
        });
        world.Platform.App.DiskUsedPercent = 95;
        try
        {
            await stage.Sato.Types("/fops health");
            var card = await stage.Sato.Sees("緊急 1・警告 1・正常 10・判定なし 1");

            card.Header.ShouldStartWith(":rotating_light: ");
            card.Lines[0].ShouldStartWith(":rotating_light: *アプリの自己診断*  アプリが異常を報告: disk");
            card.Lines[0].ShouldMatch(@"\(\d\d:\d\d から\)$");
            card.Lines[1].ShouldMatch(@"^:warning: \*応答時間\*  .* \(警告 > 0 ms、\d\d:\d\d から\)$".Replace(">", "&gt;", StringComparison.Ordinal));
            card.Lines.Skip(2).SkipLast(1).ShouldAllBe(l => l.StartsWith(":white_check_mark:", StringComparison.Ordinal));
            card.Notification.ShouldStartWith(":rotating_light: ヘルスチェック 緊急 1・警告 1・正常 10・判定なし 1: アプリの自己診断 アプリが異常を報告: disk / 応答時間");
        }
        finally
        {
            world.Platform.App.DiskUsedPercent = 42;
        }
    }

    [Fact]
    public async Task What_is_not_set_up_is_said_and_is_neither_green_nor_red()
    {
        await using var stage = await world.NewStageAsync(new(Transport.Http, Store.Sqlite)
        {
            Settings = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Platform:BaseUrl"] = null, ["Platform:Database"] = null, ["Platform:Redis"] = null, ["Checks:Certificate:Endpoint"] = null,
            },
        });

        await stage.Sato.Types("/fops health");
        var card = await stage.Sato.Sees("すべて正常 (4 項目)", "未設定: ", "Platform:Database", "Platform:Redis", "Platform:BaseUrl");

        card.Lines.ShouldNotContain(l => l.Contains("PostgreSQL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_database_that_stops_is_critical_at_once_and_fine_again_when_it_is_back()
    {
        world.NeedsPlatform();
        await using var stage = await world.NewStageAsync(new(Transport.Socket, Store.Sqlite));
        var database = world.Platform.Postgres!;
        await stage.Sato.Types("/fops health database");
        await stage.Sato.Sees("すべて正常 (2 項目)");

        await database.StopAsync();
        try
        {
            await stage.Sato.Types("/fops health database");
            var card = await stage.Sato.Sees("緊急 1・不明 1", "接続を拒否されました");
            card.Lines[0].ShouldMatch(@"^:rotating_light: \*PostgreSQL\*  接続を拒否されました .* \(\d\d:\d\d から\)$");
            card.Lines[1].ShouldStartWith(":question: *DB 接続数*");
        }
        finally
        {
            await world.BringBackAsync(database);
        }

        await stage.Sato.Types("/fops health database");
        await stage.Sato.Sees("すべて正常 (2 項目)");
    }
}
