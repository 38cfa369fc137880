using FestivalOps.Alerting.Card;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Channels;
using FestivalOps.Escalation.Ladder;
using FestivalOps.Escalation.OnCall;
using FestivalOps.Language;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FestivalOps.Escalation.Paging;

/// <summary>
/// <c>page.mention</c>: a new reply in the thread of the incident's card, shown in the channel, too, because an edit notifies nobody. It
/// waits for the card while that is on its way, and goes to the channel itself when it is not.
/// </summary>
internal sealed class MentionPage(StaffBook staff, PageOutcome outcome, PageRows pages, CardHome home, IOptions<LanguageOptions> languages, TimeProvider time) : IPostKind
{
    /// <summary>See <see cref="Kind"/>.</summary>
    public const string Name = "page.mention";

    /// <inheritdoc/>
    public string Kind => Name;

    /// <inheritdoc/>
    public async Task<Prepared> PrepareAsync(OutboxRow row, OpsDbContext db, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var state = await PageState.ReadAsync(row, db, now, ct);
        if (state.Incident is not { } incident) return new Prepared.Drop(state.NotWanted!);
        if (await PageState.CardIsComingAsync(incident, row, db, ct))
            return new Prepared.Later(now + PageState.ForCard, "its card is not posted yet");

        var thread = incident.CardChannel == row.Target ? incident.CardTs : null;
        return new Prepared.Post(Message(incident, state.Page, thread));
    }

    /// <inheritdoc/>
    public Task SentAsync(OutboxRow row, Arrival arrival, OpsDbContext db, CancellationToken ct) => outcome.ArrivedAsync(row, arrival, db, ct);

    /// <inheritdoc/>
    public async Task UndeliverableAsync(OutboxRow row, string error, OpsDbContext db, CancellationToken ct)
    {
        // An archived channel takes the card elsewhere, and the mention goes along.
        await home.LostAsync(row, error, db, ct);
        if (await db.FindAsync<Incident>([PageState.Number(row)], ct) is { ChannelId.Length: > 0 } incident && incident.ChannelId != row.Target)
            await Outbox.AddAsync(db, [.. pages.Rows(incident, PageWay.Mention, PageArgument.Read(row.Argument), time.GetUtcNow())], ct);
        else await outcome.FailedAsync(row, error, db, ct);
    }

    private Message Message(Incident incident, PageArgument page, string? thread)
    {
        var language = languages.Value.Channels;
        var people = Mrkdwn.Join(" ", page.Users.Select(Mrkdwn.User).Concat(page.Groups.Select(Mrkdwn.Group)));
        var lines = new List<Mrkdwn>
        {
            // What comes first is what a locked phone shows.
            Mrkdwn.Of($"*{PageTexts.Title(incident).In(language)}* {people} {(incident.Drill ? PageTexts.OnlyADrill : PageTexts.Ask(page.Level, page.Rule)).In(language)}"),
        };
        var plan = PlannedStep.Read(incident.Plan);
        if (plan.Count > 0) lines.Add(Mrkdwn.Of($"{PageTexts.Next(plan, page.Level, languages.Value.GetZone()).In(language)}"));
        lines.AddRange(page.PassedOver.Select(p => Mrkdwn.Of($"{PageTexts.PassedOver(staff.NameOf(p.UserId), p.Reason).In(language)}")));
        var text = Mrkdwn.Join("\n", lines);
        return new() { Text = text.ToString(), Blocks = [new SectionBlock { Text = text }], ThreadTs = thread, ReplyBroadcast = thread is not null };
    }
}
