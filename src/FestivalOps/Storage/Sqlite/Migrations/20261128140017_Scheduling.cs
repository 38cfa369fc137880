using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FestivalOps.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Scheduling : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.MakeQuartzTables("quartz-sqlite.sql");
            migrationBuilder.CreateTable(
                name: "task_clocks",
                columns: table => new
                {
                    task = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    schedule = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    next_due = table.Column<string>(type: "TEXT", nullable: true),
                    paused_by = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    paused_at = table.Column<string>(type: "TEXT", nullable: true),
                    skip_due = table.Column<string>(type: "TEXT", nullable: true),
                    skip_by = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_task_clocks", x => x.task);
                });

            migrationBuilder.CreateTable(
                name: "task_runs",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    task = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    due = table.Column<string>(type: "TEXT", nullable: false),
                    due_key = table.Column<string>(type: "TEXT", maxLength: 80, nullable: true),
                    running_key = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    state = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    started_at = table.Column<string>(type: "TEXT", nullable: false),
                    ended_at = table.Column<string>(type: "TEXT", nullable: true),
                    started_by = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    is_dry = table.Column<bool>(type: "INTEGER", nullable: false),
                    instance_id = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    stop_by = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    step = table.Column<int>(type: "INTEGER", nullable: false),
                    steps = table.Column<int>(type: "INTEGER", nullable: false),
                    sentence_ja = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    sentence_en = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    details = table.Column<string>(type: "TEXT", nullable: false),
                    output = table.Column<string>(type: "TEXT", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    shown_version = table.Column<int>(type: "INTEGER", nullable: false),
                    post_channel = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    post_ts = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_task_runs", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_task_runs_due_key",
                table: "task_runs",
                column: "due_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_task_runs_running_key",
                table: "task_runs",
                column: "running_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_task_runs_task_id",
                table: "task_runs",
                columns: new[] { "task", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropQuartzTables();
            migrationBuilder.DropTable(
                name: "task_clocks");

            migrationBuilder.DropTable(
                name: "task_runs");
        }
    }
}
