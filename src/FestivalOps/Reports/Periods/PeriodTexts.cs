using System.Globalization;
using FestivalOps.Language;

namespace FestivalOps.Reports.Periods;

/// <summary>The words of periods in both languages, and what is said when a period can't be used.</summary>
internal static class PeriodTexts
{
    public static readonly LocalizedText Today = new("今日|本日|きょう", "today");
    public static readonly LocalizedText Tomorrow = new("明日|あした|翌日", "tomorrow");
    public static readonly LocalizedText DayAfterTomorrow = new("明後日|あさって", "day after tomorrow");
    public static readonly LocalizedText NextWeek = new("来週|翌週", "next ?week");
    public static readonly LocalizedText NextMonth = new("来月|翌月", "next ?month");
    public static readonly LocalizedText Yesterday = new("昨日|きのう|前日", "yesterday");
    public static readonly LocalizedText DayBeforeYesterday = new("一昨日|おととい", "day before yesterday");
    public static readonly LocalizedText ThisWeek = new("今週", "this ?week");
    public static readonly LocalizedText LastWeek = new("先週|前週", "last ?week|previous week");
    public static readonly LocalizedText WeekBeforeLast = new("先々週", "week before last");
    public static readonly LocalizedText ThisMonth = new("今月|当月", "this ?month");
    public static readonly LocalizedText LastMonth = new("先月|前月", "last ?month|previous month");
    public static readonly LocalizedText MonthBeforeLast = new("先々月", "month before last");
    public static readonly LocalizedText Year = new("年", "year");
    public static readonly LocalizedText Month = new("月", "month");
    public static readonly LocalizedText Day = new("日", "day");
    public static readonly LocalizedText Week = new("週", "week");
    public static readonly LocalizedText Nth = new("第", "no");

    private static readonly LocalizedText Weekdays = new("日月火水木金土", "SMTWTFS");

    private static readonly LocalizedText Example = new(
        "例: `daily 昨日`、`daily 2026-11-27`、`weekly 先週`、`weekly 2026-W43`、`monthly 今月`、`monthly 2026-10`",
        "Examples: `daily yesterday`, `daily 2026-11-27`, `weekly last week`, `weekly 2026-W43`, `monthly this month`, `monthly 2026-10`.");

    public static LocalizedText Title(Period period) => period.Kind switch
    {
        ReportKind.Weekly => new(
            $"{period.WeekNumber.Year}年 第{period.WeekNumber.Number}週 ({Short(period.First).Ja}〜{Short(period.Last).Ja})",
            $"week {period.WeekNumber.Number} of {period.WeekNumber.Year} ({Short(period.First).En} – {Short(period.Last).En})"),
        ReportKind.Monthly => new($"{period.First.Year}年{period.First.Month}月", period.First.ToString("MMMM yyyy", CultureInfo.InvariantCulture)),
        _ => new(
            $"{period.First.Year}年{period.First.Month}月{period.First.Day}日({Weekdays.Ja[(int)period.First.DayOfWeek]})",
            period.First.ToString("dddd, MMMM d, yyyy", CultureInfo.InvariantCulture)),
    };

    /// <summary>"10/19", "Oct 19".</summary>
    public static LocalizedText Short(DateOnly day) => new(
        day.ToString("M/d", CultureInfo.InvariantCulture), day.ToString("MMM d", CultureInfo.InvariantCulture));

    public static LocalizedText Kind(ReportKind kind) => kind switch
    {
        ReportKind.Weekly => new("週次レポート", "Weekly report"),
        ReportKind.Monthly => new("月次レポート", "Monthly report"),
        _ => new("日次レポート", "Daily report"),
    };

    /// <summary>How the period before is called.</summary>
    public static LocalizedText BeforeName(ReportKind kind) => kind switch
    {
        ReportKind.Weekly => new("前週", "week before"),
        ReportKind.Monthly => new("前月", "month before"),
        _ => new("前日", "day before"),
    };

    /// <summary>How the same period of the year before is called.</summary>
    public static LocalizedText YearBeforeName(ReportKind kind) => kind switch
    {
        ReportKind.Weekly => new("前年同週", "same week last year"),
        ReportKind.Monthly => new("前年同月", "same month last year"),
        _ => new("前年同日", "same day last year"),
    };

    /// <summary>The same for the head of a table when it is only compared with as far as the report's own period has come.</summary>
    public static LocalizedText SamePart(LocalizedText name) => new($"{name.Ja} (同じ時点まで)", $"{name.En} (until the same time)");

    public static LocalizedText Unreadable(string typed) => new(
        $"「`{typed}`」を期間として読み取れません。{Example.Ja}", $"`{typed}` is not a period that I can read. {Example.En}");

    public static LocalizedText NoSuchMonth(int month) => new(
        $"{month}月はありません。月は 1〜12 で指定してください。例: `2026-10`、`10月`", $"There is no month {month}. Months are 1 to 12, for example `2026-10` or `october`.");

    public static LocalizedText NoSuchDay(int year, int month, int day) => new(
        $"{year}年{month}月{day}日はありません。{month}月は {DateTime.DaysInMonth(year, month)} 日までです。",
        $"There is no day {day} in {new DateOnly(year, month, 1).ToString("MMMM yyyy", CultureInfo.InvariantCulture)}: it has {DateTime.DaysInMonth(year, month)} days.");

    public static LocalizedText NoSuchWeek(int year, int week) => new(
        $"{year}年に第{week}週はありません。第1〜{ISOWeek.GetWeeksInYear(year)}週で指定してください。",
        $"There is no week {week} in {year}: it has {ISOWeek.GetWeeksInYear(year)} weeks.");

    public static LocalizedText Future(Period period) => new(
        $"{period.Title.Ja}はまだ始まっていません。過去か進行中の期間を指定してください。", $"{Capital(period.Title.En)} has not begun yet. Please name a period that has.");

    public static LocalizedText OtherLength(ReportKind kind, string typed) => kind switch
    {
        ReportKind.Weekly => new($"「`{typed}`」は 1 週間ではありません。週次レポートには週か、その週の日付を指定してください。例: `2026-W43`、`先週`",
            $"`{typed}` is not a week. Name a week, or a day of it: `2026-W43`, `last week`."),
        ReportKind.Monthly => new($"「`{typed}`」は 1 か月ではありません。月次レポートには月か、その月の日付を指定してください。例: `2026-10`、`先月`",
            $"`{typed}` is not a month. Name a month, or a day of it: `2026-10`, `last month`."),
        _ => new($"「`{typed}`」は 1 日ではありません。日次レポートには日付を指定してください。例: `2026-11-27`、`昨日`",
            $"`{typed}` is not a day. Name a day: `2026-11-27`, `yesterday`."),
    };

    public static LocalizedText BeforeData(Period period, DateOnly first) => new(
        $"{period.Title.Ja}のデータはありません。記録は {first:yyyy-MM-dd} からです。それ以降の期間を指定してください。",
        $"There is no data of {period.Title.En}: the first is from {first:yyyy-MM-dd}. Please name a period after that.");

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
