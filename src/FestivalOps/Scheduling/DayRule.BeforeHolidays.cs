using System.Globalization;
using FestivalOps.Scheduling.Calendar;

namespace FestivalOps.Scheduling;

internal abstract partial record DayRule
{
    /// <summary>
    /// The last business day before a stretch of at least <paramref name="Days"/> days off in a row; weekends, public holidays and company days
    /// count alike. With 3 an ordinary weekend is none.
    /// </summary>
    internal sealed record BeforeHolidays(int Days) : DayRule
    {
        /// <summary>Longest stretch that a setting may ask for: 30 days.</summary>
        public const int Most = 30;

        private const string Begin = "before holidays ";

        /// <inheritdoc/>
        public override string Words => Begin + Days.ToString(CultureInfo.InvariantCulture);

        /// <summary>Reads <see cref="Words"/> in lower case; null when they are none.</summary>
        public static BeforeHolidays? Of(string text) =>
            text.StartsWith(Begin, StringComparison.Ordinal) && Number(text[Begin.Length..], Most) is { } days ? new(days) : null;

        /// <inheritdoc/>
        public override bool Holds(DateOnly day, BusinessCalendar calendar)
        {
            if (!calendar.IsBusinessDay(day)) return false;
            for (var off = 1; off <= Days; off++)
            {
                if (calendar.IsBusinessDay(day.AddDays(off))) return false;
            }
            return true;
        }
    }
}
