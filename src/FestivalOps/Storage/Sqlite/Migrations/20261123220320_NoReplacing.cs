using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FestivalOps.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class NoReplacing : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // INSERT OR REPLACE deletes without the DELETE trigger unless the connection asks for it. PostgreSQL needs no twin: ON CONFLICT DO UPDATE is an UPDATE there.
            migrationBuilder.Sql("CREATE TRIGGER audit_entries_no_replace BEFORE INSERT ON audit_entries WHEN NEW.sequence <= (SELECT max(sequence) FROM audit_entries) BEGIN SELECT RAISE(ABORT, 'audit_entries is append-only'); END;");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TRIGGER audit_entries_no_replace;");
        }
    }
}
