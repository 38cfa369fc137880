using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FestivalOps.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Maintenance : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "approval_id",
                table: "task_runs",
                type: "TEXT",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "approved_by",
                table: "task_runs",
                type: "TEXT",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "asks",
                table: "task_runs",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "output_file",
                table: "task_runs",
                type: "TEXT",
                maxLength: 16,
                nullable: false,
                defaultValue: "None");

            migrationBuilder.AddColumn<string>(
                name: "output_file_error",
                table: "task_runs",
                type: "TEXT",
                maxLength: 200,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<bool>(
                name: "plan_changed",
                table: "task_runs",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "checklists",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    period_key = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    first_day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    last_day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    opened_at = table.Column<string>(type: "TEXT", nullable: false),
                    opened_by = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    carried_to = table.Column<long>(type: "INTEGER", nullable: true),
                    signed_by = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    signed_at = table.Column<string>(type: "TEXT", nullable: true),
                    seal = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    seal_order = table.Column<long>(type: "INTEGER", nullable: true),
                    previous_seal = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    audit_sequence = table.Column<long>(type: "INTEGER", nullable: true),
                    audit_hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    reminders = table.Column<int>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    shown_version = table.Column<int>(type: "INTEGER", nullable: false),
                    post_channel = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    post_ts = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_checklists", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "kept_figures",
                columns: table => new
                {
                    task = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 160, nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                    value = table.Column<double>(type: "REAL", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kept_figures", x => new { x.task, x.at, x.name });
                });

            migrationBuilder.CreateTable(
                name: "task_approvals",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    task = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    plan_run_id = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    plan = table.Column<string>(type: "TEXT", nullable: false),
                    asked_by = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    asked_at = table.Column<string>(type: "TEXT", nullable: false),
                    expires_at = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    open_key = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    decided_by = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    decided_at = table.Column<string>(type: "TEXT", nullable: true),
                    run_id = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    post_channel = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    post_ts = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_task_approvals", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "task_outputs",
                columns: table => new
                {
                    run_id = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    packed = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_task_outputs", x => x.run_id);
                    table.ForeignKey(
                        name: "fk_task_outputs_task_runs_run_id",
                        column: x => x.run_id,
                        principalTable: "task_runs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "checklist_items",
                columns: table => new
                {
                    checklist_id = table.Column<long>(type: "INTEGER", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    key = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    title_ja = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    title_en = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    role = table.Column<string>(type: "TEXT", maxLength: 24, nullable: false),
                    assigned_to = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    open_since = table.Column<string>(type: "TEXT", nullable: false),
                    done_at = table.Column<string>(type: "TEXT", nullable: true),
                    done_by = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    note = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    verdict = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    evidence_ja = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    evidence_en = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    evidence_at = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_checklist_items", x => new { x.checklist_id, x.number });
                    table.ForeignKey(
                        name: "fk_checklist_items_checklists_checklist_id",
                        column: x => x.checklist_id,
                        principalTable: "checklists",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_checklists_period_key",
                table: "checklists",
                column: "period_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_checklists_seal_order",
                table: "checklists",
                column: "seal_order",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_checklists_state_kind",
                table: "checklists",
                columns: new[] { "state", "kind" });

            migrationBuilder.CreateIndex(
                name: "ix_task_approvals_asked_at",
                table: "task_approvals",
                column: "asked_at");

            migrationBuilder.CreateIndex(
                name: "ix_task_approvals_open_key",
                table: "task_approvals",
                column: "open_key",
                unique: true);

            migrationBuilder.ProtectSignedChecklistsInSqlite();
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "checklist_items");

            migrationBuilder.DropTable(
                name: "kept_figures");

            migrationBuilder.DropTable(
                name: "task_approvals");

            migrationBuilder.DropTable(
                name: "task_outputs");

            migrationBuilder.DropTable(
                name: "checklists");

            migrationBuilder.DropColumn(
                name: "approval_id",
                table: "task_runs");

            migrationBuilder.DropColumn(
                name: "approved_by",
                table: "task_runs");

            migrationBuilder.DropColumn(
                name: "asks",
                table: "task_runs");

            migrationBuilder.DropColumn(
                name: "output_file",
                table: "task_runs");

            migrationBuilder.DropColumn(
                name: "output_file_error",
                table: "task_runs");

            migrationBuilder.DropColumn(
                name: "plan_changed",
                table: "task_runs");
        }
    }
}
