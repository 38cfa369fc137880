using FestivalOps.Language;

namespace FestivalOps.Scheduling.Calendar;

/// <summary>The names of holidays. The list has Japanese ones only, and one word for both kinds of day off in lieu.</summary>
internal static class HolidayNames
{
    /// <summary>Off because a holiday fell on a Sunday (国民の祝日に関する法律, article 3, 2).</summary>
    public static readonly LocalizedText Substitute = new("振替休日", "substitute holiday");

    /// <summary>Off because it lies between two holidays (article 3, 3).</summary>
    public static readonly LocalizedText Between = new("国民の休日", "citizens' holiday");

    /// <summary>What the list writes for substitute holidays and citizens' holidays.</summary>
    public const string InLieu = "休日";

    private static readonly Dictionary<string, LocalizedText> Named = new[]
    {
        new LocalizedText("元日", "New Year's Day"),
        new LocalizedText("成人の日", "Coming of Age Day"),
        new LocalizedText("建国記念の日", "National Foundation Day"),
        new LocalizedText("天皇誕生日", "Emperor's Birthday"),
        new LocalizedText("春分の日", "Vernal Equinox Day"),
        new LocalizedText("昭和の日", "Showa Day"),
        new LocalizedText("憲法記念日", "Constitution Memorial Day"),
        new LocalizedText("みどりの日", "Greenery Day"),
        new LocalizedText("こどもの日", "Children's Day"),
        new LocalizedText("海の日", "Marine Day"),
        new LocalizedText("山の日", "Mountain Day"),
        new LocalizedText("敬老の日", "Respect for the Aged Day"),
        new LocalizedText("秋分の日", "Autumnal Equinox Day"),
        new LocalizedText("スポーツの日", "Sports Day"),
        new LocalizedText("文化の日", "Culture Day"),
        new LocalizedText("勤労感謝の日", "Labour Thanksgiving Day"),
    }.ToDictionary(n => n.Ja, StringComparer.Ordinal);

    /// <summary>The name of a holiday that the list names; one that it introduces later keeps its Japanese name.</summary>
    public static LocalizedText Of(string japanese) => Named.GetValueOrDefault(japanese) ?? LocalizedText.Same(japanese);
}
