using System.Globalization;
using FestivalOps.Alerting.Card;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Channels;
using FestivalOps.Commands.People;
using FestivalOps.Escalation.Ladder;
using FestivalOps.Language;
using FestivalOps.Storage;
using Microsoft.Extensions.Options;

namespace FestivalOps.Escalation.Paging;

/// <summary><c>page.direct</c>: a direct message with what, since when, the value and buttons, in the reader's language.</summary>
internal sealed class DirectPage(PeopleBook people, PageOutcome outcome, IOptions<LanguageOptions> languages, TimeProvider time) : IPostKind
{
    /// <summary>See <see cref="Kind"/>.</summary>
    public const string Name = "page.direct";

    /// <summary>The button that takes an incident; its value is the incident's number.</summary>
    public const string AcknowledgeAction = "incident.ack";

    /// <summary>The button that climbs to the next level; its value is the incident's number.</summary>
    public const string EscalateAction = "incident.escalate";

    /// <inheritdoc/>
    public string Kind => Name;

    /// <inheritdoc/>
    public async Task<Prepared> PrepareAsync(OutboxRow row, OpsDbContext db, CancellationToken ct)
    {
        var state = await PageState.ReadAsync(row, db, time.GetUtcNow(), ct);
        if (state.Incident is not { } incident) return new Prepared.Drop(state.NotWanted!);
        var reader = await people.FindAsync(row.Target, ct);
        var notes = AlertNotes.Of(await PageState.WorstAsync(db, incident, ct), reader.Language);
        return new Prepared.Post(Message(incident, state.Page, await IncidentSince.OfAsync(incident, db, ct), notes, reader.Language));
    }

    /// <inheritdoc/>
    public Task SentAsync(OutboxRow row, Arrival arrival, OpsDbContext db, CancellationToken ct) => outcome.ArrivedAsync(row, arrival, db, ct);

    /// <inheritdoc/>
    public Task UndeliverableAsync(OutboxRow row, string error, OpsDbContext db, CancellationToken ct) => outcome.FailedAsync(row, error, db, ct);

    private Message Message(Incident incident, PageArgument page, DateTimeOffset since, AlertNotes notes, SpokenLanguage language)
    {
        var zone = languages.Value.GetZone();
        var title = PageTexts.Title(incident).In(language);
        var lines = new List<Mrkdwn>
        {
            Mrkdwn.Of($"*{title}*"),
            Mrkdwn.Of($"{PageTexts.Level(page.Level, incident.Severity).In(language)}, {SpokenTime.Since(since, time.GetUtcNow(), zone).In(language)}"),
        };
        if (notes.Value.Length > 0) lines.Add(Mrkdwn.Of($"{PageTexts.Measured(notes.Value, notes.Limit).In(language)}"));
        if (notes.Description.Length > 0) lines.Add(Mrkdwn.Of($"{notes.Description}"));
        lines.Add(Mrkdwn.Of($"{(incident.Drill ? PageTexts.OnlyADrill : PageTexts.Ask(page.Rule)).In(language)}"));
        var plan = PlannedStep.Read(incident.Plan);
        if (plan.Count > 0) lines.Add(Mrkdwn.Of($"{PageTexts.Next(plan, page.Level, zone).In(language)}"));
        if (incident.ChannelId.Length > 0) lines.Add(Mrkdwn.Channel(incident.ChannelId));
        return new()
        {
            Text = Mrkdwn.Escape(title).ToString(),
            Blocks = [new SectionBlock { Text = Mrkdwn.Join("\n", lines) }, new ActionsBlock { Elements = [.. Buttons(incident, page, language)] }],
        };
    }

    // There is nothing above the top.
    private static IEnumerable<IActionElement> Buttons(Incident incident, PageArgument page, SpokenLanguage language)
    {
        var number = incident.Id.ToString(CultureInfo.InvariantCulture);
        yield return new Button { ActionId = AcknowledgeAction, Value = number, Text = PageTexts.AcknowledgeButton.In(language), Style = ButtonStyle.Primary };
        if (Math.Max(incident.Level, page.Level) < EscalationLadder.Top)
            yield return new Button { ActionId = EscalateAction, Value = number, Text = PageTexts.EscalateButton.In(language) };
    }
}
