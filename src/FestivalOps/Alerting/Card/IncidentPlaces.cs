using FestivalOps.Language;

namespace FestivalOps.Alerting.Card;

/// <summary>Where it happens: the labels that tell a person something, few and short.</summary>
internal static class IncidentPlaces
{
    /// <summary>How many labels a card shows: 4.</summary>
    public const int Most = 4;

    // What the header and the level say already.
    private static readonly string[] Told = ["alertname", "severity", "level", "check", "group", "title"];

    private static readonly string[] First = ["instance", "host", "service", "job", "env", "region"];

    /// <summary>The labels as "`instance=web-1` `job=rails`"; empty when there are none.</summary>
    public static Mrkdwn Of(IReadOnlyDictionary<string, string> labels)
    {
        var places = labels.Where(l => !Told.Contains(l.Key, StringComparer.Ordinal) && !string.IsNullOrWhiteSpace(l.Value))
            .OrderBy(l => Array.IndexOf(First, l.Key) is var place && place < 0 ? First.Length : place).ThenBy(l => l.Key, StringComparer.Ordinal)
            .Select(l => Mrkdwn.Code($"{ForeignText.OneLine(l.Key, 30)}={ForeignText.OneLine(l.Value, 60)}")).ToList();
        var shown = Mrkdwn.Join(" ", places.Take(Most));
        return places.Count > Most ? shown + Mrkdwn.Of($" … (+{places.Count - Most})") : shown;
    }
}
