using FestivalOps.Maintenance;
using FestivalOps.Maintenance.Capacity;
using FestivalOps.Maintenance.Keeping;
using FestivalOps.Scheduling;
using FestivalOps.Storage;
using FestivalOps.Tests.SamplePlatform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Maintenance;

/// <summary>Old files, sizes and forecasts.</summary>
public sealed class CapacityTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly DateTimeOffset Start = new(2026, 9, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Only_old_plain_files_below_the_folders_go_whatever_their_names()
    {
        await using var stage = await PlatformStage.SetAsync(null);
        var outside = Path.Combine(stage.Tasks.Folder, "outside");
        Directory.CreateDirectory(outside);
        string[] goes = ["tmp/-rf", "tmp/two\nlines", "tmp/cache/deep/x", "log/production.log.1.gz", "tmp/日本 語"];
        string[] stays = ["tmp/pids/server.pid", "tmp/.keep", "log/production.log", "log/notes.txt", "log/older/production.log.2"];
        foreach (var name in goes.Concat(stays)) Old(Path.Combine(stage.Application, name));
        await File.WriteAllTextAsync(Path.Combine(stage.Application, "tmp/young"), "x", TaskStage.Ct);
        Old(Path.Combine(outside, "mine"));
        File.CreateSymbolicLink(Path.Combine(stage.Application, "tmp/etc"), "/etc");
        File.CreateSymbolicLink(Path.Combine(stage.Application, "tmp/link"), Path.Combine(outside, "mine"));
        Directory.CreateSymbolicLink(Path.Combine(stage.Application, "tmp/folder"), outside);

        (await stage.Tasks.PlanAsync<CapacityTask>()).Numbers.Select(n => n.En).ShouldBe(["old logs: 1, 3 B", "temporary files: 4, 12 B"]);
        goes.ShouldAllBe(name => File.Exists(Path.Combine(stage.Application, name)), "a plan changes nothing");
        var outcome = await stage.RunAsync<CapacityTask>();
        outcome.En().ShouldContain("temporary files over 7 days: 4 deleted, 12 B");
        outcome.En().ShouldContain("old logs over 30 days: 1 deleted");
        goes.Where(name => File.Exists(Path.Combine(stage.Application, name))).ShouldBeEmpty();
        stays.Append("tmp/young").Where(name => !File.Exists(Path.Combine(stage.Application, name))).ShouldBeEmpty();
        File.Exists(Path.Combine(outside, "mine")).ShouldBeTrue();
        new FileInfo(Path.Combine(stage.Application, "tmp/link")).LinkTarget.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_folder_that_is_missing_is_named_and_the_rest_goes_on()
    {
        await using var stage = await PlatformStage.SetAsync(null);
        Directory.Delete(Path.Combine(stage.Application, "log"));
        var outcome = await stage.RunAsync<CapacityTask>();
        outcome.En().ShouldContain("? old logs: ");
        outcome.En().ShouldContain("temporary files over 7 days: 0 deleted");
        outcome.En().ShouldContain("size of the database: not available: Platform:Database is not set");
    }

    [Fact]
    public async Task Where_only_one_folder_is_there_the_plan_says_which_is_missing_and_where_none_is_there_is_no_plan()
    {
        await using var stage = await PlatformStage.SetAsync(null);
        Directory.Delete(Path.Combine(stage.Application, "log"));
        var plan = await stage.Tasks.PlanAsync<CapacityTask>();
        (plan.Steps.Count, plan.IsPartial).ShouldBe((1, false), "what is not there needs no look");
        plan.Facts.ShouldHaveSingleItem().En.ShouldStartWith("old logs: ");
        Directory.Delete(Path.Combine(stage.Application, "tmp"), recursive: true);
        (await stage.Tasks.PlanAsync<CapacityTask>()).Instead!.End.ShouldBe(TaskEnd.NotAvailable);
    }

    [Fact]
    public async Task The_database_is_told_with_its_growth_since_last_month_and_the_disk_without_a_forecast_of_too_little()
    {
        await using var stage = await PlatformStage.SetAsync(postgres);
        var first = await stage.RunAsync<CapacityTask>();
        first.En().ShouldContain("nothing to compare with yet");
        first.En().ShouldContain("forecast: unknown (1 figures kept; it needs 4 over 14 days)");
        await stage.NotifyAsync(old: 0, young: 20_000);
        stage.Clock.By = TimeSpan.FromDays(30);
        var second = await stage.RunAsync<CapacityTask>();
        second.En().ShouldMatch(@"database: [0-9.]+ MiB \(tables [0-9.]+ [KM]iB, indexes [0-9.]+ [KM]iB; \+[0-9.]+ MiB since ");
        second.En().ShouldMatch(@"└ notifications: [0-9.]+ MiB \(indexes [0-9.]+ [KM]iB, about [0-9,]+ rows, \+[0-9.]+ MiB\)");
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(-100, false)]
    [InlineData(0, false)]
    public void A_disk_fills_by_the_line_through_its_figures(double perWeek, bool fills)
    {
        const int weeks = 10;
        var used = Enumerable.Range(0, weeks).Select(i => (Start.AddDays(7 * i), 5_000 + perWeek * i)).ToList();
        var forecast = DiskForecast.Of(used, DiskLook.Fewest, DiskLook.Shortest)!;
        forecast.PerDay.ShouldBe(perWeek / 7, 1e-9);
        var full = forecast.Reaches(5_000 + perWeek * (weeks - 1) + 300, used[^1].Item2, days: 3_650);
        if (fills) full!.Value.ShouldBe(used[^1].Item1.AddDays(21), TimeSpan.FromMinutes(1));
        else full.ShouldBeNull();
    }

    [Fact]
    public void Of_too_few_figures_nothing_is_forecast()
    {
        DiskForecast.Of([(Start, 1), (Start.AddDays(20), 2), (Start.AddDays(40), 3)], DiskLook.Fewest, DiskLook.Shortest).ShouldBeNull();
        DiskForecast.Of([.. Enumerable.Range(0, 50).Select(h => (Start.AddHours(h), (double)h))], DiskLook.Fewest, DiskLook.Shortest).ShouldBeNull();
    }

    [Fact]
    public async Task Figures_are_kept_for_400_days_and_told_moment_by_moment()
    {
        await using var stage = await PlatformStage.SetAsync(null);
        var figures = stage.Tasks.Services.GetRequiredService<KeptFigures>();
        await figures.KeepAsync("t", Start, [("a", 1), ("b", 2), ("nan", double.NaN)], TaskStage.Ct);
        await figures.KeepAsync("t", Start, [("a", 3)], TaskStage.Ct);
        await figures.KeepAsync("t", Start.AddDays(1), [("c", 9)], TaskStage.Ct);
        var last = await figures.LastAsync("t", "a", Start.AddDays(2), TaskStage.Ct);
        last!.At.ShouldBe(Start);
        last.Values.ShouldBe(new Dictionary<string, double>(StringComparer.Ordinal) { ["a"] = 3, ["b"] = 2 }, ignoreOrder: true);
        (await figures.LastAsync("t", "a", Start, TaskStage.Ct)).ShouldBeNull();
        (await figures.BetweenAsync("t", Start, Start.AddDays(1), TaskStage.Ct)).ShouldBe(new Dictionary<string, double>(StringComparer.Ordinal) { ["a"] = 3, ["b"] = 2, ["c"] = 9 }, ignoreOrder: true);
        (await figures.BetweenAsync("t", Start.AddHours(1), Start.AddDays(1), TaskStage.Ct)).Keys.ShouldBe(["c"]);

        await figures.KeepAsync("t", Start + KeptFigures.KeptFor + TimeSpan.FromHours(1), [("a", 4)], TaskStage.Ct);
        await using var db = stage.Tasks.Services.GetRequiredService<IDbContextFactory<OpsDbContext>>().CreateDbContext();
        (await db.Set<KeptFigure>().OrderBy(f => f.At).Select(f => f.Value).ToListAsync(TaskStage.Ct)).ShouldBe([9, 4]);
    }

    private static void Old(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "old");
        File.SetLastWriteTimeUtc(path, TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-31));
    }
}
