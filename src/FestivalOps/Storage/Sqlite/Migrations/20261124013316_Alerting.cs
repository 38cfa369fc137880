using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FestivalOps.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Alerting : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "alert_inbox",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    received_at = table.Column<string>(type: "TEXT", nullable: false),
                    body = table.Column<byte[]>(type: "BLOB", nullable: false),
                    instance = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_alert_inbox", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "alerts",
                columns: table => new
                {
                    fingerprint = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    incident_id = table.Column<long>(type: "INTEGER", nullable: false),
                    source = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    title_ja = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    title_en = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    severity = table.Column<int>(type: "INTEGER", nullable: false),
                    level = table.Column<int>(type: "INTEGER", nullable: false),
                    firing = table.Column<bool>(type: "INTEGER", nullable: false),
                    hidden_by = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    starts_at = table.Column<string>(type: "TEXT", nullable: false),
                    seen_at = table.Column<string>(type: "TEXT", nullable: false),
                    ended_at = table.Column<string>(type: "TEXT", nullable: true),
                    labels = table.Column<string>(type: "TEXT", maxLength: 8000, nullable: false),
                    annotations = table.Column<string>(type: "TEXT", maxLength: 8000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_alerts", x => x.fingerprint);
                });

            migrationBuilder.CreateTable(
                name: "incident_events",
                columns: table => new
                {
                    incident_id = table.Column<long>(type: "INTEGER", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    at = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 24, nullable: false),
                    actor = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    data = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_incident_events", x => new { x.incident_id, x.number });
                });

            migrationBuilder.CreateTable(
                name: "incidents",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    group_key = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    open_key = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    source = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    title_ja = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    title_en = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    severity = table.Column<int>(type: "INTEGER", nullable: false),
                    level = table.Column<int>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    opened_at = table.Column<string>(type: "TEXT", nullable: false),
                    acknowledged_by = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    acknowledged_at = table.Column<string>(type: "TEXT", nullable: true),
                    promise_until = table.Column<string>(type: "TEXT", nullable: true),
                    resolved_by = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    resolved_at = table.Column<string>(type: "TEXT", nullable: true),
                    snoozed_until = table.Column<string>(type: "TEXT", nullable: true),
                    snoozed_by = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    assigned_to = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    flapping = table.Column<bool>(type: "INTEGER", nullable: false),
                    drill = table.Column<bool>(type: "INTEGER", nullable: false),
                    hidden_by = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    firing_alerts = table.Column<int>(type: "INTEGER", nullable: false),
                    total_alerts = table.Column<int>(type: "INTEGER", nullable: false),
                    channel_id = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    card_channel = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    card_ts = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    shown_version = table.Column<int>(type: "INTEGER", nullable: false),
                    step = table.Column<int>(type: "INTEGER", nullable: false),
                    next_step_at = table.Column<string>(type: "TEXT", nullable: true),
                    next_step_rule = table.Column<string>(type: "TEXT", maxLength: 24, nullable: false),
                    plan = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    events = table.Column<int>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_incidents", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "on_call_changes",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    role = table.Column<string>(type: "TEXT", maxLength: 24, nullable: true),
                    user_id = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    starts_at = table.Column<string>(type: "TEXT", nullable: false),
                    ends_at = table.Column<string>(type: "TEXT", nullable: false),
                    author = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    created_at = table.Column<string>(type: "TEXT", nullable: false),
                    cancelled_at = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_on_call_changes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "outbox",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    key = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    subject = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    argument = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    carrier = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    target = table.Column<string>(type: "TEXT", maxLength: 320, nullable: false),
                    priority = table.Column<int>(type: "INTEGER", nullable: false),
                    lane = table.Column<string>(type: "TEXT", maxLength: 360, nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    created_at = table.Column<string>(type: "TEXT", nullable: false),
                    not_before = table.Column<string>(type: "TEXT", nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    unclear = table.Column<bool>(type: "INTEGER", nullable: false),
                    attempted_at = table.Column<string>(type: "TEXT", nullable: true),
                    lease_owner = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    lease_until = table.Column<string>(type: "TEXT", nullable: true),
                    sent_at = table.Column<string>(type: "TEXT", nullable: true),
                    result_channel = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    result_ts = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outbox", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "reachability",
                columns: table => new
                {
                    user_id = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    carrier = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    tried_at = table.Column<string>(type: "TEXT", nullable: false),
                    reached_at = table.Column<string>(type: "TEXT", nullable: true),
                    error = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reachability", x => new { x.user_id, x.carrier });
                });

            migrationBuilder.CreateTable(
                name: "rule_states",
                columns: table => new
                {
                    check = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    last_at = table.Column<string>(type: "TEXT", nullable: false),
                    known_at = table.Column<string>(type: "TEXT", nullable: true),
                    warning_since = table.Column<string>(type: "TEXT", nullable: true),
                    critical_since = table.Column<string>(type: "TEXT", nullable: true),
                    unknown_since = table.Column<string>(type: "TEXT", nullable: true),
                    calm_since = table.Column<string>(type: "TEXT", nullable: true),
                    easier_since = table.Column<string>(type: "TEXT", nullable: true),
                    fired = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    bad_since = table.Column<string>(type: "TEXT", nullable: true),
                    told = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    flapping = table.Column<bool>(type: "INTEGER", nullable: false),
                    changes = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rule_states", x => x.check);
                });

            migrationBuilder.CreateTable(
                name: "silences",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    is_maintenance = table.Column<bool>(type: "INTEGER", nullable: false),
                    matchers = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    author = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    channel_id = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    created_at = table.Column<string>(type: "TEXT", nullable: false),
                    starts_at = table.Column<string>(type: "TEXT", nullable: false),
                    ends_at = table.Column<string>(type: "TEXT", nullable: false),
                    ended_by = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    reminded_at = table.Column<string>(type: "TEXT", nullable: true),
                    begun_at = table.Column<string>(type: "TEXT", nullable: true),
                    closed_at = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_silences", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "slack_gaps",
                columns: table => new
                {
                    key = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    down_since = table.Column<string>(type: "TEXT", nullable: false),
                    until = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_slack_gaps", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "watchdogs",
                columns: table => new
                {
                    name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    heard_at = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_watchdogs", x => x.name);
                });

            migrationBuilder.CreateIndex(
                name: "ix_alerts_hidden_by",
                table: "alerts",
                column: "hidden_by",
                filter: "hidden_by IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_alerts_incident_id_firing",
                table: "alerts",
                columns: new[] { "incident_id", "firing" });

            migrationBuilder.CreateIndex(
                name: "ix_alerts_name_firing",
                table: "alerts",
                columns: new[] { "name", "firing" });

            migrationBuilder.CreateIndex(
                name: "ix_incidents_channel_id_opened_at",
                table: "incidents",
                columns: new[] { "channel_id", "opened_at" });

            migrationBuilder.CreateIndex(
                name: "ix_incidents_group_key",
                table: "incidents",
                column: "group_key");

            migrationBuilder.CreateIndex(
                name: "ix_incidents_hidden_by",
                table: "incidents",
                column: "hidden_by",
                filter: "hidden_by IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_incidents_next_step_at",
                table: "incidents",
                column: "next_step_at");

            migrationBuilder.CreateIndex(
                name: "ix_incidents_open_key",
                table: "incidents",
                column: "open_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_incidents_state_opened_at",
                table: "incidents",
                columns: new[] { "state", "opened_at" });

            migrationBuilder.CreateIndex(
                name: "ix_on_call_changes_ends_at",
                table: "on_call_changes",
                column: "ends_at");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_key",
                table: "outbox",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_outbox_lane_lease_until",
                table: "outbox",
                columns: new[] { "lane", "lease_until" },
                filter: "lease_until IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_lane_priority_id_not_before",
                table: "outbox",
                columns: new[] { "lane", "priority", "id", "not_before" },
                filter: "state = 'Waiting'");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_subject_kind",
                table: "outbox",
                columns: new[] { "subject", "kind" });

            migrationBuilder.CreateIndex(
                name: "ix_silences_closed_at",
                table: "silences",
                column: "closed_at");

            migrationBuilder.CreateIndex(
                name: "ix_slack_gaps_until",
                table: "slack_gaps",
                column: "until");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "alert_inbox");

            migrationBuilder.DropTable(
                name: "alerts");

            migrationBuilder.DropTable(
                name: "incident_events");

            migrationBuilder.DropTable(
                name: "incidents");

            migrationBuilder.DropTable(
                name: "on_call_changes");

            migrationBuilder.DropTable(
                name: "outbox");

            migrationBuilder.DropTable(
                name: "reachability");

            migrationBuilder.DropTable(
                name: "rule_states");

            migrationBuilder.DropTable(
                name: "silences");

            migrationBuilder.DropTable(
                name: "slack_gaps");

            migrationBuilder.DropTable(
                name: "watchdogs");
        }
    }
}
