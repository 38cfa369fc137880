using System.Globalization;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Channels;
using FestivalOps.Language;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FestivalOps.Escalation.Paging;

/// <summary><c>page.trouble</c>: says aloud in the channel that someone, or everyone of a role, can't be told; the argument is the line of the timeline.</summary>
internal sealed class TroublePost(IOptions<LanguageOptions> languages, TimeProvider time) : IPostKind
{
    /// <summary>See <see cref="Kind"/>.</summary>
    public const string Name = "page.trouble";

    /// <inheritdoc/>
    public string Kind => Name;

    /// <inheritdoc/>
    public async Task<Prepared> PrepareAsync(OutboxRow row, OpsDbContext db, CancellationToken ct)
    {
        var (id, number) = (PageState.Number(row), int.Parse(row.Argument, CultureInfo.InvariantCulture));
        var incident = await db.Set<Incident>().AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, ct);
        var line = await db.Set<IncidentEvent>().AsNoTracking().SingleOrDefaultAsync(e => e.IncidentId == id && e.Number == number, ct);
        if (incident is null || line is null) return new Prepared.Drop("there is no such incident");
        if (incident.State == IncidentState.Resolved) return new Prepared.Drop("resolved");
        if (incident.ChannelId == row.Target && await PageState.CardIsComingAsync(incident, row, db, ct))
            return new Prepared.Later(time.GetUtcNow() + PageState.ForCard, "its card is not posted yet");
        var language = languages.Value.Channels;
        var said = EventTexts.Line(line, languages.Value.GetZone()).In(language);
        var text = Mrkdwn.Of($":warning: *{PageTexts.Title(incident).In(language)}* {Mrkdwn.Trusted(said)}");
        var thread = incident.CardChannel == row.Target ? incident.CardTs : null;
        return new Prepared.Post(new() { Text = text.ToString(), Blocks = [new SectionBlock { Text = text }], ThreadTs = thread, ReplyBroadcast = thread is not null });
    }
}
