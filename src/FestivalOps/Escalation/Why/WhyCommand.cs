using System.Globalization;
using FestivalOps.Alerting;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Alerting.Inhibition;
using FestivalOps.Channels;
using FestivalOps.Commands;
using FestivalOps.Escalation.Paging;
using FestivalOps.Language;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FestivalOps.Escalation.Why;

/// <summary><c>/fops why INCIDENT</c>: in plain words, who was or was not paged, when, how, and which rule decided it. What else can be asked about, others answer.</summary>
internal sealed class WhyCommand(
    IDbContextFactory<OpsDbContext> store, IEnumerable<IWhyAnswer> others, InhibitionReason inhibition, IOptions<StormOptions> storm, IOptions<LanguageOptions> languages, TimeProvider time) : ICommand
{
    // A section holds 3,000 characters (Slack limit).
    private const int LinesPerBlock = 5;

    /// <inheritdoc/>
    public string Name => "why";

    /// <inheritdoc/>
    public LocalizedText Summary => WhyTexts.Summary;

    /// <inheritdoc/>
    public LocalizedText? Usage => new(string.Join('\n', others.Select(o => o.Usage.Ja).Prepend(WhyTexts.Usage.Ja)), string.Join('\n', others.Select(o => o.Usage.En).Prepend(WhyTexts.Usage.En)));

    /// <inheritdoc/>
    public async Task<Reply> RunAsync(CommandContext context, CancellationToken ct)
    {
        var language = context.Language;
        if (!context.Arguments.IsEmpty && others.FirstOrDefault(o => o.IsAbout(context.Arguments[0])) is { } other) return await other.AnswerAsync(context.Arguments[0], context, ct);
        if (!long.TryParse(context.Name(0).TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            return Reply.Refused(WhyTexts.NeedsNumber, language);
        await using var db = store.CreateDbContext();
        if (await db.Set<Incident>().AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, ct) is not { } incident)
            return Reply.Refused(WhyTexts.Missing(id), language);
        var first = incident.Events - WhyReport.MostRead;
        var newest = await db.Set<IncidentEvent>().AsNoTracking().Where(e => e.IncidentId == id && e.Number > first).OrderBy(e => e.Number).ToListAsync(ct);
        var subject = id.ToString(CultureInfo.InvariantCulture);
        var pages = await db.Set<OutboxRow>().AsNoTracking()
            .Where(r => r.Subject == subject && PageOutcome.Kinds.Contains(r.Kind) && r.State != OutboxState.Sent).OrderByDescending(r => r.CreatedAt).Take(100).ToListAsync(ct);
        var lines = WhyReport.Lines(incident, newest, pages, new(time.GetUtcNow(), languages.Value.GetZone()), language).ToList();
        if (await inhibition.RuleOfAsync(incident, db, ct) is { } rule) lines.Add(Mrkdwn.Of($"{WhyTexts.HidingRule.In(language)} {Mrkdwn.Code(ForeignText.OneLine(rule, 300))}"));
        if (incident.IsStorm) lines.Add(Mrkdwn.Of($"{WhyTexts.StormRule(storm.Value.GroupsPerMinute).In(language)}"));
        return Reply.ToPerson(new()
        {
            Text = PageTexts.Title(incident).In(language),
            Blocks = [.. lines.Chunk(LinesPerBlock).Select(part => new SectionBlock { Text = Mrkdwn.Join("\n", part) })],
        });
    }
}
