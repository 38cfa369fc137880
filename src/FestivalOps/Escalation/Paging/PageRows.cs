using System.Globalization;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Channels;
using FestivalOps.Escalation.Ladder;
using FestivalOps.Escalation.OnCall;
using Microsoft.Extensions.Options;

namespace FestivalOps.Escalation.Paging;

/// <summary>Writes the intent to tell people of an incident: the rows of the outbox, and the timeline's lines that say so.</summary>
internal sealed class PageRows(Outbox outbox, StaffBook staff, IOutwardWays ways, IOptions<ChannelsOptions> channels)
{
    /// <summary>Writes one page to everyone of <paramref name="page"/> on every way of <paramref name="rung"/>, in its order.</summary>
    public void Tell(IncidentChange change, LadderLevel rung, PageArgument page)
    {
        foreach (var (way, seconds) in rung.Ways().Where(w => w.AfterSeconds != LadderLevel.Off))
        {
            var rows = Rows(change.Incident, way, page, change.Now + TimeSpan.FromSeconds(seconds)).ToList();
            var told = way is PageWay.Mail ? page.Users.Where(u => staff.EmailOf(u) is not null).ToList() : page.Users;
            if (rows.Count > 0) Record(change, way, page, told, seconds);
            if (way == PageWay.Mail && ways.HasMail && page.Users.Except(told, StringComparer.Ordinal).ToList() is { Count: > 0 } silent)
                change.Record(IncidentEventKind.Unreachable, "", ("users", string.Join(' ', silent)), ("carrier", nameof(Carrier.Mail)), ("error", "no_address"));
            foreach (var row in rows) change.Tell(row);
        }
    }

    /// <summary>The rows of one way, none before <paramref name="notBefore"/>.</summary>
    public IEnumerable<OutboxRow> Rows(Incident incident, PageWay way, PageArgument page, DateTimeOffset notBefore)
    {
        var rows = way switch
        {
            PageWay.Mention when incident.ChannelId.Length > 0 => [Row(incident, MentionPage.Name, Carrier.Channel, incident.ChannelId, page)],
            PageWay.Direct => page.Users.Select(u => Row(incident, DirectPage.Name, Carrier.Person, u, page with { Users = [u] })),
            PageWay.Mail when ways.HasMail => page.Users.Where(u => staff.EmailOf(u) is not null)
                .Select(u => Row(incident, MailPage.Name, Carrier.Mail, staff.EmailOf(u)!, page with { Users = [u] })),
            PageWay.Webhook when ways.PageWebhook is { } name => [Row(incident, WebhookPage.Name, Carrier.Webhook, name, page)],
            _ => Enumerable.Empty<OutboxRow>(),
        };
        foreach (var row in rows)
        {
            if (notBefore > row.NotBefore) row.NotBefore = notBefore;
            yield return row;
        }
    }

    /// <summary>Says aloud in the channel what line <paramref name="number"/> of the timeline says: someone can't be told.</summary>
    public OutboxRow? Trouble(Incident incident, int number, string exceptChannel = "")
    {
        var options = channels.Value;
        var channel = new[] { incident.ChannelId, options.Operations, options.Alerts, options.Critical }.FirstOrDefault(c => c.Length > 0 && c != exceptChannel);
        return channel is null ? null : outbox.Row(
            Key(incident, $"trouble:{number}"), TroublePost.Name, Subject(incident), Carrier.Channel, channel, OutboxPriority.Page,
            number.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Redraws the card as it will be after this change.</summary>
    public OutboxRow? Redraw(Incident incident) => incident.ChannelId.Length == 0 ? null : outbox.Row(
        Key(incident, $"redraw:{incident.Version + 1}"), IncidentPosts.RedrawKind, Subject(incident), Carrier.Channel, incident.ChannelId, OutboxPriority.Redraw);

    /// <summary>Shows a line of the timeline in the thread.</summary>
    public OutboxRow? Note(Incident incident, int number) => incident.ChannelId.Length == 0 ? null : outbox.Row(
        Key(incident, $"note:{number}"), IncidentPosts.NoteKind, Subject(incident), Carrier.Channel, incident.ChannelId, OutboxPriority.Note,
        number.ToString(CultureInfo.InvariantCulture));

    /// <summary>The subject of all rows of an incident: its number.</summary>
    public static string Subject(Incident incident) => incident.Id.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// The key of a page: a step of an incident reaches a target in one way once. The step is named by its line in the timeline, because
    /// steps are counted anew when an incident comes back.
    /// </summary>
    public static string PageKey(Incident incident, int line, Carrier carrier, string target) => Key(incident, $"page:{line}:{carrier}:{Short(target)}");

    private OutboxRow Row(Incident incident, string kind, Carrier carrier, string target, PageArgument page) => outbox.Row(
        PageKey(incident, page.Event, carrier, target), kind, Subject(incident), carrier, target, OutboxPriority.Page, page.Write());

    private static void Record(IncidentChange change, PageWay way, PageArgument page, IReadOnlyList<string> users, int seconds)
    {
        List<(string, string)> data =
        [
            ("users", string.Join(' ', users)), ("roles", string.Join(' ', page.Roles.Select(r => r.Name))), ("carrier", CarrierOf(way).ToString()), ("rule", page.Rule),
            ("level", page.Level.ToString(CultureInfo.InvariantCulture)), ("step", change.Incident.Step.ToString(CultureInfo.InvariantCulture)),
        ];
        if (seconds > 0) data.Add(("after", seconds.ToString(CultureInfo.InvariantCulture)));
        if (page.PassedOver.Count > 0) data.Add(("passed", string.Join(' ', page.PassedOver.Select(p => $"{p.UserId}:{p.Reason}"))));
        if (page.Groups.Count > 0) data.Add(("groups", string.Join(' ', page.Groups)));
        change.Record(IncidentEventKind.Paged, "", [.. data]);
    }

    private static Carrier CarrierOf(PageWay way) => way switch
    {
        PageWay.Mention => Carrier.Channel,
        PageWay.Direct => Carrier.Person,
        PageWay.Mail => Carrier.Mail,
        _ => Carrier.Webhook,
    };

    private static string Key(Incident incident, string rest) => $"incident:{Subject(incident)}:{rest}";

    // A mail address may be longer than what is left of a key.
    private static string Short(string target) => target.Length <= 100
        ? target
        : Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(target)))[..32];
}
