using System.Globalization;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Channels;
using FestivalOps.Commands.People;
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
        var measured = await PageState.MeasuredAsync(db, incident.Id, ct);
        return new Prepared.Post(Message(incident, state.Page, measured.Value, measured.Limit, measured.Description, reader.Language));
    }

    /// <inheritdoc/>
    public Task SentAsync(OutboxRow row, Arrival arrival, OpsDbContext db, CancellationToken ct) => PageOutcome.ArrivedAsync(row, arrival, db, ct);

    /// <inheritdoc/>
    public Task UndeliverableAsync(OutboxRow row, string error, OpsDbContext db, CancellationToken ct) => outcome.FailedAsync(row, error, db, ct);

    private Message Message(Incident incident, PageArgument page, string value, string limit, string description, SpokenLanguage language)
    {
        var zone = languages.Value.GetZone();
        var title = PageTexts.Title(incident).In(language);
        var lines = new List<Mrkdwn>
        {
            Mrkdwn.Of($"*{title}*"),
            Mrkdwn.Of($"{PageTexts.Level(page.Level, incident.Severity).In(language)}, {SpokenTime.Since(incident.OpenedAt, time.GetUtcNow(), zone).In(language)}"),
        };
        if (value.Length > 0) lines.Add(Mrkdwn.Of($"{PageTexts.Measured(ForeignText.OneLine(value, 100), ForeignText.OneLine(limit, 100)).In(language)}"));
        if (description.Length > 0) lines.Add(Mrkdwn.Of($"{ForeignText.OneLine(description, 500)}"));
        lines.Add(Mrkdwn.Of($"{PageTexts.Ask(page.Level, page.Rule).In(language)}"));
        var plan = PlannedStep.Read(incident.Plan);
        if (plan.Count > 0) lines.Add(Mrkdwn.Of($"{PageTexts.Next(plan, page.Level, zone).In(language)}"));
        if (incident.ChannelId.Length > 0) lines.Add(Mrkdwn.Channel(incident.ChannelId));
        var number = incident.Id.ToString(CultureInfo.InvariantCulture);
        return new()
        {
            Text = Mrkdwn.Escape(title).ToString(),
            Blocks =
            [
                new SectionBlock { Text = Mrkdwn.Join("\n", lines) },
                new ActionsBlock
                {
                    Elements =
                    [
                        new Button { ActionId = AcknowledgeAction, Value = number, Text = PageTexts.AcknowledgeButton.In(language), Style = ButtonStyle.Primary },
                        new Button { ActionId = EscalateAction, Value = number, Text = PageTexts.EscalateButton.In(language) },
                    ],
                },
            ],
        };
    }
}
