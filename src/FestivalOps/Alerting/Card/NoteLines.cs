using FestivalOps.Alerting.Incidents;
using FestivalOps.Language;

namespace FestivalOps.Alerting.Card;

/// <summary>A line of a timeline in the card's thread.</summary>
internal static class NoteLines
{
    /// <summary>The line; foreign text in it is escaped.</summary>
    public static Mrkdwn Of(IncidentEvent line, CardTime time, SpokenLanguage language)
    {
        var data = IncidentFacts.Texts(line.Data);
        var who = line.Actor.Length > 0 ? Mrkdwn.User(line.Actor) : Mrkdwn.Empty;
        var text = Mrkdwn.Of($"{NoteTexts.Of(line.Kind).In(language)}");
        var detail = line.Kind switch
        {
            IncidentEventKind.Noted => Several(data.GetValueOrDefault("text")),
            IncidentEventKind.Resolved => ForeignText.OneLine(data.GetValueOrDefault("reason"), 500),
            IncidentEventKind.AlertsJoined or IncidentEventKind.AlertsStopped => ForeignText.OneLine(data.GetValueOrDefault("alert"), 200),
            IncidentEventKind.Unreachable => ForeignText.OneLine(data.GetValueOrDefault("error"), 200),
            _ => null,
        };
        var until = DateTimeOffset.TryParse(data.GetValueOrDefault("until"), System.Globalization.CultureInfo.InvariantCulture, out var at)
            ? Mrkdwn.Of($" ({NoteTexts.Until(time.At(at)).In(language)})")
            : Mrkdwn.Empty;
        var to = line.Kind == IncidentEventKind.Assigned ? Mrkdwn.Of($" → {Mrkdwn.User(data.GetValueOrDefault("user") ?? "?")}") : Mrkdwn.Empty;
        var head = Mrkdwn.Of($"{Mrkdwn.Trusted(NoteTexts.Picture(line.Kind))} {text}{to}{until}");
        if (who.Value.Length > 0) head += Mrkdwn.Of($" · {who}");
        return string.IsNullOrWhiteSpace(detail) ? head : head + Mrkdwn.Of($"\n{detail}");
    }

    private static string Several(string? text) =>
        string.Join('\n', (text ?? "").ReplaceLineEndings("\n").Split('\n').Take(40).Select(l => ForeignText.OneLine(l, 2_000)));
}
