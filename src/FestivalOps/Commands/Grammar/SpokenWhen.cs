using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using FestivalOps.Language;
using Microsoft.Extensions.Options;

namespace FestivalOps.Commands.Grammar;

/// <summary>A time that was read, or why none could be.</summary>
/// <param name="At">The moment, UTC; only when <paramref name="Problem"/> is null.</param>
/// <param name="Words">How many words it took.</param>
/// <param name="Problem">Null when it was read.</param>
internal sealed record ReadWhen(DateTimeOffset At, int Words, LocalizedText? Problem);

/// <summary>Knows when the team's next business morning begins. The business calendar implements it.</summary>
internal interface INextMorning
{
    /// <summary>The first business morning after <paramref name="now"/>, UTC.</summary>
    DateTimeOffset After(DateTimeOffset now);
}

/// <summary>
/// Reads times as people type them, in the team's zone: <c>14:00</c> is the next 14:00, <c>30m</c> and <c>2時間</c> count from now,
/// <c>明日 9:00</c>, <c>金曜 14時半</c>, <c>来週月曜</c>, <c>夕方5時</c>, <c>正午</c>, <c>11/24 9:00</c>, <c>morning</c>. Full-width digits and 25:00 (one at night) are understood.
/// What is over is refused with a sentence.
/// </summary>
internal sealed class SpokenWhen(IOptions<LanguageOptions> languages, INextMorning morning)
{
    /// <summary>The hour that a day without a time means: 9, the guideline's morning check.</summary>
    public const int MorningHour = 9;

    private const int MostWords = 4;

    private const int Longest = 60;

    private static readonly TimeSpan Furthest = TimeSpan.FromDays(366);

    private static readonly Regex Span = Pattern(
        $"(?:(?<d>{Number}) ?{Any(WhenTexts.Days)})? ?(?:(?<h>{Number}) ?{Any(WhenTexts.Hours)}(?<half>{WhenTexts.Half.Ja})?)? ?(?:(?<m>{Number}) ?{Any(WhenTexts.Minutes)})?");

    private static readonly Regex Moment = Pattern(
        $"(?<day>{Day}) ?(?:{Any(WhenTexts.Of)})? ?(?:{Clock}|(?<early>{Any(WhenTexts.Morning)}))|(?<day>{Day})|{Clock}");

    private static readonly Regex Early = Pattern($"(?<early>{Any(WhenTexts.BusinessMorning)})");

    private static string Number => @"\d{1,6}(?:\.\d{1,2})?";

    private static string Day =>
        $@"{Any(WhenTexts.Today)}|{Any(WhenTexts.Tomorrow)}|{Any(WhenTexts.AfterTomorrow)}|{Any(WhenTexts.NextWeek)}?(?:{string.Join('|', WhenTexts.Weekdays.Select(Any))})"
        + $@"|\d{{4}}[-/]\d{{1,2}}[-/]\d{{1,2}}|\d{{1,2}}/\d{{1,2}}|\d{{1,2}}{WhenTexts.Month.Ja}\d{{1,2}}{WhenTexts.Days.Ja}";

    private static string Clock =>
        $@"(?<noon>{Any(WhenTexts.BeforeNoon)}|{Any(WhenTexts.AfterNoon)})? ?(?<hour>\d{{1,2}})"
        + $@"(?::(?<minute>\d{{2}})|{WhenTexts.OClock.Ja}(?:(?<minute>\d{{1,2}}){WhenTexts.Minutes.Ja}|(?<half>{WhenTexts.Half.Ja}))?| ?(?<noon>am|pm))|(?<midday>{Any(WhenTexts.Midday)})";

    /// <summary>Reads as many of the words from <paramref name="first"/> on as belong to a time.</summary>
    public ReadWhen Read(ImmutableArray<string> words, int first, DateTimeOffset now)
    {
        var most = Math.Min(MostWords, words.Length - first);
        if (most <= 0) return new(default, 0, WhenTexts.Missing);
        for (var count = most; count > 0; count--)
        {
            var typed = string.Join(' ', words.Skip(first).Take(count));
            if (typed.Length > Longest) continue;
            if (Find(typed.Normalize(NormalizationForm.FormKC).ToLowerInvariant().Trim('+'), now) is not { } at) continue;
            var shown = CommandTexts.Typed(typed);
            if (at <= now) return new(default, count, WhenTexts.Past(shown));
            return at - now > Furthest ? new(default, count, WhenTexts.TooFar(shown)) : new(at.ToUniversalTime(), count, null);
        }
        // "until yesterday" is wrong about yesterday.
        var blamed = most > 1 && WhenTexts.Lead.Words.Contains(words[first], StringComparer.OrdinalIgnoreCase) ? first + 1 : first;
        return new(default, 0, WhenTexts.Unreadable(CommandTexts.Typed(words[blamed])));
    }

    /// <summary>True when the words from <paramref name="first"/> on begin with a day ("tomorrow", "11/24"), which is the same day whenever it is asked from.</summary>
    public static bool NamesDay(ImmutableArray<string> words, int first) => words.Length > first
        && Moment.Match(words[first].Normalize(NormalizationForm.FormKC).ToLowerInvariant()) is { Success: true } moment && moment.Groups["day"].Success;

    /// <summary>Reads a text that is nothing but a time.</summary>
    public ReadWhen Read(string text, DateTimeOffset now)
    {
        var words = CommandLine.Parse(text).Words;
        var read = Read(words, 0, now);
        return read.Problem is null && read.Words < words.Length ? new(default, 0, WhenTexts.Unreadable(CommandTexts.Typed(text))) : read;
    }

    private DateTimeOffset? Find(string typed, DateTimeOffset now)
    {
        if (Early.IsMatch(typed)) return morning.After(now);
        if (Span.Match(typed) is { Success: true } span && Length(span) is { } length) return now + length;
        return Moment.Match(typed) is { Success: true } moment ? At(moment, now) : null;
    }

    private static TimeSpan? Length(Match span)
    {
        if (!span.Groups["d"].Success && !span.Groups["h"].Success && !span.Groups["m"].Success) return null;
        return TimeSpan.FromDays(Value("d")) + TimeSpan.FromHours(Value("h")) + TimeSpan.FromMinutes(span.Groups["half"].Success ? 30 : 0) + TimeSpan.FromMinutes(Value("m"));

        double Value(string name) => span.Groups[name] is { Success: true } g ? double.Parse(g.Value, CultureInfo.InvariantCulture) : 0;
    }

    private DateTimeOffset? At(Match moment, DateTimeOffset now)
    {
        var zone = languages.Value.GetZone();
        var today = TimeZoneInfo.ConvertTime(now, zone).Date;
        DateTime? day = moment.Groups["day"] is { Success: true } named ? Date(named.Value, today) : today;
        if (day is null || Time(moment) is not { } time) return null;
        var at = InZone(day.Value + time, zone);
        // A bare time that has passed today is tomorrow's.
        return at <= now && !moment.Groups["day"].Success ? InZone(day.Value.AddDays(1) + time, zone) : at;
    }

    private static TimeSpan? Time(Match moment)
    {
        if (moment.Groups["midday"].Success) return TimeSpan.FromHours(12);
        if (!moment.Groups["hour"].Success) return TimeSpan.FromHours(MorningHour);
        var hour = int.Parse(moment.Groups["hour"].Value, CultureInfo.InvariantCulture);
        var minute = moment.Groups["half"].Success ? 30
            : moment.Groups["minute"] is { Success: true } m ? int.Parse(m.Value, CultureInfo.InvariantCulture) : 0;
        if (moment.Groups["noon"] is { Success: true } noon)
        {
            if (hour > 12) return null;
            hour = (hour % 12) + (Is(noon.Value, WhenTexts.AfterNoon) ? 12 : 0);
        }
        // Up to 29:59: the hours after midnight, as Japanese timetables count them.
        return hour < 30 && minute < 60 ? new TimeSpan(hour, minute, 0) : null;
    }

    private static DateTime? Date(string day, DateTime today)
    {
        if (Is(day, WhenTexts.Today)) return today;
        if (Is(day, WhenTexts.Tomorrow)) return today.AddDays(1);
        if (Is(day, WhenTexts.AfterTomorrow)) return today.AddDays(2);
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        for (var weekday = 0; weekday < 7; weekday++)
        {
            if (IsNextWeeks(day, WhenTexts.Weekdays[weekday])) return monday.AddDays(7 + weekday);
            // Monday is 0 in the list; a weekday is the next one, never today.
            if (Is(day, WhenTexts.Weekdays[weekday])) return today.AddDays(1 + ((weekday - (int)today.DayOfWeek + 7) % 7));
        }
        var numbers = Regex.Matches(day, @"\d+", RegexOptions.None, TimeSpan.FromSeconds(1)).Select(n => int.Parse(n.Value, CultureInfo.InvariantCulture)).ToList();
        if (numbers.Count == 3) return Valid(numbers[0], numbers[1], numbers[2]);
        var thisYear = Valid(today.Year, numbers[0], numbers[1]);
        // In December, 1/5 is next year's; last week's date is a slip.
        return thisYear < today.AddMonths(-6) ? Valid(today.Year + 1, numbers[0], numbers[1]) : thisYear;
    }

    private static DateTime? Valid(int year, int month, int day) =>
        year is >= 2000 and < 9000 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified) : null;

    private static DateTimeOffset InZone(DateTime local, TimeZoneInfo zone)
    {
        if (zone.IsInvalidTime(local)) local = local.AddHours(1);
        return new(local, zone.GetUtcOffset(local));
    }

    private static bool Is(string word, LocalizedText words) => Pattern(Any(words)).IsMatch(word);

    private static bool IsNextWeeks(string word, LocalizedText weekday) => Pattern(Any(WhenTexts.NextWeek) + Any(weekday)).IsMatch(word);

    private static string Any(LocalizedText words) => $"(?:{words.Ja}|{words.En})";

    private static Regex Pattern(string core) => new(
        $"^(?:{Any(WhenTexts.Lead)} ?)?(?:{core})(?: ?{Any(WhenTexts.Tail)}){{0,2}}$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromMilliseconds(200));
}
