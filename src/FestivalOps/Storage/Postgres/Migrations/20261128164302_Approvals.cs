using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FestivalOps.Storage.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Approvals : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "approval_id",
                table: "task_runs",
                type: "character varying(40)",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "approved_by",
                table: "task_runs",
                type: "character varying(40)",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "asks",
                table: "task_runs",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "output_file",
                table: "task_runs",
                type: "character varying(16)",
                maxLength: 16,
                nullable: false,
                defaultValue: "None");

            migrationBuilder.AddColumn<string>(
                name: "output_file_error",
                table: "task_runs",
                type: "character varying(200)",
                maxLength: 200,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<bool>(
                name: "plan_changed",
                table: "task_runs",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "task_approvals",
                columns: table => new
                {
                    id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    task = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    plan_run_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    plan = table.Column<string>(type: "text", nullable: false),
                    asked_by = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    open_key = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    decided_by = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    run_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    post_channel = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    post_ts = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_task_approvals", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "task_outputs",
                columns: table => new
                {
                    run_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    packed = table.Column<byte[]>(type: "bytea", nullable: false)
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

            migrationBuilder.CreateIndex(
                name: "ix_task_approvals_asked_at",
                table: "task_approvals",
                column: "asked_at");

            migrationBuilder.CreateIndex(
                name: "ix_task_approvals_open_key",
                table: "task_approvals",
                column: "open_key",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "task_approvals");

            migrationBuilder.DropTable(
                name: "task_outputs");

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
