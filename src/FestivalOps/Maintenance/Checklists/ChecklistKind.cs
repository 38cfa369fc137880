using System.Globalization;

namespace FestivalOps.Maintenance.Checklists;

/// <summary>The lists of the guideline (セキュリティチェックリスト).</summary>
internal enum ChecklistKind
{
    /// <summary>日次セキュリティチェック.</summary>
    Daily,

    /// <summary>週次セキュリティチェック.</summary>
    Weekly,

    /// <summary>月次セキュリティチェック.</summary>
    Monthly,
}

/// <summary>The days that a list speaks for: one day, a week from Monday on, a month. Evidence from before it does not count.</summary>
/// <param name="Kind">Which list.</param>
/// <param name="First">Its first day.</param>
/// <param name="Last">Its last day.</param>
internal sealed record ChecklistPeriod(ChecklistKind Kind, DateOnly First, DateOnly Last)
{
    /// <summary>Names it: <c>Weekly:2026-11-23</c>. There is one list of a key.</summary>
    public string Key => string.Create(CultureInfo.InvariantCulture, $"{Kind}:{First:yyyy-MM-dd}");

    /// <summary>The period of a kind in which <paramref name="day"/> lies.</summary>
    public static ChecklistPeriod Of(ChecklistKind kind, DateOnly day)
    {
        switch (kind)
        {
            case ChecklistKind.Weekly:
                var monday = day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
                return new(kind, monday, monday.AddDays(6));
            case ChecklistKind.Monthly:
                var first = new DateOnly(day.Year, day.Month, 1);
                return new(kind, first, first.AddMonths(1).AddDays(-1));
            default:
                return new(kind, day, day);
        }
    }

    /// <summary>Its first moment in <paramref name="zone"/>, UTC.</summary>
    public DateTimeOffset Begin(TimeZoneInfo zone)
    {
        var local = First.ToDateTime(TimeOnly.MinValue);
        if (zone.IsInvalidTime(local)) local = local.AddHours(1);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
