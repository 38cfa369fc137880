using FestivalOps.Channels;
using FestivalOps.Language;
using FestivalOps.Scheduling;
using FestivalOps.Scheduling.Runs;
using FestivalOps.Tests.SamplePlatform;
using FestivalOps.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Scheduling;

/// <summary>What a run wrote, in a file below its post.</summary>
public sealed class OutputTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task The_file_waits_for_the_post_holds_everything_and_is_forgotten_when_it_is_there(Engine engine)
    {
        await using var stage = await ClockStage.SetAsync(engine, postgres);
        await RunAsync(stage, lines: 3, details: 2);
        var row = (await stage.PostsAsync("task.output")).ShouldHaveSingleItem();
        row.Lane.ShouldBe("Channel:C0REPORT01:file", "a large file holds up no page");
        (await PrepareAsync(stage, row)).ShouldBeOfType<Prepared.Later>();

        await stage.ArrivesAsync((await stage.PostsAsync("task.run")).Single(), "5.5");
        var upload = (await PrepareAsync(stage, row)).ShouldBeOfType<Prepared.Upload>();
        var run = (await stage.RunsAsync()).Single();
        (upload.ThreadTs, upload.Title).ShouldBe(("5.5", "probe 2026-11-24 10:00"));
        upload.FileName.ShouldBe($"probe-20261124-1000-{run.Id[^8..]}.txt");
        upload.Text.ShouldBe("probe  2026-11-24 10:00  完了\n結果\n詳細 1\n詳細 2\n\nline 1\nline 2\nline 3\n");

        await stage.ArrivesAsync(row, "");
        (await stage.RunsAsync()).Single().OutputFile.ShouldBe(OutputFileState.There);
        await using var db = stage.Db();
        (await db.Set<TaskOutput>().CountAsync()).ShouldBe(0);
        var redraw = (await stage.PostsAsync("task.redraw")).Single(p => p.Key == $"task:{run.Id}:output");
        (await stage.SaysAsync(redraw)).ShouldContain("全出力はスレッドのファイルにあります");
    }

    [Fact]
    public async Task A_file_that_is_refused_is_said_with_the_reason_and_the_history_has_its_beginning()
    {
        await using var stage = await ClockStage.SetAsync(Engine.Sqlite, postgres);
        await RunAsync(stage, lines: 3, details: 0);
        await stage.ArrivesAsync((await stage.PostsAsync("task.run")).Single(), "5.5");
        var row = (await stage.PostsAsync("task.output")).Single();
        await using (var db = stage.Db())
        {
            await Kind(stage, row).UndeliverableAsync(row, "missing_scope (files:write)", db, CancellationToken.None);
            await db.SaveChangesAsync();
        }
        (await stage.SaysAsync((await stage.PostsAsync("task.redraw"))[^1])).ShouldContain("出力をファイルとしてアップロードできませんでした(missing_scope (files:write))");
        (await stage.RunsAsync()).Single().Output.ShouldBe("line 1\nline 2\nline 3\n");
    }

    [Fact]
    public async Task A_file_that_can_not_be_uploaded_for_hours_is_given_up()
    {
        await using var stage = await ClockStage.SetAsync(Engine.Sqlite, postgres);
        await RunAsync(stage, lines: 1, details: 0);
        await stage.ArrivesAsync((await stage.PostsAsync("task.run")).Single(), "5.5");
        stage.Clock.Advance(TimeSpan.FromHours(6) + TimeSpan.FromSeconds(1));
        (await PrepareAsync(stage, (await stage.PostsAsync("task.output")).Single())).ShouldBeOfType<Prepared.Drop>();
    }

    [Theory]
    [InlineData(0, 3, false)] // all of it is on the post
    [InlineData(0, 61, true)]
    [InlineData(1, 0, true)]
    public async Task There_is_a_file_when_the_post_does_not_hold_everything(int lines, int details, bool isFile)
    {
        await using var stage = await ClockStage.SetAsync(Engine.Sqlite, postgres);
        await RunAsync(stage, lines, details);
        (await stage.PostsAsync("task.output")).Count.ShouldBe(isFile ? 1 : 0);
        (await stage.RunsAsync()).Single().OutputFile.ShouldBe(isFile ? OutputFileState.Waiting : OutputFileState.None);
    }

    [Theory]
    [InlineData("PGPASSWORD=s3cret pg_dump", "PGPASSWORD=*** pg_dump")]
    [InlineData("password: \"hunter2\", next", "password: \"***\", next")]
    [InlineData("Authorization: Bearer abc.def", "Authorization: Bearer ***")]
    [InlineData("redis://:pw@db:6379 postgres://bot:pw@db/x", "redis://***@db:6379 postgres://***@db/x")]
    [InlineData("token xoxb-1234-abcd used", "token xoxb-*** used")]
    [InlineData("AKIAABCDEFGHIJKLMNOP in use", "*** in use")]
    [InlineData("mail to taro.yamada@example.co.jp failed", "mail to ***@example.co.jp failed")]
    [InlineData("rm -f /var/log/a.log.2", "rm -f /var/log/a.log.2")]
    [InlineData("tokens 12, secrets 3", "tokens 12, secrets 3")]
    public void Secrets_and_addresses_are_masked_before_anything_is_kept(string written, string kept)
    {
        var run = new TaskRun("1", ClockStage.Morning, isDry: false, SpokenLanguage.En);
        run.WriteLine(written);
        run.Output().ShouldBe(kept + "\n");
    }

    private static async Task RunAsync(ClockStage stage, int lines, int details)
    {
        stage.Doings.Work = (run, _) =>
        {
            for (var line = 1; line <= lines; line++) run.WriteLine($"line {line}");
            return Task.FromResult(TaskOutcome.Ok(new("結果", "result"), [.. Enumerable.Range(1, details).Select(d => new LocalizedText($"詳細 {d}", $"detail {d}"))]));
        };
        var runner = stage.Get<TaskRunner>();
        await runner.StartByHandAsync(stage.Task(), ClockStage.Operator, isDry: false, "", CancellationToken.None);
        await runner.ByHandAsync();
    }

    private static IPostKind Kind(ClockStage stage, OutboxRow row) => stage.Services.GetServices<IPostKind>().Single(k => k.Kind == row.Kind);

    private static async Task<Prepared> PrepareAsync(ClockStage stage, OutboxRow row)
    {
        await using var db = stage.Db();
        return await Kind(stage, row).PrepareAsync(row, db, CancellationToken.None);
    }
}
