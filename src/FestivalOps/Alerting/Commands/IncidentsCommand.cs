using System.Globalization;
using FestivalOps.Alerting.Card;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Commands;
using FestivalOps.Commands.Replies;
using FestivalOps.Language;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FestivalOps.Alerting.Commands;

/// <summary><c>/fops incidents</c>: the open ones, worst first; <c>/fops incidents all</c>: newest first, the resolved ones too.</summary>
internal sealed class IncidentsCommand(IDbContextFactory<OpsDbContext> store, IOptions<LanguageOptions> languages, TimeProvider time) : ICommand
{
    /// <summary>How many stand on a page: 8, what a phone scrolls through with one finger.</summary>
    public const int PageSize = 8;

    /// <summary>The word that asks for the resolved ones, too.</summary>
    public const string All = "all";

    /// <inheritdoc/>
    public string Name => "incidents";

    /// <inheritdoc/>
    public LocalizedText Summary => IncidentTexts.ListSummary;

    /// <inheritdoc/>
    public LocalizedText? Usage => IncidentTexts.ListUsage;

    /// <inheritdoc/>
    public LocalizedText? Details => IncidentTexts.ListDetails;

    /// <inheritdoc/>
    public Task<Reply> RunAsync(CommandContext context, CancellationToken ct) => context.Name(0) switch
    {
        "" => PageAsync(all: false, 0, context.Language, ct),
        All => PageAsync(all: true, 0, context.Language, ct),
        _ => Task.FromResult(Reply.Refused(IncidentTexts.TooMuch(context.Arguments[0]), context.Language)),
    };

    /// <summary>One page of the list, for who asked.</summary>
    public async Task<Reply> PageAsync(bool all, int skip, SpokenLanguage language, CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        var wanted = db.Set<Incident>().AsNoTracking().Where(i => all || i.State != IncidentState.Resolved);
        var count = await wanted.CountAsync(ct);
        if (count == 0) return Reply.ToPerson(Notice.Of(":white_check_mark:", (all ? IncidentTexts.NoneAtAll : IncidentTexts.NoneOpen).In(language)));
        // What wakes people first: seen before hidden, worst severity, highest level, not taken before taken.
        var ordered = all
            ? wanted.OrderByDescending(i => i.Id)
            : wanted.OrderBy(i => i.HiddenBy != null).ThenByDescending(i => i.Severity).ThenByDescending(i => i.Level)
                .ThenBy(i => i.State == IncidentState.Acknowledged).ThenByDescending(i => i.Id);
        var page = await ordered.Skip(skip).Take(PageSize).ToListAsync(ct);
        var since = await IncidentSince.OfAsync(page, db, ct);
        var now = new CardTime(time.GetUtcNow(), languages.Value.GetZone());
        var title = (all ? IncidentTexts.AllTitle(count) : IncidentTexts.OpenTitle(count)).In(language);
        List<Block> blocks = [new SectionBlock { Text = Mrkdwn.Of($"*{title}*") }];
        blocks.AddRange(page.Select(i => new SectionBlock { Text = new Markdown(IncidentMessage.Line(i, since[i.Id], now, language).Value) { Verbatim = true } }));
        if (count > PageSize)
            blocks.Add(new ContextBlock { Elements = [new PlainText(IncidentTexts.Page(skip + 1, skip + page.Count, count).In(language))] });
        if (skip + page.Count < count) blocks.Add(new ActionsBlock { Elements = [Next(all, skip + PageSize, language)] });
        return Reply.ToPerson(new() { Text = title, Blocks = blocks });
    }

    private static Button Next(bool all, int skip, SpokenLanguage language) => new()
    {
        ActionId = IncidentsPageAction.Id,
        Value = string.Create(CultureInfo.InvariantCulture, $"{(all ? All : "open")} {skip}"),
        Text = new(IncidentTexts.NextPage.In(language)),
    };
}

/// <summary>"Show more" below a list of incidents.</summary>
internal sealed class IncidentsPageAction(IncidentsCommand incidents) : IButtonAction
{
    /// <summary>The button's <c>action_id</c>.</summary>
    public const string Id = "incidents.page";

    /// <inheritdoc/>
    public string ActionId => Id;

    /// <inheritdoc/>
    public Task<Reply> RunAsync(CommandContext context, CancellationToken ct)
    {
        var words = context.Value.Split(' ');
        return words is [var which, var from] && int.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out var skip) && skip < 1_000_000
            ? incidents.PageAsync(which == IncidentsCommand.All, skip, context.Language, ct)
            : Task.FromResult(Reply.Refused(CommandTexts.GoneButton, context.Language));
    }
}
