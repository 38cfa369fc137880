using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using FestivalOps.Language;

namespace FestivalOps.Reports.Periods;

/// <summary>For how long a report speaks.</summary>
internal enum ReportKind
{
    /// <summary>One day.</summary>
    Daily,

    /// <summary>A week of ISO 8601: Monday to Sunday.</summary>
    Weekly,

    /// <summary>A calendar month.</summary>
    Monthly,
}

/// <summary>The days that a report speaks for, in the team's zone. Make it with <see cref="Of"/>.</summary>
/// <param name="Kind">How long.</param>
/// <param name="First">Its first day.</param>
/// <param name="Last">Its last day.</param>
[JsonConverter(typeof(PeriodJson))]
internal sealed record Period(ReportKind Kind, DateOnly First, DateOnly Last)
{
    /// <summary>Names it in the store: <c>daily:2026-11-28</c>, <c>weekly:2026-W48</c>, <c>monthly:2026-10</c>.</summary>
    public string Key => $"{Kind.Word()}:{Name}";

    /// <summary>As people may type it and as files are called: <c>2026-11-28</c>, <c>2026-W48</c>, <c>2026-10</c>.</summary>
    public string Name => Kind switch
    {
        ReportKind.Weekly => string.Create(CultureInfo.InvariantCulture, $"{WeekYear:0000}-W{Week:00}"),
        ReportKind.Monthly => First.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        _ => First.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    };

    /// <summary>How many days it has.</summary>
    public int Days => Last.DayNumber - First.DayNumber + 1;

    /// <summary>For people: "2026年10月", "October 2026".</summary>
    public LocalizedText Title => PeriodTexts.Title(this);

    /// <summary>The one right before it.</summary>
    public Period Before => Of(Kind, First.AddDays(-1));

    /// <summary>
    /// The same a year ago: the same month, the week of the same number, the day of the same date (of February 29 the 28th). Null for a week 53
    /// that the year before did not have.
    /// </summary>
    public Period? YearBefore => Kind switch
    {
        ReportKind.Weekly => Week > ISOWeek.GetWeeksInYear(WeekYear - 1) ? null : OfWeek(WeekYear - 1, Week),
        _ => Of(Kind, First.AddYears(-1)),
    };

    private int Week => ISOWeek.GetWeekOfYear(First.ToDateTime(TimeOnly.MinValue));

    private int WeekYear => ISOWeek.GetYear(First.ToDateTime(TimeOnly.MinValue));

    /// <summary>The number of the week within its year, 1 to 53, and that year.</summary>
    public (int Year, int Number) WeekNumber => (WeekYear, Week);

    /// <summary>The period of a kind in which <paramref name="day"/> lies.</summary>
    public static Period Of(ReportKind kind, DateOnly day)
    {
        switch (kind)
        {
            case ReportKind.Weekly:
                var monday = day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
                return new(kind, monday, monday.AddDays(6));
            case ReportKind.Monthly:
                var first = new DateOnly(day.Year, day.Month, 1);
                return new(kind, first, first.AddMonths(1).AddDays(-1));
            default:
                return new(kind, day, day);
        }
    }

    /// <summary>A week by its number; the caller has seen to it that the year has one.</summary>
    public static Period OfWeek(int year, int week) => Of(ReportKind.Weekly, DateOnly.FromDateTime(ISOWeek.ToDateTime(year, week, DayOfWeek.Monday)));

    /// <summary>When it lies in <paramref name="zone"/>.</summary>
    public PeriodSpan In(TimeZoneInfo zone) => new(this, [.. Enumerable.Range(0, Days + 1).Select(d => Midnight(First.AddDays(d), zone))]);

    // A midnight that a change of the clocks leaves out is an hour later; of one that comes twice, the first.
    private static DateTimeOffset Midnight(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        if (zone.IsInvalidTime(local)) local = local.AddHours(1);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}

/// <summary>A period with its moments.</summary>
/// <param name="Period">The period.</param>
/// <param name="Midnights">The beginning of each of its days, and its end; UTC. Of a part, its days until there.</param>
internal sealed record PeriodSpan(Period Period, IReadOnlyList<DateTimeOffset> Midnights)
{
    /// <summary>
    /// So long after its end a period counts as closed: 1 hour, in which what was under way at midnight is written. Until then nothing of it is
    /// kept for good.
    /// </summary>
    public static readonly TimeSpan Settling = TimeSpan.FromHours(1);

    /// <summary>True when it stands for the first part of its period only.</summary>
    public bool IsPart { get; init; }

    /// <summary>Its first part, as long as <paramref name="elapsed"/>; all of it when it is no longer than that.</summary>
    public PeriodSpan Beginning(TimeSpan elapsed) => Begin + elapsed >= End
        ? this
        : this with { Midnights = [.. Midnights.Where(m => m < Begin + elapsed), Begin + elapsed], IsPart = true };

    /// <summary>Its first moment, UTC.</summary>
    public DateTimeOffset Begin => Midnights[0];

    /// <summary>The first moment after it, UTC.</summary>
    public DateTimeOffset End => Midnights[^1];

    /// <summary>True when nothing of it changes any more.</summary>
    public bool IsClosed(DateTimeOffset now) => !IsPart && now >= End + Settling;

    /// <summary>Until when there can be anything, UTC: its end, or now when it is under way.</summary>
    public DateTimeOffset Until(DateTimeOffset now) => now < End ? now : End;

    /// <summary>The day in which <paramref name="at"/> lies; the moment must lie in the period.</summary>
    public DateOnly Day(DateTimeOffset at)
    {
        var day = 0;
        while (day < Midnights.Count - 2 && at >= Midnights[day + 1]) day++;
        return Period.First.AddDays(day);
    }
}

/// <summary>The kinds as they are typed.</summary>
internal static class ReportKinds
{
    /// <summary><c>daily</c>, <c>weekly</c>, <c>monthly</c>.</summary>
    public static string Word(this ReportKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>The kind of a word, or null.</summary>
    public static ReportKind? Read(string word) => word switch
    {
        "daily" => ReportKind.Daily,
        "weekly" => ReportKind.Weekly,
        "monthly" => ReportKind.Monthly,
        _ => null,
    };
}

/// <summary>A period as its kind and first day: <c>monthly 2026-10-01</c>.</summary>
internal sealed class PeriodJson : JsonConverter<Period>
{
    /// <inheritdoc/>
    public override Period Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var parts = (reader.GetString() ?? "").Split(' ');
        return parts is [var kind, var first] && ReportKinds.Read(kind) is { } known && DateOnly.TryParseExact(first, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? Period.Of(known, day)
            : throw new JsonException("This is no period.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Period value, JsonSerializerOptions options) =>
        writer.WriteStringValue(string.Create(CultureInfo.InvariantCulture, $"{value.Kind.Word()} {value.First:yyyy-MM-dd}"));
}
