using FestivalOps.Maintenance.DatabaseMaintenance;
using FestivalOps.Scheduling;
using FestivalOps.Tests.SamplePlatform;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Maintenance;

/// <summary>The Sunday maintenance on a real PostgreSQL with the platform's tables.</summary>
public sealed class DatabaseMaintenanceTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const string Left = "SELECT count(*) FROM notifications";
    private const string Invalid = "SELECT count(*) FROM pg_index WHERE NOT indisvalid";
    private const string Waiting = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'festivalops-maintenance' AND wait_event_type = 'Lock' AND datname = current_database()";

    [Fact]
    public async Task Old_notifications_go_in_batches_and_the_missing_sessions_table_stops_nothing()
    {
        await using var stage = await SetAsync();
        await stage.NotifyAsync(old: 35, young: 5);
        var outcome = await stage.RunAsync<DatabaseMaintenanceTask>();
        outcome.End.ShouldBe(TaskEnd.Ok, outcome.En());
        outcome.En().ShouldContain("notifications over 90 days: 35 of 35 rows deleted");
        outcome.En().ShouldContain("not available: table sessions does not exist");
        outcome.En().ShouldContain("38 of 38 tables analysed");
        outcome.Ja().ShouldContain("35 行中 35 行を削除");
        (await stage.CountAsync(Left)).ShouldBe(5);
        (await stage.RunAsync<DatabaseMaintenanceTask>()).En().ShouldContain("0 of 0 rows deleted");
    }

    [Fact]
    public async Task The_plan_counts_and_changes_nothing()
    {
        await using var stage = await SetAsync();
        await stage.NotifyAsync(old: 12, young: 1);
        var plan = await stage.Tasks.PlanAsync<DatabaseMaintenanceTask>();
        plan.Numbers.ShouldContain(n => n.En == "notifications over 90 days: 12 rows");
        plan.Steps.ShouldContain(s => s.Exact == "DELETE FROM public.notifications WHERE id = ANY($2) AND created_at < $1");
        plan.Facts.ShouldContain(f => f.En == "sessions: not available: table sessions does not exist");
        (await stage.CountAsync(Left)).ShouldBe(13);
    }

    [Fact]
    public async Task Stopped_between_two_batches_it_goes_on_in_the_next_run()
    {
        await using var stage = await SetAsync(("Maintenance:DatabaseMaintenance:BatchPauseMilliseconds", "777"));
        await stage.NotifyAsync(old: 35, young: 5);
        using var stop = new CancellationTokenSource();
        stage.Clock.Waits = wait =>
        {
            if (wait == TimeSpan.FromMilliseconds(777)) stop.Cancel();
        };
        await Should.ThrowAsync<OperationCanceledException>(() => stage.RunAsync<DatabaseMaintenanceTask>(stop.Token));
        (await stage.CountAsync(Left)).ShouldBe(30);
        stage.Clock.Waits = null;
        (await stage.RunAsync<DatabaseMaintenanceTask>()).En().ShouldContain("25 of 25 rows deleted");
        (await stage.CountAsync(Left)).ShouldBe(5);
    }

    [Fact]
    public async Task A_row_that_others_refer_to_stays_and_is_reported_and_the_others_go()
    {
        await using var stage = await SetAsync();
        await stage.NotifyAsync(old: 25, young: 0);
        await stage.DoAsync("CREATE TABLE pins (notification_id bigint REFERENCES notifications (id)); INSERT INTO pins SELECT id FROM notifications ORDER BY id OFFSET 13 LIMIT 1");
        var outcome = await stage.RunAsync<DatabaseMaintenanceTask>();
        outcome.End.ShouldBe(TaskEnd.Warning);
        outcome.En().ShouldContain("24 of 25 rows deleted");
        outcome.En().ShouldContain("1 row stays, because others refer to it (pins.pins_notification_id_fkey)");
        (await stage.CountAsync(Left)).ShouldBe(1);
    }

    [Theory]
    [InlineData("DROP TABLE notifications", "not available: table notifications does not exist")]
    [InlineData("ALTER TABLE notifications DROP COLUMN created_at", "not available: column notifications.id or notifications.created_at does not exist")]
    public async Task What_is_missing_is_named_and_the_rest_goes_on(string change, string sentence)
    {
        await using var stage = await SetAsync();
        await stage.DoAsync(change);
        var outcome = await stage.RunAsync<DatabaseMaintenanceTask>();
        outcome.End.ShouldBe(TaskEnd.Ok, outcome.En());
        outcome.En().ShouldContain(sentence);
        outcome.En().ShouldContain("tables analysed");
    }

    [Fact]
    public async Task A_lock_of_another_session_is_not_waited_for()
    {
        await using var stage = await SetAsync();
        await stage.NotifyAsync(old: 3, young: 0);
        await using var other = await stage.OpenAsync();
        await PlatformStage.DoAsync(other, "BEGIN; LOCK TABLE notifications IN ACCESS EXCLUSIVE MODE");
        var outcome = await stage.RunAsync<DatabaseMaintenanceTask>();
        outcome.End.ShouldBe(TaskEnd.Warning);
        outcome.En().ShouldContain("notifications over 90 days: another session holds a lock; given up instead of waiting");
        outcome.En().ShouldContain("ANALYZE public.notifications: another session holds a lock");
        outcome.En().ShouldContain("37 of 38 tables analysed");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_an_interrupted_rebuild_leaves_is_dropped_by_the_next_run(bool stopped)
    {
        await using var stage = await SetAsync(
            ("Maintenance:DatabaseMaintenance:ReindexBloatPercent", "0"), ("Maintenance:Database:LockWaitMilliseconds", stopped ? "60000" : "300"));
        await stage.NotifyAsync(old: 0, young: 3);
        // A writer that does not end: the rebuild of an index of its table waits for it, when the new one is there already but not valid.
        await using var writer = await stage.OpenAsync();
        await PlatformStage.DoAsync(writer, "BEGIN; UPDATE notifications SET title = 'y'");
        using var stop = new CancellationTokenSource();
        var running = stage.RunAsync<DatabaseMaintenanceTask>(stop.Token);
        if (stopped)
        {
            await UntilAsync(async () => await stage.CountAsync(Invalid) > 0 && await stage.CountAsync(Waiting) > 0);
            await stop.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(() => running);
        }
        else
        {
            var outcome = await running;
            outcome.End.ShouldBe(TaskEnd.Warning);
            outcome.En().ShouldContain("another session holds a lock");
        }
        (await stage.CountAsync(Invalid)).ShouldBeGreaterThan(0);
        (await stage.Tasks.PlanAsync<DatabaseMaintenanceTask>()).Steps.ShouldContain(s => s.Exact.StartsWith("DROP INDEX CONCURRENTLY public.", StringComparison.Ordinal));

        await PlatformStage.DoAsync(writer, "ROLLBACK");
        var again = await stage.RunAsync<DatabaseMaintenanceTask>();
        again.End.ShouldBe(TaskEnd.Ok, again.En());
        again.En().ShouldMatch("[1-9][0-9]* invalid indexes of interrupted rebuilds dropped");
        again.En().ShouldMatch("([0-9]+) of \\1 indexes built anew");
        (await stage.CountAsync(Invalid)).ShouldBe(0);
    }

    [Fact]
    public async Task Only_a_bloated_index_is_built_anew_and_it_becomes_smaller()
    {
        await using var stage = await SetAsync();
        await stage.NotifyAsync(old: 0, young: 60_000);
        await stage.DoAsync("DELETE FROM notifications WHERE id % 10 <> 0");
        await stage.DoAsync("VACUUM ANALYZE notifications");
        var before = await stage.CountAsync("SELECT pg_relation_size('notifications_pkey')");
        var outcome = await stage.RunAsync<DatabaseMaintenanceTask>();
        outcome.En().ShouldMatch("[1-9] of [1-9] indexes built anew, [0-9.]+ MiB freed");
        (await stage.CountAsync("SELECT pg_relation_size('notifications_pkey')")).ShouldBeLessThan(before / 2);
        (await stage.RunAsync<DatabaseMaintenanceTask>()).En().ShouldContain("no index needs to be built anew");
    }

    [Fact]
    public async Task A_role_that_owns_nothing_is_told_which_grant_it_needs()
    {
        await using var stage = await SetAsync();
        await stage.NotifyAsync(old: 3, young: 0);
        var name = new Npgsql.NpgsqlConnectionStringBuilder(stage.Database).Database!;
        await using var poor = await SetAsync(("Platform:MaintenanceDatabase", await postgres.Server.CreateMonitorAsync($"r{name}", name, TaskStage.Ct)));
        var outcome = await poor.RunAsync<DatabaseMaintenanceTask>();
        outcome.End.ShouldBe(TaskEnd.Warning);
        outcome.En().ShouldContain("38 tables belong to another role and were left out (GRANT <owner> TO <role>, with INHERIT)");
        outcome.En().ShouldMatch(@"\d+ indexes belong to another role and were left out \(GRANT <owner> TO <role>, with INHERIT\)");
        outcome.En().ShouldContain("notifications over 90 days: not available: not allowed (permission denied for table notifications)");
        (await stage.CountAsync(Left)).ShouldBe(3);
    }

    [Theory]
    [InlineData("INHERIT", true)]
    [InlineData("NOINHERIT", false)]
    public async Task A_member_of_the_tables_owner_may_do_all_of_it_if_it_inherits(string inherit, bool may)
    {
        await using var owner = await SetAsync();
        await owner.NotifyAsync(old: 15, young: 2);
        var settings = new Npgsql.NpgsqlConnectionStringBuilder(owner.Database);
        var (role, tables) = ($"member_{settings.Database}", $"owner_{settings.Database}");
        // As an installation has it: the tables belong to a role that is no superuser.
        await owner.DoAsync(
            $"CREATE ROLE {tables} NOLOGIN; CREATE ROLE {role} LOGIN {inherit} PASSWORD 'member' IN ROLE {tables}; GRANT USAGE ON SCHEMA public TO {tables}; "
            + $"DO $$ DECLARE t text; BEGIN FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP EXECUTE format('ALTER TABLE public.%I OWNER TO {tables}', t); END LOOP; END $$");
        await using var member = await SetAsync(
            ("Platform:MaintenanceDatabase", new Npgsql.NpgsqlConnectionStringBuilder(owner.Database) { Username = role, Password = "member" }.ConnectionString),
            ("Maintenance:DatabaseMaintenance:ReindexBloatPercent", "0"));
        var outcome = await member.RunAsync<DatabaseMaintenanceTask>();
        outcome.End.ShouldBe(may ? TaskEnd.Ok : TaskEnd.Warning, outcome.En());
        (await owner.CountAsync(Left)).ShouldBe(may ? 2 : 17);
        (await owner.CountAsync(Invalid)).ShouldBe(0);
        outcome.En().ShouldContain(may ? "38 of 38 tables analysed" : "38 tables belong to another role and were left out (GRANT <owner> TO <role>, with INHERIT)");
        if (may) outcome.En().ShouldMatch(@"(?<n>\d+) of \k<n> indexes built anew");
        else outcome.En().ShouldContain("not allowed (permission denied for table notifications); GRANT <owner> TO <role>, with INHERIT is needed");
    }

    [Fact]
    public async Task Sessions_go_by_the_time_of_their_last_use_in_batches()
    {
        await using var stage = await SetAsync(("Maintenance:DatabaseMaintenance:BatchPauseMilliseconds", "7"));
        // As activerecord-session_store makes it.
        await stage.DoAsync(
            """
            CREATE TABLE sessions (id bigserial PRIMARY KEY, session_id varchar NOT NULL, data text, created_at timestamp(6) NOT NULL, updated_at timestamp(6) NOT NULL);
            INSERT INTO sessions (session_id, created_at, updated_at) SELECT n, now() - interval '90 days', now() - make_interval(days => CASE WHEN n <= 34 THEN 31 ELSE 29 END) FROM generate_series(1, 40) n
            """);
        (await stage.Tasks.PlanAsync<DatabaseMaintenanceTask>()).Numbers.ShouldContain(n => n.En == "sessions over 30 days: 34 rows");
        var pauses = 0;
        stage.Clock.Waits = wait => pauses += wait == TimeSpan.FromMilliseconds(7) ? 1 : 0;
        var outcome = await stage.RunAsync<DatabaseMaintenanceTask>();
        pauses.ShouldBe(3, "10, 10, 10 and 4 rows");
        outcome.En().ShouldContain("sessions over 30 days: 34 of 34 rows deleted");
        (await stage.CountAsync("SELECT count(*) FROM sessions")).ShouldBe(6, "who came back yesterday keeps their session, however old it is");
    }

    [Fact]
    public async Task Without_its_connection_it_says_which_setting_is_missing_and_still_deletes_files()
    {
        await using var stage = await PlatformStage.SetAsync(null);
        var outcome = await stage.RunAsync<DatabaseMaintenanceTask>();
        outcome.En().ShouldContain("not available: Platform:MaintenanceDatabase is not set");
        outcome.En().ShouldContain("temporary files over 7 days: 0 deleted");
    }

    [Fact]
    public async Task A_database_that_is_away_is_a_failure_that_says_so()
    {
        await using var stage = await PlatformStage.SetAsync(null, ("Platform:MaintenanceDatabase", "Host=127.0.0.1;Port=1;Database=x;Username=x"));
        var outcome = await stage.RunAsync<DatabaseMaintenanceTask>();
        outcome.End.ShouldBe(TaskEnd.Failed);
        outcome.En().ShouldContain("the database can't be reached");
        (await stage.Tasks.PlanAsync<DatabaseMaintenanceTask>()).Facts.ShouldContain(f => f.En.Contains("can't be reached", StringComparison.Ordinal));
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        while (!await isSo()) await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TaskStage.Ct);
    }

    private Task<PlatformStage> SetAsync(params (string, string)[] settings) => PlatformStage.SetAsync(
        postgres, [("Maintenance:DatabaseMaintenance:BatchRows", "10"), ("Maintenance:DatabaseMaintenance:BatchPauseMilliseconds", "0"), .. settings]);
}
