using System.Globalization;
using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Channels;
using FestivalOps.Channels.Outage;
using FestivalOps.Language;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FestivalOps.Alerting.Card;

/// <summary>
/// Tells after an outage of Slack in one card for each channel what happened meanwhile; the channel of critical incidents hears of one that
/// became critical elsewhere, too. What is over gets no card of its own any more, and the
/// lines of timelines that waited are not posted: an incident that goes on has its card in its newest state, and its page.
/// </summary>
internal sealed class IncidentCatchUp(Outbox outbox, AlertClass classes) : ICatchUp
{
    /// <inheritdoc/>
    public async Task<IReadOnlyCollection<string>> CatchUpAsync(SlackGap gap, OpsDbContext db, CancellationToken ct)
    {
        var began = gap.Began;
        var touched = db.Set<Incident>().AsNoTracking().Where(i => i.ChannelId != "" && i.HiddenBy == null && i.OpenedAt <= gap.Until)
            .Where(i => db.Set<IncidentEvent>().Any(e => e.IncidentId == i.Id && e.At >= began && e.At <= gap.Until));
        var channels = await touched.Select(i => i.ChannelId).Distinct().ToListAsync(ct);
        if (classes.ChannelOf(Severity.Critical) is { Length: > 0 } critical && await touched.AnyAsync(i => i.Severity == Severity.Critical, ct)) channels.Add(critical);
        await Outbox.AddAsync(db, [.. channels.Distinct(StringComparer.Ordinal).Select(c => outbox.Row(
            $"catch-up:{gap.Key}:{c}", IncidentCatchUpPost.Name, gap.Key, Carrier.Channel, c, OutboxPriority.Card))], ct);
        var over = touched.Where(i => i.State == IncidentState.Resolved && i.CardTs == null).Select(i => i.Id);
        foreach (var subject in (await over.ToListAsync(ct)).Select(id => id.ToString(CultureInfo.InvariantCulture)).Chunk(500))
        {
            await db.Set<OutboxRow>().Where(r => r.Kind == IncidentCardPost.Name && subject.Contains(r.Subject) && r.State == OutboxState.Waiting && !r.Unclear)
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.State, OutboxState.Dropped).SetProperty(r => r.Reason, SlackReturn.InTheCatchUp), ct);
        }
        return [IncidentNotePost.Name];
    }
}

/// <summary>What the card after an outage says, read from the timelines when it is sent.</summary>
internal sealed class IncidentCatchUpPost(AlertClass classes, IOptions<LanguageOptions> languages, TimeProvider time) : IPostKind
{
    /// <summary>See <see cref="IPostKind.Kind"/>.</summary>
    public const string Name = "incident.catch-up";

    private const int MostPages = 200;

    /// <inheritdoc/>
    public string Kind => Name;

    /// <inheritdoc/>
    public async Task<Prepared> PrepareAsync(OutboxRow row, OpsDbContext db, CancellationToken ct)
    {
        if (await db.Set<SlackGap>().AsNoTracking().SingleOrDefaultAsync(g => g.Key == row.Subject, ct) is not { } gap) return new Prepared.Drop("there is no such outage");
        var began = gap.Began;
        // An incident keeps its channel when it becomes critical; those who watch the channel of critical ones are to know of it.
        var isCritical = row.Target == classes.ChannelOf(Severity.Critical);
        var here = db.Set<Incident>().AsNoTracking()
            .Where(i => i.HiddenBy == null && i.ChannelId != "" && (i.ChannelId == row.Target || (isCritical && i.Severity == Severity.Critical)));
        var touched = here
            .Where(i => db.Set<IncidentEvent>().Any(e => e.IncidentId == i.Id && e.At >= began && e.At <= gap.Until));
        var ended = await touched.Where(i => i.State == IncidentState.Resolved && i.OpenedAt >= began).OrderBy(i => i.Id).ToListAsync(ct);
        // What is new is looked for first; what was open before has been told.
        var open = (await here.Where(i => i.State != IncidentState.Resolved).ToListAsync(ct))
            .OrderByDescending(i => i.OpenedAt >= began).ThenByDescending(i => i.Level).ThenBy(i => i.Id).ToList();
        var pages = await db.Set<IncidentEvent>().AsNoTracking()
            .Where(e => e.Kind == IncidentEventKind.PageArrived && e.At >= began && e.At <= gap.Until && touched.Any(i => i.Id == e.IncidentId))
            .OrderBy(e => e.At).Take(MostPages).ToListAsync(ct);
        var told = pages.Select(e => (e.At, e.IncidentId, Data: EventData.Of(e)))
            .Where(p => Enum.TryParse<Carrier>(p.Data["carrier"], out var way) && !way.IsSlack())
            .SelectMany(p => p.Data.Words("users").Select(u => new PagedMeanwhile(p.At, p.IncidentId, u, Enum.Parse<Carrier>(p.Data["carrier"])))).ToList();
        var since = await IncidentSince.OfAsync([.. ended, .. open], db, ct);
        var zone = new CardTime(time.GetUtcNow(), languages.Value.GetZone());
        return new Prepared.Post(CatchUpMessage.Of(new(gap.DownSince, gap.Until, ended, open, told, since) { Began = began }, zone, languages.Value.Channels));
    }
}
