using FestivalOps.Maintenance.PerformanceAnalysis;
using FestivalOps.Scheduling;
using FestivalOps.Tests.SamplePlatform;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Maintenance;

/// <summary>The Wednesday analysis on a real PostgreSQL.</summary>
public sealed class PerformanceAnalysisTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task The_slowest_statements_come_with_what_changed_since_last_week()
    {
        await using var stage = await PlatformStage.SetAsync(postgres);
        await SleepAsync(stage, 2);
        var first = await stage.RunAsync<PerformanceAnalysisTask>();
        first.En().ShouldContain("38 tables had never been analysed before this run");
        first.En().ShouldMatch(@"[0-9]\. [0-9,]+ ms × 2 \(nothing to compare with\): SELECT pg_sleep\(\$1\)");

        stage.Clock.By = TimeSpan.FromDays(7);
        await SleepAsync(stage, 3);
        var second = await stage.RunAsync<PerformanceAnalysisTask>();
        second.En().ShouldMatch(@"[0-9]\. [0-9,]+ ms × 5 \(since then [0-9,]+ ms, [+±-][0-9]+ %, \+3 calls\): SELECT pg_sleep\(\$1\)");
        second.En().ShouldContain("every table was analysed at some time");
        second.Ja().ShouldContain("前回以降");
    }

    [Fact]
    public async Task Without_the_extension_only_that_part_is_not_available()
    {
        await using var stage = await PlatformStage.SetAsync(postgres);
        await stage.DoAsync("DROP EXTENSION pg_stat_statements");
        var outcome = await stage.RunAsync<PerformanceAnalysisTask>();
        outcome.End.ShouldBe(TaskEnd.Ok);
        outcome.En().ShouldContain("not available: CREATE EXTENSION pg_stat_statements is needed");
        outcome.En().ShouldContain("38 of 38 tables analysed");
        outcome.En().ShouldContain("Redis' memory: not available: Platform:Redis is not set");
    }

    [Fact]
    public async Task Unused_indexes_leave_out_what_holds_a_constraint()
    {
        await using var stage = await PlatformStage.SetAsync(postgres);
        await stage.DoAsync(
            """
            CREATE TABLE probe (id bigint PRIMARY KEY, a bigint CONSTRAINT probe_constraint UNIQUE, b bigint, c bigint);
            CREATE UNIQUE INDEX probe_unique ON probe (b);
            CREATE INDEX probe_plain ON probe (c);
            INSERT INTO probe SELECT n, n, n, n FROM generate_series(1, 20000) n;
            """);
        var outcome = await stage.RunAsync<PerformanceAnalysisTask>();
        outcome.En().ShouldMatch("[1-9][0-9]* unused indexes, .* \\(counted since the database was made\\)");
        outcome.En().ShouldMatch("public.probe_plain: [0-9.]+ KiB");
        string[] needed = ["probe_constraint", "probe_unique", "_pkey"];
        // Only the lines of indexes: the statements that made these are among the slowest on a busy machine.
        var lines = outcome.Details.Select(d => d.En).Where(l => l.StartsWith("└ public.", StringComparison.Ordinal)).ToList();
        lines.ShouldNotBeEmpty();
        needed.Where(name => lines.Any(l => l.Contains(name, StringComparison.Ordinal))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Redis_away_is_said_and_the_figures_of_the_database_come_all_the_same()
    {
        await using var stage = await PlatformStage.SetAsync(postgres, ("Platform:Redis", "127.0.0.1:1"));
        var outcome = await stage.RunAsync<PerformanceAnalysisTask>();
        outcome.End.ShouldBe(TaskEnd.Failed);
        outcome.En().ShouldContain("Redis (127.0.0.1:1) can't be reached");
        outcome.En().ShouldContain("38 of 38 tables analysed");
    }

    [Fact]
    public async Task The_plan_names_each_table()
    {
        await using var stage = await PlatformStage.SetAsync(postgres);
        var plan = await stage.Tasks.PlanAsync<PerformanceAnalysisTask>();
        plan.Steps.Count.ShouldBe(38);
        plan.Steps.ShouldContain(s => s.Exact == "ANALYZE public.notifications");
    }

    [Fact]
    public async Task Without_the_maintenance_role_there_is_a_plan_as_the_run_still_reads_and_without_anything_there_is_none()
    {
        await using var reads = await PlatformStage.SetAsync(postgres, ("Platform:MaintenanceDatabase", ""));
        var plan = await reads.Tasks.PlanAsync<PerformanceAnalysisTask>();
        plan.Instead.ShouldBeNull();
        plan.Facts.ShouldHaveSingleItem().En.ShouldStartWith("not available: Platform:MaintenanceDatabase is not set");
        (await reads.RunAsync<PerformanceAnalysisTask>()).End.ShouldBe(TaskEnd.Ok);

        await using var bare = await PlatformStage.SetAsync(null);
        (await bare.Tasks.PlanAsync<PerformanceAnalysisTask>()).Instead!.Sentence.En.ShouldBe("not available: Platform:Database is not set");
    }

    [Theory]
    [InlineData("ALTER ROLE x PASSWORD 'hush'", "ALTER ROLE x PASSWORD '?'")]
    [InlineData("COPY t FROM 's3 hush", "COPY t FROM '?'")]
    [InlineData("DO $body$ BEGIN PERFORM 'hush'; END $body$", "DO $…")]
    [InlineData("SELECT *\n\tFROM users  WHERE id = $1", "SELECT * FROM users WHERE id = $1")]
    public void No_value_of_a_statement_is_shown(string text, string shown) => StatementText.Shown(text).ShouldBe(shown);

    [Fact]
    public void A_counter_that_went_back_is_not_compared() => new SlowStatement(1, "", 5, 10)
        .Since(new(DateTimeOffset.UnixEpoch, new Dictionary<string, double>(StringComparer.Ordinal) { ["calls:1"] = 9, ["total_ms:1"] = 90 }))
        .Kind.ShouldBe(ChangeKind.CountedAnew);

    private static async Task SleepAsync(PlatformStage stage, int times)
    {
        for (var i = 0; i < times; i++) await stage.DoAsync("SELECT pg_sleep(0.4)");
    }
}
