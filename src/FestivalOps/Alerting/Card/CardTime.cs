using System.Globalization;
using FestivalOps.Language;

namespace FestivalOps.Alerting.Card;

/// <summary>The moment in which a card is drawn: times on it are said as seen from then, in the team's zone.</summary>
/// <param name="Now">When it is drawn, UTC.</param>
/// <param name="Zone">The team's zone.</param>
internal sealed record CardTime(DateTimeOffset Now, TimeZoneInfo Zone)
{
    /// <summary>"03:12", "明日 09:00", "11月24日(火) 09:00": as short as it can be without being mistaken.</summary>
    public LocalizedText At(DateTimeOffset at)
    {
        var then = TimeZoneInfo.ConvertTime(at, Zone);
        var today = TimeZoneInfo.ConvertTime(Now, Zone);
        var clock = then.ToString("HH:mm", CultureInfo.InvariantCulture);
        return (then.Date - today.Date).Days switch
        {
            0 => LocalizedText.Same(clock),
            1 => new($"明日 {clock}", $"tomorrow {clock}"),
            -1 => new($"昨日 {clock}", $"yesterday {clock}"),
            _ => new(
                then.ToString("M月d日", CultureInfo.InvariantCulture) + $"({Weekday(then.DayOfWeek)}) {clock}",
                then.ToString("ddd MMM d", CultureInfo.InvariantCulture) + " " + clock),
        };
    }

    /// <summary>"15 分後", "in 15 min"; what is due or over is "まもなく", "now".</summary>
    public LocalizedText In(DateTimeOffset at)
    {
        // Less than a minute is not worth counting, and rounding up keeps "15 分後" from being 14 when it is drawn a moment later.
        if (IsDue(at)) return new("まもなく", "now");
        var span = SpokenTime.Span(TimeSpan.FromMinutes(Math.Round((at - Now).TotalMinutes)));
        return new($"{span.Ja}後", $"in {span.En}");
    }

    /// <summary>True when it is due, over, or less than half a minute away.</summary>
    public bool IsDue(DateTimeOffset at) => Math.Round((at - Now).TotalMinutes) < 1;

    /// <summary>"12 分", "12 min": how long ago, at least a minute in minutes.</summary>
    public LocalizedText For(DateTimeOffset since)
    {
        var span = Now - since;
        return span < TimeSpan.FromMinutes(1) ? new("1 分未満", "less than a minute") : SpokenTime.Span(span);
    }

    private static string Weekday(DayOfWeek day) => new LocalizedText("日月火水木金土", "SMTWTFS").Ja[(int)day].ToString();
}
