using System.Globalization;
using FestivalOps.Language;

namespace FestivalOps.Scheduling.Calendar;

/// <summary>What the calendar says.</summary>
internal static class CalendarTexts
{
    /// <summary>A day of the week without business hours, by its full name.</summary>
    public static LocalizedText Weekend(DayOfWeek day)
    {
        var name = Commands.ScheduleTexts.Day(day);
        return new($"休業日 ({name.Ja})", $"{name.En}, not a working day");
    }

    public static readonly LocalizedText CompanyDay = new("会社の休業日", "company day off");
    public static readonly LocalizedText Open = new("営業時間内です", "It is business hours");

    public static LocalizedText Closed(LocalizedText? why, string opening) => why is null
        ? new($"営業時間外です。次は {opening} から", $"Outside business hours; next from {opening}")
        : new($"営業時間外です ({why.Ja})。次は {opening} から", $"Outside business hours ({why.En}); next from {opening}");

    public static LocalizedText KnownUntil(DateOnly last)
    {
        var day = last.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new($"祝日データは {day} まであります", $"Public holidays are known until {day}");
    }

    public static LocalizedText RunsOut(DateOnly last)
    {
        var day = last.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new(
            $"祝日データが {day} で終わります。ボットを更新してください",
            $"The list of public holidays ends on {day}. Please update the bot");
    }
}
