using System.Globalization;

namespace FestivalOps.Scheduling.Calendar;

/// <summary>
/// The public holidays of Japan, from the Cabinet Office's published list, which is part of the program (<c>holidays-ja.csv</c>). It is
/// published each February for the year after: outside of its range nobody knows the equinoxes yet.
/// </summary>
internal sealed class HolidayList
{
    private readonly Dictionary<DateOnly, Holiday> _days;

    private HolidayList(DateOnly first, DateOnly last, string source, Dictionary<DateOnly, Holiday> days) =>
        (First, Last, Source, _days) = (first, last, source, days);

    /// <summary>The list that the program carries.</summary>
    public static HolidayList Japan { get; } = Load();

    /// <summary>First day that the list speaks for.</summary>
    public DateOnly First { get; }

    /// <summary>Last day that the list speaks for.</summary>
    public DateOnly Last { get; }

    /// <summary>Where the list is from.</summary>
    public string Source { get; }

    /// <summary>All of them, in order.</summary>
    public IEnumerable<Holiday> Days => _days.Values.OrderBy(d => d.Date);

    /// <summary>The holiday on this day; null when it is none, or when the list doesn't reach so far.</summary>
    public Holiday? On(DateOnly date) => _days.GetValueOrDefault(date);

    /// <summary>Reads the file's text: <c># source:</c>, <c># range: FIRST..LAST</c>, then one <c>DATE,NAME</c> a line in order.</summary>
    /// <exception cref="FormatException">A line can't be read.</exception>
    public static HolidayList Parse(string text)
    {
        var (source, range) = ("", "");
        var names = new SortedDictionary<DateOnly, string>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (line.StartsWith("# source: ", StringComparison.Ordinal)) source = line["# source: ".Length..];
            else if (line.StartsWith("# range: ", StringComparison.Ordinal)) range = line["# range: ".Length..];
            else if (!line.StartsWith('#') && line.Split(',') is [var date, var name]) names.Add(Day(date), name);
            else if (!line.StartsWith('#')) throw new FormatException($"'{line}' is not DATE,NAME.");
        }
        if (range.Split("..") is not [var first, var last]) throw new FormatException("The list of holidays doesn't say its range.");
        var days = names.ToDictionary(n => n.Key, n => new Holiday(n.Key, n.Value == HolidayNames.InLieu ? InLieu(n.Key, names) : HolidayNames.Of(n.Value)));
        return new(Day(first), Day(last), source, days);
    }

    // A day in lieu of a Sunday follows an unbroken run of holidays that begins on or before that Sunday; any other lies between two.
    private static Language.LocalizedText InLieu(DateOnly date, SortedDictionary<DateOnly, string> names)
    {
        for (var before = date.AddDays(-1); names.TryGetValue(before, out var name) && name != HolidayNames.InLieu; before = before.AddDays(-1))
        {
            if (before.DayOfWeek == DayOfWeek.Sunday) return HolidayNames.Substitute;
        }
        return HolidayNames.Between;
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static HolidayList Load()
    {
        using var file = typeof(HolidayList).Assembly.GetManifestResourceStream("holidays-ja.csv")
            ?? throw new InvalidOperationException("The program was built without its list of holidays.");
        using var reader = new StreamReader(file);
        return Parse(reader.ReadToEnd());
    }
}
