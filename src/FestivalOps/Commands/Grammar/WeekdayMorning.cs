using FestivalOps.Language;
using Microsoft.Extensions.Options;

namespace FestivalOps.Commands.Grammar;

/// <summary>Nine in the morning, Monday to Friday: the business morning of a bot without a business calendar, which takes its place.</summary>
internal sealed class WeekdayMorning(IOptions<LanguageOptions> languages) : INextMorning
{
    /// <inheritdoc/>
    public DateTimeOffset After(DateTimeOffset now)
    {
        var zone = languages.Value.GetZone();
        var day = TimeZoneInfo.ConvertTime(now, zone).Date;
        while (true)
        {
            var morning = day.AddHours(SpokenWhen.MorningHour);
            var at = new DateTimeOffset(morning, zone.GetUtcOffset(morning));
            if (at > now && day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)) return at.ToUniversalTime();
            day = day.AddDays(1);
        }
    }
}
