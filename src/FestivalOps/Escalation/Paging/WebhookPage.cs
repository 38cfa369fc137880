using System.Text.Json;
using System.Text.Json.Nodes;
using FestivalOps.Channels;
using FestivalOps.Escalation.OnCall;
using FestivalOps.Storage;

namespace FestivalOps.Escalation.Paging;

/// <summary><c>page.webhook</c>: one JSON object for a provider of SMS or voice, with everyone who is to be called.</summary>
internal sealed class WebhookPage(StaffBook staff, PageOutcome outcome, TimeProvider time) : IPostKind
{
    /// <summary>See <see cref="Kind"/>.</summary>
    public const string Name = "page.webhook";

    // Title and names as they are, not as \u escapes: providers read them out.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <inheritdoc/>
    public string Kind => Name;

    /// <inheritdoc/>
    public async Task<Prepared> PrepareAsync(OutboxRow row, OpsDbContext db, CancellationToken ct)
    {
        var state = await PageState.ReadAsync(row, db, time.GetUtcNow(), ct);
        if (state.Incident is not { } incident) return new Prepared.Drop(state.NotWanted!);
        var title = PageTexts.Title(incident);
        return new Prepared.Call(new JsonObject
        {
            ["event"] = "page",
            ["key"] = row.Key,
            ["incident"] = incident.Id,
            ["level"] = state.Page.Level,
            ["severity"] = incident.Severity.ToString(),
            ["drill"] = incident.Drill,
            ["title_ja"] = title.Ja,
            ["title_en"] = title.En,
            ["opened_at"] = incident.OpenedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
            ["rule"] = state.Page.Rule,
            ["roles"] = new JsonArray([.. state.Page.Roles.Select(r => (JsonNode)r.Name)]),
            ["people"] = new JsonArray([.. state.Page.Users.Select(u => (JsonNode)new JsonObject
            {
                ["user"] = u, ["name"] = staff.NameOf(u), ["phone"] = staff.PhoneOf(u), ["email"] = staff.EmailOf(u),
            })]),
        }.ToJsonString(Readable));
    }

    /// <inheritdoc/>
    public Task SentAsync(OutboxRow row, Arrival arrival, OpsDbContext db, CancellationToken ct) => outcome.ArrivedAsync(row, arrival, db, ct);

    /// <inheritdoc/>
    public Task UndeliverableAsync(OutboxRow row, string error, OpsDbContext db, CancellationToken ct) => outcome.FailedAsync(row, error, db, ct);
}
