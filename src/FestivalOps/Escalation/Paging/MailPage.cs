using FestivalOps.Alerting.Card;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Channels;
using FestivalOps.Language;
using FestivalOps.Storage;
using Microsoft.Extensions.Options;

namespace FestivalOps.Escalation.Paging;

/// <summary><c>page.mail</c>: e-mail in the channels' language.</summary>
internal sealed class MailPage(PageOutcome outcome, IOptions<LanguageOptions> languages, TimeProvider time) : IPostKind
{
    /// <summary>See <see cref="Kind"/>.</summary>
    public const string Name = "page.mail";

    /// <inheritdoc/>
    public string Kind => Name;

    /// <inheritdoc/>
    public async Task<Prepared> PrepareAsync(OutboxRow row, OpsDbContext db, CancellationToken ct)
    {
        var state = await PageState.ReadAsync(row, db, time.GetUtcNow(), ct);
        if (state.Incident is not { } incident) return new Prepared.Drop(state.NotWanted!);
        var (language, zone) = (languages.Value.Channels, languages.Value.GetZone());
        var notes = AlertNotes.Of(await PageState.WorstAsync(db, incident, ct), language);
        var since = await IncidentSince.OfAsync(incident, db, ct);
        var lines = new List<string>
        {
            PageTexts.Title(incident).In(language),
            $"{PageTexts.Level(state.Page.Level, incident.Severity).In(language)}, {SpokenTime.Since(since, time.GetUtcNow(), zone).In(language)}",
        };
        if (notes.Value.Length > 0) lines.Add(PageTexts.Measured(notes.Value, notes.Limit).In(language));
        if (notes.Description.Length > 0) lines.Add(notes.Description);
        lines.Add((incident.Drill ? PageTexts.OnlyADrill : PageTexts.Ask(state.Page.Rule)).In(language));
        var plan = PlannedStep.Read(incident.Plan);
        if (plan.Count > 0) lines.Add(PageTexts.Next(plan, state.Page.Level, zone).In(language));
        lines.Add(PageTexts.HowToAnswer.In(language).Replace("`", "", StringComparison.Ordinal));
        return new Prepared.Mail(
            ForeignText.OneLine(PageTexts.MailSubject(incident, state.Page.Level).In(language), 200), string.Join("\r\n", lines));
    }

    /// <inheritdoc/>
    public Task SentAsync(OutboxRow row, Arrival arrival, OpsDbContext db, CancellationToken ct) => outcome.ArrivedAsync(row, arrival, db, ct);

    /// <inheritdoc/>
    public Task UndeliverableAsync(OutboxRow row, string error, OpsDbContext db, CancellationToken ct) => outcome.FailedAsync(row, error, db, ct);
}
