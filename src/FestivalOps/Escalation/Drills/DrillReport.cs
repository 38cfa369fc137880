using System.Text.Json;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Channels;
using FestivalOps.Escalation.Paging;
using FestivalOps.Language;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FestivalOps.Escalation.Drills;

/// <summary>What a drill's row needs.</summary>
/// <param name="Fingerprint">Of the drill's alert.</param>
/// <param name="Level">The level that it began at.</param>
/// <param name="By">Slack id of who began it.</param>
/// <param name="Until">When it ends by itself, UTC.</param>
internal sealed record DrillArgument(string Fingerprint, int Level, string By, DateTimeOffset Until)
{
    /// <summary>Reads <see cref="OutboxRow.Argument"/>.</summary>
    public static DrillArgument Read(string json) => JsonSerializer.Deserialize<DrillArgument>(json) ?? throw new JsonException("A drill without its argument.");

    /// <summary>Writes <see cref="OutboxRow.Argument"/>.</summary>
    public string Write() => JsonSerializer.Serialize(this);
}

/// <summary><c>drill.report</c>: who was reached in how long; waits until the drill is over.</summary>
internal sealed class DrillReport(IOptions<LanguageOptions> languages, TimeProvider time) : IPostKind
{
    /// <summary>See <see cref="Kind"/>.</summary>
    public const string Name = "drill.report";

    // When the drill can't be ended, its result is told all the same.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public string Kind => Name;

    /// <inheritdoc/>
    public async Task<Prepared> PrepareAsync(OutboxRow row, OpsDbContext db, CancellationToken ct)
    {
        var (id, drill, now) = (PageState.Number(row), DrillArgument.Read(row.Argument), time.GetUtcNow());
        if (await db.Set<Incident>().AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, ct) is not { } incident)
            return new Prepared.Drop("there is no such incident");
        if (incident.State != IncidentState.Resolved && now < drill.Until + Patience) return new Prepared.Later(now + TimeSpan.FromSeconds(2), "the drill goes on");
        var events = await db.Set<IncidentEvent>().AsNoTracking().Where(e => e.IncidentId == id).OrderBy(e => e.Number).Take(500).ToListAsync(ct);
        var lines = Lines(incident, events, languages.Value.GetZone(), languages.Value.Channels);
        return new Prepared.Post(new()
        {
            Text = DrillTexts.Result(id).In(languages.Value.Channels),
            Blocks = [.. lines.Chunk(10).Select(part => new SectionBlock { Text = Mrkdwn.Join("\n", part) })],
            ThreadTs = incident.CardChannel == row.Target ? incident.CardTs : null,
        });
    }

    /// <summary>The result, from the timeline. Pure.</summary>
    public static IReadOnlyList<Mrkdwn> Lines(Incident incident, IReadOnlyList<IncidentEvent> events, TimeZoneInfo zone, SpokenLanguage language)
    {
        var lines = new List<Mrkdwn> { Mrkdwn.Of($"*{DrillTexts.Result(incident.Id).In(language)}*") };
        var waited = events.FirstOrDefault(e => e.Kind == IncidentEventKind.NotPaged && EventData.Of(e)["rule"] == StepRule.BusinessHours);
        if (waited is not null && EventData.Of(waited).Time("until") is { } until)
            lines.Add(Mrkdwn.Of($"{DrillTexts.WaitsForMorning(OnCall.OnCallTexts.Stamp(until, zone)).In(language)}"));
        var taken = events.FirstOrDefault(e => e.Kind is IncidentEventKind.Acknowledged);
        lines.Add(taken is null
            ? Mrkdwn.Of($"{DrillTexts.Nobody.In(language)}")
            : Mrkdwn.Of($"{Mrkdwn.User(taken.Actor)} {DrillTexts.Taken(SpokenTime.Span(taken.At - incident.OpenedAt).In(language)).In(language)}"));

        var asked = events.Where(e => e.Kind == IncidentEventKind.Paged).SelectMany(e => EventData.Of(e).Words("users")).Distinct(StringComparer.Ordinal).ToList();
        if (asked.Count == 0) lines.Add(Mrkdwn.Of($"{DrillTexts.NobodyTold.In(language)}"));
        foreach (var user in asked.Take(60))
        {
            var ways = events.Where(e => e.Kind == IncidentEventKind.PageArrived).Select(e => (e.At, Data: EventData.Of(e)))
                .Where(a => a.Data.Words("users").Contains(user, StringComparer.Ordinal))
                .GroupBy(a => a.Data["carrier"], StringComparer.Ordinal)
                .Select(g => DrillTexts.Reached(EventTexts.Way(g.Key).In(language), SpokenTime.Span(g.Min(a => a.Data.Time("at") ?? a.At) - incident.OpenedAt).In(language)).In(language))
                .ToList();
            lines.Add(Mrkdwn.Of($"• {Mrkdwn.User(user)} {(ways.Count == 0 ? ":warning: " + DrillTexts.NotReached.In(language) : string.Join(", ", ways))}"));
        }
        lines.AddRange(events.Where(e => e.Kind == IncidentEventKind.Unreachable).Take(20).Select(e => Mrkdwn.Of($":warning: {Mrkdwn.Trusted(EventTexts.Line(e, zone).In(language))}")));
        return lines;
    }
}
