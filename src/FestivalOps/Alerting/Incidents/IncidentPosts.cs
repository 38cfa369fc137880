using System.Globalization;
using FestivalOps.Channels;

namespace FestivalOps.Alerting.Incidents;

/// <summary>Makes the outbox rows of an incident. What they say is decided when they are sent, from the state of that moment.</summary>
internal static class IncidentPosts
{
    /// <summary>Kind of the row that posts the card.</summary>
    public const string CardKind = "incident.card";

    /// <summary>Kind of the row that redraws the card.</summary>
    public const string RedrawKind = "incident.redraw";

    /// <summary>Kind of the row that posts one line of the timeline into the card's thread; its argument is the line's number.</summary>
    public const string NoteKind = "incident.note";

    /// <summary>The card. There is one row for each incident, ever.</summary>
    public static OutboxRow Card(Outbox outbox, Incident incident) =>
        Row(outbox, incident, CardKind, CardKey(incident.Id), OutboxPriority.Card);

    /// <summary>The card's newest state; call it once within a change, whose version it is named after.</summary>
    public static OutboxRow Redraw(Outbox outbox, Incident incident) =>
        Row(outbox, incident, RedrawKind, Key(incident.Id, $"redraw:{incident.Version + 1}"), OutboxPriority.Redraw);

    /// <summary>A line of the timeline.</summary>
    /// <param name="outbox">Makes the row.</param>
    /// <param name="incident">The incident.</param>
    /// <param name="number">See <see cref="IncidentEvent.Number"/>.</param>
    public static OutboxRow Note(Outbox outbox, Incident incident, int number) => Row(
        outbox, incident, NoteKind, Key(incident.Id, $"note:{number}"), OutboxPriority.Note, number.ToString(CultureInfo.InvariantCulture));

    /// <summary>
    /// The card's state at the end of a span of time, for an incident that changes many times a second: all changes within the span share
    /// one row.
    /// </summary>
    public static OutboxRow RedrawLater(Outbox outbox, Incident incident, DateTimeOffset now, TimeSpan span)
    {
        var number = now.UtcTicks / span.Ticks;
        var row = Row(outbox, incident, RedrawKind, Key(incident.Id, $"redraw:at:{number}"), OutboxPriority.Redraw);
        // A second more, for changes that were decided within the span and committed after it.
        row.NotBefore = new DateTimeOffset((number + 1) * span.Ticks, TimeSpan.Zero).AddSeconds(1);
        return row;
    }

    /// <summary>Key of the one row that posts the card.</summary>
    public static string CardKey(long id) => Key(id, "card");

    /// <summary>Writes an incident's redraw and one note for each of these lines into a change; nothing when it has no channel or was never shown.</summary>
    public static void Show(this IncidentChange change, Outbox outbox, params int[] lines)
    {
        var incident = change.Incident;
        if (incident.ChannelId.Length == 0 || (incident.HiddenBy is not null && incident.CardTs is null)) return;
        change.Tell(Redraw(outbox, incident));
        foreach (var line in lines) change.Tell(Note(outbox, incident, line));
    }

    private static string Key(long id, string what) => string.Create(CultureInfo.InvariantCulture, $"incident:{id}:{what}");

    private static OutboxRow Row(Outbox outbox, Incident incident, string kind, string key, OutboxPriority priority, string argument = "") =>
        outbox.Row(key, kind, incident.Id.ToString(CultureInfo.InvariantCulture), Carrier.Channel, incident.ChannelId, priority, argument);
}
