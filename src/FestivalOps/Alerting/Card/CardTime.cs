using System.Globalization;
using FestivalOps.Language;

namespace FestivalOps.Alerting.Card;

/// <summary>
/// The moment in which a card is drawn. Times on it are absolute, in the team's zone: a card stays, and nobody redraws it because time passes.
/// </summary>
/// <param name="Now">When it is drawn, UTC.</param>
/// <param name="Zone">The team's zone.</param>
internal sealed record CardTime(DateTimeOffset Now, TimeZoneInfo Zone)
{
    /// <summary>"03:12" on the day on which it is drawn, "11月24日(火) 09:00" on another: as short as it can be without being mistaken.</summary>
    public LocalizedText At(DateTimeOffset at)
    {
        var then = TimeZoneInfo.ConvertTime(at, Zone);
        var today = TimeZoneInfo.ConvertTime(Now, Zone);
        var clock = then.ToString("HH:mm", CultureInfo.InvariantCulture);
        return then.Date == today.Date
            ? LocalizedText.Same(clock)
            : new(
                then.ToString("M月d日", CultureInfo.InvariantCulture) + $"({Weekday(then.DayOfWeek)}) {clock}",
                then.ToString("ddd MMM d", CultureInfo.InvariantCulture) + " " + clock);
    }

    private static string Weekday(DayOfWeek day) => new LocalizedText("日月火水木金土", "SMTWTFS").Ja[(int)day].ToString();
}
