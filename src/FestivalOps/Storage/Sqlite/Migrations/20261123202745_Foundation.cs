using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FestivalOps.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Foundation : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "audit_entries",
                columns: table => new
                {
                    sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                    command_id = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    @event = table.Column<string>(name: "event", type: "TEXT", maxLength: 16, nullable: false),
                    user_id = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    channel_id = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    text = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    detail = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    error_id = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    previous_hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_entries", x => x.sequence);
                });

            migrationBuilder.CreateTable(
                name: "check_states",
                columns: table => new
                {
                    check = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    status = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    since = table.Column<string>(type: "TEXT", nullable: false),
                    last_at = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_check_states", x => x.check);
                });

            migrationBuilder.CreateTable(
                name: "health_runs",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    selection = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                    took_milliseconds = table.Column<double>(type: "REAL", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_health_runs", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "instances",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    last_seen = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_instances", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "pending_work",
                columns: table => new
                {
                    command_id = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    instance = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    received_at = table.Column<string>(type: "TEXT", nullable: false),
                    user_id = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    channel_id = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    text = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    response_url = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_pending_work", x => x.command_id);
                });

            migrationBuilder.CreateTable(
                name: "check_results",
                columns: table => new
                {
                    run_id = table.Column<string>(type: "TEXT", nullable: false),
                    check = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    status = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    value = table.Column<double>(type: "REAL", nullable: true),
                    unit = table.Column<string>(type: "TEXT", maxLength: 16, nullable: true),
                    warning_limit = table.Column<double>(type: "REAL", nullable: true),
                    critical_limit = table.Column<double>(type: "REAL", nullable: true),
                    says_ja = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    says_en = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    facts = table.Column<string>(type: "TEXT", nullable: true),
                    took_milliseconds = table.Column<double>(type: "REAL", nullable: false),
                    since = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_check_results", x => new { x.run_id, x.check });
                    table.ForeignKey(
                        name: "fk_check_results_health_runs_run_id",
                        column: x => x.run_id,
                        principalTable: "health_runs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_audit_entries_at",
                table: "audit_entries",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_audit_entries_user_id",
                table: "audit_entries",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_health_runs_at",
                table: "health_runs",
                column: "at");

            // Append-only, whoever holds the file: a changed past would otherwise only show at the next verification.
            migrationBuilder.Sql("CREATE TRIGGER audit_entries_no_update BEFORE UPDATE ON audit_entries BEGIN SELECT RAISE(ABORT, 'audit_entries is append-only'); END;");
            migrationBuilder.Sql("CREATE TRIGGER audit_entries_no_delete BEFORE DELETE ON audit_entries BEGIN SELECT RAISE(ABORT, 'audit_entries is append-only'); END;");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "audit_entries");

            migrationBuilder.DropTable(
                name: "check_results");

            migrationBuilder.DropTable(
                name: "check_states");

            migrationBuilder.DropTable(
                name: "instances");

            migrationBuilder.DropTable(
                name: "pending_work");

            migrationBuilder.DropTable(
                name: "health_runs");
        }
    }
}
