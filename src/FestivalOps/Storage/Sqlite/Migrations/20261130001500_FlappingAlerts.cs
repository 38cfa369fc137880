using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FestivalOps.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class FlappingAlerts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "changes",
                table: "alerts",
                type: "TEXT",
                maxLength: 1000,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "kept_up",
                table: "alerts",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "steady_at",
                table: "alerts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_alerts_steady_at",
                table: "alerts",
                column: "steady_at",
                filter: "steady_at IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_alerts_steady_at",
                table: "alerts");

            migrationBuilder.DropColumn(
                name: "changes",
                table: "alerts");

            migrationBuilder.DropColumn(
                name: "kept_up",
                table: "alerts");

            migrationBuilder.DropColumn(
                name: "steady_at",
                table: "alerts");
        }
    }
}
