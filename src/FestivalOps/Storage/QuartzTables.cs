using Microsoft.EntityFrameworkCore.Migrations;

namespace FestivalOps.Storage;

/// <summary>The tables in which Quartz keeps its triggers, as the migrations make them: they are the bot's own, and nobody else makes them.</summary>
internal static class QuartzTables
{
    // Those that others refer to come last.
    private static readonly string[] Tables =
    [
        "simple_triggers", "cron_triggers", "simprop_triggers", "blob_triggers", "triggers", "job_details", "calendars", "paused_trigger_grps",
        "paused_job_grps", "fired_triggers", "scheduler_state", "locks", "execution_history", "misfire_history", "job_status",
    ];

    /// <summary>Makes them with the script of an engine: <c>quartz-sqlite.sql</c>, <c>quartz-postgres.sql</c>.</summary>
    public static void MakeQuartzTables(this MigrationBuilder migration, string script)
    {
        using var file = typeof(QuartzTables).Assembly.GetManifestResourceStream(script) ?? throw new InvalidOperationException($"{script} is not part of the program.");
        using var reader = new StreamReader(file);
        migration.Sql(reader.ReadToEnd());
    }

    /// <summary>Takes them away.</summary>
    public static void DropQuartzTables(this MigrationBuilder migration)
    {
        foreach (var table in Tables) migration.Sql($"DROP TABLE IF EXISTS qrtz_{table};");
    }
}
