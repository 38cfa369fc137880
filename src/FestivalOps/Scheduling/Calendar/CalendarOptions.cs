using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace FestivalOps.Scheduling.Calendar;

/// <summary>
/// When the team works. Section <c>Calendar</c>. The zone is <c>Language:TimeZone</c>; the guideline says 営業時間内 without naming hours,
/// so these are ours.
/// </summary>
internal sealed class CalendarOptions : IValidatableObject
{
    /// <summary>When business hours begin: <c>HH:mm</c>. Default: 09:00.</summary>
    public string Opens { get; set; } = "09:00";

    /// <summary>When business hours end: <c>HH:mm</c>, later than <see cref="Opens"/>; <c>24:00</c> is midnight. Default: 18:00.</summary>
    public string Closes { get; set; } = "18:00";

    /// <summary>Days of the week with business hours, with commas. Default: <c>Monday, Tuesday, Wednesday, Thursday, Friday</c>.</summary>
    public string WorkDays { get; set; } = "Monday, Tuesday, Wednesday, Thursday, Friday";

    /// <summary>Are Japan's public holidays days off? Default: true.</summary>
    public bool PublicHolidays { get; set; } = true;

    /// <summary>
    /// Further days off: <c>2026-08-13</c>, <c>2026-08-13..2026-08-15</c>, or every year <c>12-29..01-03</c>; a range has at most 60 days.
    /// Default: empty.
    /// </summary>
    public IList<string> DaysOff { get; set; } = [];

    /// <summary>Days with business hours although they would be off, written like <see cref="DaysOff"/>. They win over it. Default: empty.</summary>
    public IList<string> ExtraWorkDays { get; set; } = [];

    /// <summary>How long before the list of holidays ends the bot warns. Unit: days. Range: 1 to 300. Default: 60.</summary>
    [Range(1, 300)]
    public int WarnDaysBeforeEnd { get; set; } = 60;

    /// <summary>Business hours as spans from midnight; null when they can't be read.</summary>
    public (TimeSpan Opens, TimeSpan Closes)? Hours() => Clock(Opens) is { } opens && Clock(Closes) is { } closes && opens < closes ? (opens, closes) : null;

    /// <summary>The days of the week; null when they can't be read.</summary>
    public IReadOnlySet<DayOfWeek>? Days()
    {
        var words = WorkDays.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var days = words.Where(w => !char.IsAsciiDigit(w[0])).Select(w => Enum.TryParse<DayOfWeek>(w, ignoreCase: true, out var day) ? day : (DayOfWeek?)null).ToList();
        return days.Count == 0 || days.Count < words.Length || days.Contains(null) ? null : days.Select(d => d!.Value).ToHashSet();
    }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Hours() is null) yield return new("Opens and Closes must be times like 09:00 and 18:00, the first before the second.", [nameof(Opens)]);
        if (Days() is null) yield return new("WorkDays must name days of the week with commas: Monday, Tuesday, …", [nameof(WorkDays)]);
        foreach (var (name, entries) in new[] { (nameof(DaysOff), DaysOff), (nameof(ExtraWorkDays), ExtraWorkDays) })
        {
            foreach (var entry in entries.Where(e => CompanyDays.Read(e) is null))
                yield return new($"{name} must hold days like 2026-08-13, 2026-08-13..2026-08-15 or 12-29..01-03 (at most 60 days), but '{entry}' is none.", [name]);
        }
    }

    private static TimeSpan? Clock(string text)
    {
        if (text == "24:00") return TimeSpan.FromHours(24);
        return TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time.ToTimeSpan() : null;
    }
}
