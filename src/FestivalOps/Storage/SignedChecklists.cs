using Microsoft.EntityFrameworkCore.Migrations;

namespace FestivalOps.Storage;

/// <summary>
/// Triggers that refuse every change of a signed checklist, whatever connects: as with the audit trail, a changed past would otherwise only show
/// when someone looks at the seal. Where its card stands in Slack may still change.
/// </summary>
internal static class SignedChecklists
{
    private const string Why = "a signed checklist is not changed";

    private const string Content =
        "id, kind, period_key, first_day, last_day, state, opened_at, opened_by, carried_to, signed_by, signed_at, seal, seal_order, previous_seal, audit_sequence, audit_hash";

    /// <summary>Makes them in SQLite.</summary>
    public static void ProtectSignedChecklistsInSqlite(this MigrationBuilder migration)
    {
        const string refuse = $"BEGIN SELECT RAISE(ABORT, '{Why}'); END;";
        migration.Sql($"CREATE TRIGGER checklists_signed_update BEFORE UPDATE OF {Content} ON checklists WHEN OLD.state = 'Signed' {refuse}");
        migration.Sql($"CREATE TRIGGER checklists_signed_delete BEFORE DELETE ON checklists WHEN OLD.state = 'Signed' {refuse}");
        foreach (var (change, row) in new[] { ("UPDATE", "OLD"), ("DELETE", "OLD"), ("INSERT", "NEW") })
        {
            migration.Sql(
                $"CREATE TRIGGER checklist_items_signed_{change.ToLowerInvariant()} BEFORE {change} ON checklist_items "
                + $"WHEN (SELECT state FROM checklists WHERE id = {row}.checklist_id) = 'Signed' {refuse}");
        }
    }

    /// <summary>Makes them in PostgreSQL.</summary>
    public static void ProtectSignedChecklistsInPostgres(this MigrationBuilder migration)
    {
        migration.Sql($"CREATE FUNCTION checklists_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{Why}'; END; $$;");
        migration.Sql(
            "CREATE FUNCTION checklist_items_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            + "IF EXISTS (SELECT 1 FROM checklists WHERE state = 'Signed' AND (id = CASE WHEN TG_OP = 'INSERT' THEN NEW.checklist_id ELSE OLD.checklist_id END)) "
            + $"THEN RAISE EXCEPTION '{Why}'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END; $$;");
        migration.Sql($"CREATE TRIGGER checklists_signed_update BEFORE UPDATE OF {Content} ON checklists FOR EACH ROW WHEN (OLD.state = 'Signed') EXECUTE FUNCTION checklists_refuse();");
        migration.Sql("CREATE TRIGGER checklists_signed_delete BEFORE DELETE ON checklists FOR EACH ROW WHEN (OLD.state = 'Signed') EXECUTE FUNCTION checklists_refuse();");
        migration.Sql("CREATE TRIGGER checklists_no_truncate BEFORE TRUNCATE ON checklists FOR EACH STATEMENT EXECUTE FUNCTION checklists_refuse();");
        migration.Sql("CREATE TRIGGER checklist_items_signed BEFORE INSERT OR UPDATE OR DELETE ON checklist_items FOR EACH ROW EXECUTE FUNCTION checklist_items_refuse();");
        migration.Sql("CREATE TRIGGER checklist_items_no_truncate BEFORE TRUNCATE ON checklist_items FOR EACH STATEMENT EXECUTE FUNCTION checklists_refuse();");
    }

    /// <summary>Takes away what the tables do not take with them.</summary>
    public static void DropChecklistFunctions(this MigrationBuilder migration)
    {
        migration.Sql("DROP FUNCTION IF EXISTS checklists_refuse();");
        migration.Sql("DROP FUNCTION IF EXISTS checklist_items_refuse();");
    }
}
