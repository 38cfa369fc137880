using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FestivalOps.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Blocks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "blocks",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    addresses = table.Column<string>(type: "TEXT", maxLength: 50, nullable: false),
                    first = table.Column<long>(type: "INTEGER", nullable: false),
                    last = table.Column<long>(type: "INTEGER", nullable: false),
                    open_key = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    state = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    source = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    rule = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    author = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    reason_ja = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    reason_en = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    evidence = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    created_at = table.Column<string>(type: "TEXT", nullable: false),
                    changed_at = table.Column<string>(type: "TEXT", nullable: false),
                    changed_by = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    until = table.Column<string>(type: "TEXT", nullable: true),
                    times = table.Column<int>(type: "INTEGER", nullable: false),
                    permanent_asked_by = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    asked_at = table.Column<string>(type: "TEXT", nullable: true),
                    approved_by = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    ended_at = table.Column<string>(type: "TEXT", nullable: true),
                    ended_by = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    ended_why = table.Column<string>(type: "TEXT", maxLength: 16, nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    audited_version = table.Column<int>(type: "INTEGER", nullable: false),
                    card_channel = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    card_ts = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_blocks", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "firewall_syncs",
                columns: table => new
                {
                    firewall = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_firewall_syncs", x => x.firewall);
                });

            migrationBuilder.CreateIndex(
                name: "ix_blocks_created_at",
                table: "blocks",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_blocks_ended_at",
                table: "blocks",
                column: "ended_at");

            migrationBuilder.CreateIndex(
                name: "ix_blocks_first_last",
                table: "blocks",
                columns: new[] { "first", "last" });

            migrationBuilder.CreateIndex(
                name: "ix_blocks_open_key",
                table: "blocks",
                column: "open_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_blocks_state_until",
                table: "blocks",
                columns: new[] { "state", "until" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "blocks");

            migrationBuilder.DropTable(
                name: "firewall_syncs");
        }
    }
}
