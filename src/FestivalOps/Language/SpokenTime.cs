using System.Globalization;

namespace FestivalOps.Language;

/// <summary>Times and spans as people say them.</summary>
internal static class SpokenTime
{
    private static readonly LocalizedText Weekdays = new("日月火水木金土", "SMTWTFS");

    /// <summary>"3 分", "2 h 5 min": the two largest units of a span, never negative.</summary>
    public static LocalizedText Span(TimeSpan span)
    {
        if (span < TimeSpan.Zero) span = TimeSpan.Zero;
        return span switch
        {
            { Ticks: > 0, TotalMilliseconds: < 1 } => LocalizedText.Same("<1 ms"),
            { TotalSeconds: < 1 } => LocalizedText.Same($"{span.TotalMilliseconds:0} ms"),
            { TotalSeconds: < 60 } => new(
                span.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture) + " 秒",
                span.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture) + " s"),
            { TotalMinutes: < 60 } => new($"{(int)span.TotalMinutes} 分", $"{(int)span.TotalMinutes} min"),
            { TotalHours: < 24 } => span.Minutes == 0
                ? new($"{(int)span.TotalHours} 時間", $"{(int)span.TotalHours} h")
                : new($"{(int)span.TotalHours} 時間 {span.Minutes} 分", $"{(int)span.TotalHours} h {span.Minutes} min"),
            _ => Days((int)span.TotalDays, span.Hours),
        };
    }

    private static LocalizedText Days(int days, int hours)
    {
        var en = days == 1 ? "1 day" : $"{days} days";
        return hours == 0 ? new($"{days} 日", en) : new($"{days} 日 {hours} 時間", $"{en} {hours} h");
    }

    /// <summary>Since when: the time of day when it is today, with the date otherwise ("3:05 から", "since Nov 21 03:05").</summary>
    public static LocalizedText Since(DateTimeOffset since, DateTimeOffset now, TimeZoneInfo zone)
    {
        var then = TimeZoneInfo.ConvertTime(since, zone);
        var today = TimeZoneInfo.ConvertTime(now, zone);
        if (then.Date == today.Date)
            return new($"{then:HH:mm} から", $"since {then:HH:mm}");
        return new(
            then.ToString("M月d日 HH:mm", CultureInfo.InvariantCulture) + " から",
            "since " + then.ToString("MMM d HH:mm", CultureInfo.InvariantCulture));
    }

    /// <summary>
    /// A moment that stays true while time passes: "03:12" on the day of <paramref name="now"/>, "11月24日(火) 09:00" on another. As short as it
    /// can be without being mistaken.
    /// </summary>
    public static LocalizedText At(DateTimeOffset at, DateTimeOffset now, TimeZoneInfo zone)
    {
        var then = TimeZoneInfo.ConvertTime(at, zone);
        var clock = then.ToString("HH:mm", CultureInfo.InvariantCulture);
        return then.Date == TimeZoneInfo.ConvertTime(now, zone).Date
            ? LocalizedText.Same(clock)
            : new(
                then.ToString("M月d日", CultureInfo.InvariantCulture) + $"({Weekdays.Ja[(int)then.DayOfWeek]}) {clock}",
                then.ToString("ddd MMM d", CultureInfo.InvariantCulture) + " " + clock);
    }

    /// <summary>A full time stamp of the team's zone: <c>2026-11-23 03:12:05</c>.</summary>
    public static string Stamp(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
