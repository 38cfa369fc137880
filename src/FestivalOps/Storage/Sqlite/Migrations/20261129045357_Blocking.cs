using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FestivalOps.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Blocking : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "attacks",
                columns: table => new
                {
                    address = table.Column<string>(type: "TEXT", maxLength: 50, nullable: false),
                    rule = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    blocks = table.Column<bool>(type: "INTEGER", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                    until = table.Column<string>(type: "TEXT", nullable: false),
                    times = table.Column<int>(type: "INTEGER", nullable: false),
                    source = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    reason_ja = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    reason_en = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    open = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_attacks", x => new { x.address, x.rule });
                });

            migrationBuilder.CreateTable(
                name: "log_positions",
                columns: table => new
                {
                    log = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    path = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    files = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    saved_at = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_log_positions", x => x.log);
                });

            migrationBuilder.CreateIndex(
                name: "ix_attacks_open_until",
                table: "attacks",
                columns: new[] { "open", "until" });

            migrationBuilder.CreateIndex(
                name: "ix_attacks_until",
                table: "attacks",
                column: "until");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "attacks");

            migrationBuilder.DropTable(
                name: "log_positions");
        }
    }
}
