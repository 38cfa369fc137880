using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using FestivalOps.Commands;
using FestivalOps.Language;

namespace FestivalOps.Reports.Periods;

/// <summary>A period that was read, or why none could be.</summary>
/// <param name="Period">The period; null when there is a problem.</param>
/// <param name="Problem">Null when it was read.</param>
internal sealed record ReadPeriod(Period? Period, LocalizedText? Problem)
{
    /// <summary>It was read.</summary>
    public static ReadPeriod Of(Period period) => new(period, null);

    /// <summary>It can't be used.</summary>
    public static ReadPeriod Refused(LocalizedText why) => new(null, why);
}

/// <summary>
/// Reads periods as people type them: <c>2026-10</c>, <c>10月</c>, <c>october</c>, <c>先月</c>, <c>2026-W43</c>, <c>第43週</c>, <c>last week</c>,
/// <c>2026-11-27</c>, <c>11/27</c>, <c>yesterday</c>. A name without its year is the newest that has begun. A day also names the week or
/// month in which it lies. Pure.
/// </summary>
internal static class PeriodReading
{
    private const int Longest = 60;

    private const string Y = "(?<y>[0-9]{4})", M = "(?<m>[0-9]{1,2})", D = "(?<d>[0-9]{1,2})", W = "(?<w>[0-9]{1,2})";

    private static readonly string[] MonthNames = CultureInfo.InvariantCulture.DateTimeFormat.MonthNames[..12];

    private static readonly Regex ADay = Pattern(
        $@"(?:{Y}[-/.])?{M}/{D}|{Y}[-/.]{M}[-/.]{D}|(?:{Y}{PeriodTexts.Year.Ja} ?)?{M}{PeriodTexts.Month.Ja} ?{D}{PeriodTexts.Day.Ja}");

    private static readonly Regex AWeek = Pattern(
        $@"(?:{Y}[- ]?)?w ?{W}|(?:{Y}{PeriodTexts.Year.Ja} ?)?{PeriodTexts.Nth.Ja}?{W}{PeriodTexts.Week.Ja}|week {W}(?: (?:of )?{Y})?");

    private static readonly Regex AMonth = Pattern($@"{Y}[-/.]{M}|(?:{Y}{PeriodTexts.Year.Ja} ?)?{M}{PeriodTexts.Month.Ja}|(?<name>[a-z]{{3,9}})\.?(?: {Y})?");

    /// <summary>The last one that is over: yesterday, last week, last month.</summary>
    public static Period Newest(ReportKind kind, DateOnly today) => Period.Of(kind, today).Before;

    /// <summary>Reads what was typed; nothing is the last one that is over.</summary>
    /// <param name="kind">How long it is to be.</param>
    /// <param name="typed">As it was typed; foreign text.</param>
    /// <param name="today">Today in the team's zone.</param>
    public static ReadPeriod Read(ReportKind kind, string typed, DateOnly today)
    {
        var text = typed.Length > Longest ? typed : typed.Normalize(NormalizationForm.FormKC).ToLowerInvariant().Trim();
        if (text.Length == 0) return ReadPeriod.Of(Newest(kind, today));
        var shown = CommandTexts.Typed(typed);
        if (text.Length > Longest) return ReadPeriod.Refused(PeriodTexts.Unreadable(shown));
        var read = Relative(text, today) is { } near ? ReadPeriod.Of(near) : Named(text, today) ?? ReadPeriod.Refused(PeriodTexts.Unreadable(shown));
        if (read.Period is not { } period) return read;
        if (period.Kind != kind && period.Kind != ReportKind.Daily) return ReadPeriod.Refused(PeriodTexts.OtherLength(kind, shown));
        var wanted = Period.Of(kind, period.First);
        return wanted.First > today || period.First > today ? ReadPeriod.Refused(PeriodTexts.Future(period.First > today ? period : wanted)) : ReadPeriod.Of(wanted);
    }

    private static Period? Relative(string text, DateOnly today)
    {
        if (Is(text, PeriodTexts.Today)) return Period.Of(ReportKind.Daily, today);
        if (Is(text, PeriodTexts.Tomorrow)) return Period.Of(ReportKind.Daily, today.AddDays(1));
        if (Is(text, PeriodTexts.DayAfterTomorrow)) return Period.Of(ReportKind.Daily, today.AddDays(2));
        if (Is(text, PeriodTexts.NextWeek)) return Period.Of(ReportKind.Weekly, today.AddDays(7));
        if (Is(text, PeriodTexts.NextMonth)) return Period.Of(ReportKind.Monthly, today.AddDays(1 - today.Day).AddMonths(1));
        if (Is(text, PeriodTexts.Yesterday)) return Period.Of(ReportKind.Daily, today.AddDays(-1));
        if (Is(text, PeriodTexts.DayBeforeYesterday)) return Period.Of(ReportKind.Daily, today.AddDays(-2));
        if (Is(text, PeriodTexts.ThisWeek)) return Period.Of(ReportKind.Weekly, today);
        if (Is(text, PeriodTexts.LastWeek)) return Period.Of(ReportKind.Weekly, today).Before;
        if (Is(text, PeriodTexts.WeekBeforeLast)) return Period.Of(ReportKind.Weekly, today).Before.Before;
        if (Is(text, PeriodTexts.ThisMonth)) return Period.Of(ReportKind.Monthly, today);
        if (Is(text, PeriodTexts.LastMonth)) return Period.Of(ReportKind.Monthly, today).Before;
        return Is(text, PeriodTexts.MonthBeforeLast) ? Period.Of(ReportKind.Monthly, today).Before.Before : null;
    }

    private static ReadPeriod? Named(string text, DateOnly today)
    {
        if (ADay.Match(text) is { Success: true } day) return OfDay(Number(day, "y"), Number(day, "m")!.Value, Number(day, "d")!.Value, today);
        if (AWeek.Match(text) is { Success: true } week) return OfWeek(Number(week, "y"), Number(week, "w")!.Value, today);
        if (AMonth.Match(text) is not { Success: true } month) return null;
        return (Number(month, "m") ?? MonthOf(month.Groups["name"].Value)) is { } number ? OfMonth(Number(month, "y"), number, today) : null;
    }

    private static ReadPeriod OfDay(int? year, int month, int day, DateOnly today)
    {
        if (month is < 1 or > 12) return ReadPeriod.Refused(PeriodTexts.NoSuchMonth(month));
        if (year is { } given && !IsYear(given)) return ReadPeriod.Refused(PeriodTexts.Unreadable($"{given}-{month}-{day}"));
        var chosen = year ?? today.Year;
        // February 29 without a year is that of the newest leap year.
        if (year is null && (month, day) == (2, 29)) while (!DateTime.IsLeapYear(chosen) || new DateOnly(chosen, 2, 29) > today) chosen--;
        if (day < 1 || day > DateTime.DaysInMonth(chosen, month)) return ReadPeriod.Refused(PeriodTexts.NoSuchDay(chosen, month, day));
        var date = new DateOnly(chosen, month, day);
        return ReadPeriod.Of(Period.Of(ReportKind.Daily, year is null && date > today ? date.AddYears(-1) : date));
    }

    private static ReadPeriod OfWeek(int? year, int week, DateOnly today)
    {
        if (year is { } given && !IsYear(given)) return ReadPeriod.Refused(PeriodTexts.Unreadable($"{given}-W{week}"));
        var chosen = year ?? Period.Of(ReportKind.Weekly, today).WeekNumber.Year;
        // A week 53 without a year is that of the newest year that had one.
        if (year is null && week is >= 1 and <= 53) while (week > ISOWeek.GetWeeksInYear(chosen) || Period.OfWeek(chosen, week).First > today) chosen--;
        return week < 1 || week > ISOWeek.GetWeeksInYear(chosen) ? ReadPeriod.Refused(PeriodTexts.NoSuchWeek(chosen, week)) : ReadPeriod.Of(Period.OfWeek(chosen, week));
    }

    private static ReadPeriod OfMonth(int? year, int month, DateOnly today)
    {
        if (month is < 1 or > 12) return ReadPeriod.Refused(PeriodTexts.NoSuchMonth(month));
        if (year is { } given && !IsYear(given)) return ReadPeriod.Refused(PeriodTexts.Unreadable($"{given}-{month}"));
        var first = new DateOnly(year ?? today.Year, month, 1);
        return ReadPeriod.Of(Period.Of(ReportKind.Monthly, year is null && first > today ? first.AddYears(-1) : first));
    }

    private static bool IsYear(int year) => year is >= 2000 and <= 2100;

    private static int? Number(Match match, string name) => match.Groups[name] is { Success: true } g ? int.Parse(g.Value, NumberStyles.None, CultureInfo.InvariantCulture) : null;

    private static int? MonthOf(string name)
    {
        if (name.Length < 3) return null;
        var found = Array.FindIndex(MonthNames, m => m.StartsWith(name, StringComparison.OrdinalIgnoreCase));
        return found < 0 ? null : found + 1;
    }

    private static bool Is(string text, LocalizedText words) => Pattern($"{words.Ja}|{words.En}").IsMatch(text);

    private static Regex Pattern(string core) => new($"^(?:{core})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromMilliseconds(200));
}
