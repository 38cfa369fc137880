using FestivalOps.Alerting.Card;
using FestivalOps.Channels;
using FestivalOps.Commands.People;
using FestivalOps.Language;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FestivalOps.Escalation.Paging;

/// <summary>
/// <c>page.redraw</c>: one line instead of a page that asks for what is done already: who has the incident, or that it is over. The argument
/// is the id of the page's row.
/// </summary>
internal sealed class PageRedrawPost(IncidentReader reader, PeopleBook people, IOptions<LanguageOptions> languages, TimeProvider time) : IPostKind
{
    /// <summary>See <see cref="Kind"/>.</summary>
    public const string Name = "page.redraw";

    /// <inheritdoc/>
    public string Kind => Name;

    /// <inheritdoc/>
    public async Task<Prepared> PrepareAsync(OutboxRow row, OpsDbContext db, CancellationToken ct)
    {
        var page = await db.Set<OutboxRow>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == row.Argument, ct);
        if (page is not { ResultChannel: { } channel, ResultTs: { } ts }) return new Prepared.Drop("the page never arrived");
        if (await reader.ReadAsync(PageState.Number(row), db, ct) is not { } facts) return new Prepared.Drop("there is no such incident");
        var language = page.Carrier == Carrier.Person ? (await people.FindAsync(page.Target, ct)).Language : languages.Value.Channels;
        var line = IncidentMessage.Brief(facts, new(time.GetUtcNow(), languages.Value.GetZone()), language);
        return new Prepared.Redraw(channel, ts, new() { Text = line.ToString(), Blocks = [new SectionBlock { Text = line }] });
    }
}
