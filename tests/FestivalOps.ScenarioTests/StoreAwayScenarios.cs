using System.Net;
using FestivalOps.Commands.Audit;
using FestivalOps.Demo.SamplePlatform.Local;
using FestivalOps.Demo.SamplePlatform.Servers;

namespace FestivalOps.ScenarioTests;

/// <summary>The bot's own database goes away and comes back.</summary>
public sealed class StoreAwayScenarios(World world)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Health_still_answers_and_the_rows_are_written_when_the_store_is_back(bool hangs)
    {
        world.NeedsPlatform();
        await using var server = await PostgresServer.StartAsync(new PostgresOptions { Durable = false }, TestContext.Current.CancellationToken);
        var store = await server.CreateDatabaseAsync("bot", cancellationToken: TestContext.Current.CancellationToken);
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Storage:CommandTimeoutSeconds"] = "1" };
        await using var stage = await world.NewStageAsync(new(Transport.Http, Store.Postgres) { StoreConnection = store, Settings = settings });
        await stage.Sato.Types("/fops version");
        await stage.AuditRowsOfAsync("version", 2);

        if (hangs) await server.SuspendAsync(TestContext.Current.CancellationToken);
        else await server.StopAsync();
        await stage.Sato.Types("/fops health redis");
        var card = await stage.Sato.Sees("すべて正常 (2 項目)", "監査記録は保存待ちです");
        card.Text.ShouldMatch(@"結果(は保存待ちです|を保存できませんでした \(エラーID: E-)");
        await stage.Sato.Presses("詳細を見る");
        await stage.Sato.Sees("の詳細*");
        (await stage.Http.GetAsync("/up")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await Soon.TrueAsync(async () => await ReadyAsync(stage) is (HttpStatusCode.ServiceUnavailable, var why)
            && why.Contains("the store does not answer (error id E-", StringComparison.Ordinal), "/ready says why");

        card.IsForOneOnly.ShouldBeFalse();
        if (hangs) server.Resume();
        else await server.StartAgainAsync(TestContext.Current.CancellationToken);
        await Soon.TrueAsync(async () => (await ReadyAsync(stage)).Status == HttpStatusCode.OK, "/ready is fine again");
        (await stage.AuditRowsOfAsync("health redis", 2)).Select(r => r.Event).ShouldBe([AuditEvent.Received, AuditEvent.Done]);
        await stage.AuditShouldBeWholeAsync();
    }

    [Fact]
    public async Task A_store_that_is_away_at_the_start_is_said_by_ready_and_waited_for()
    {
        Assert.SkipUnless(PostgresServer.IsAvailable(out var reason), reason);
        await using var server = await PostgresServer.StartAsync(new PostgresOptions { Durable = false }, TestContext.Current.CancellationToken);
        var store = await server.CreateDatabaseAsync("bot", cancellationToken: TestContext.Current.CancellationToken);
        await using var stage = await world.NewStageAsync(new(Transport.Http, Store.Postgres) { StoreConnection = store });
        await stage.StopBotAsync();
        await server.StopAsync();
        await stage.StartBotAsync(untilReady: false);

        var ready = await stage.WaitsAsync(
            async () => await ReadyAsync(stage) is (HttpStatusCode.ServiceUnavailable, var why) && why.Contains("error id E-", StringComparison.Ordinal) ? why : null,
            "/ready says why", () => "");
        ready.ShouldContain("the store can't be opened");
        (await stage.Http.GetAsync("/up")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await stage.Sato.Types("/fops version");
        await stage.Sato.Sees("保存先: PostgreSQL — 使用できません", "監査記録は保存待ちです");
        await stage.Sato.Types("/fops schedule");
        await stage.Sato.Sees("保存先がまだ開いていません");
        await stage.Tanaka.Types("/fops audit");
        await stage.Tanaka.Sees("エラーID: E-");

        await server.StartAgainAsync(TestContext.Current.CancellationToken);
        await Soon.TrueAsync(async () => (await ReadyAsync(stage)).Status == HttpStatusCode.OK, "the bot is ready");
        (await stage.AuditRowsOfAsync("version", 2)).Select(r => r.Event).ShouldBe([AuditEvent.Received, AuditEvent.Done]);
        await stage.AuditShouldBeWholeAsync();
    }

    [Fact]
    public async Task A_full_disk_loses_nothing_and_is_said()
    {
        using var disk = SmallDisk.OrSkip();
        await using var stage = await world.NewStageAsync(new(Transport.Http, Store.Sqlite)
        {
            Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Storage:SqliteFile"] = Path.Combine(disk.Folder, "fops.db") },
        });
        await stage.Sato.Types("/fops version");
        await stage.AuditRowsOfAsync("version", 2);

        disk.Fill();
        await Soon.TrueAsync(async () => await ReadyAsync(stage) is (HttpStatusCode.ServiceUnavailable, var why)
            && why.Contains("the store does not answer (error id E-", StringComparison.Ordinal), "/ready says so before anyone needs it");
        await stage.Emily.Types("/fops help version");
        await stage.Emily.Sees("version", "The audit row waits to be stored");
        await Soon.TrueAsync(async () => await ReadyAsync(stage) is (HttpStatusCode.ServiceUnavailable, var why)
            && why.Contains("audit rows wait to be stored (error id E-", StringComparison.Ordinal), "/ready says why");
        (await stage.AuditRowsAsync()).ShouldNotContain(r => r.Text == "help version");

        disk.Free();
        await Soon.TrueAsync(async () => (await ReadyAsync(stage)).Status == HttpStatusCode.OK, "/ready is fine again");
        (await stage.AuditRowsOfAsync("help version", 2)).Select(r => r.Event).ShouldBe([AuditEvent.Received, AuditEvent.Done]);
        await stage.AuditShouldBeWholeAsync();
    }

    [Fact]
    public async Task What_changes_something_is_not_done_once_the_stores_file_is_gone()
    {
        var file = Path.Combine(RunFolder.Current.Create("store"), "fops.db");
        await using var stage = await world.NewStageAsync(new(Transport.Http, Store.Sqlite)
        {
            Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Storage:SqliteFile"] = file, ["Channels:Alerts"] = Seed.Alerts },
        });
        await stage.Sato.Types("/fops version");
        await stage.AuditRowsOfAsync("version", 2);

        File.Delete(file);
        await stage.Sato.Types("/fops incident open チケットが買えない");
        var refusal = await stage.Sato.Sees("変更を伴うコマンドは実行しません (エラーID: E-");

        refusal.IsForOneOnly.ShouldBeTrue();
        await Soon.TrueAsync(async () => await ReadyAsync(stage) is (HttpStatusCode.ServiceUnavailable, var why)
            && why.Contains("the store's file was removed or replaced", StringComparison.Ordinal), "/ready says why");
        stage.Slack.Workspace.Messages(Seed.Alerts, Seed.Sato).ShouldBeEmpty();
    }

    [Fact]
    public async Task Metrics_tell_the_status_of_each_check()
    {
        world.NeedsPlatform();
        var stage = await world.StageAsync(Transport.Socket, Store.Sqlite);
        await stage.Sato.Types("/fops health redis");
        await stage.Sato.Sees("すべて正常 (2 項目)");

        var page = await stage.Http.GetStringAsync("/metrics");

        page.ShouldContain("festivalops_check_status{check=\"redis\"} 0");
        page.ShouldContain("festivalops_check_duration_seconds{check=\"redis\"}");
        page.ShouldContain("festivalops_work_waiting 0");
    }

    private static async Task<(HttpStatusCode Status, string Why)> ReadyAsync(Stage stage)
    {
        using var answer = await stage.Http.GetAsync("/ready");
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
