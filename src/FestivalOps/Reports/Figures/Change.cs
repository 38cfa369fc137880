using System.Globalization;
using FestivalOps.Language;

namespace FestivalOps.Reports.Figures;

/// <summary>What became of a figure since another period.</summary>
/// <param name="Kind">The figure.</param>
/// <param name="Now">Its value.</param>
/// <param name="Then">Its value in the other period.</param>
internal sealed record Change(FigureKind Kind, decimal Now, decimal Then)
{
    /// <summary>Below so many there is too little to speak of a change: 10 of what is counted.</summary>
    public const decimal WorthFrom = 10;

    /// <summary>The change of two figures; null when one is missing or does not stand for its whole period.</summary>
    public static Change? Of(Figure? now, Figure? then) => now is { Value: { } value, Partly: null } && then is { Value: { } before, Partly: null } ? new(now.Kind, value, before) : null;

    /// <summary>By how much, in percent of what it was; null when it was 0.</summary>
    public decimal? Percent => Then == 0 ? null : (Now - Then) / Math.Abs(Then) * 100;

    /// <summary>▲ more, ▼ less, → the same: readable without colours.</summary>
    public string Arrow => Now > Then ? "▲" : Now < Then ? "▼" : "→";

    /// <summary>
    /// "▲ 12.3 %", of percentages "▼ 0.2 pt". What was 0 has no percentage: "▲ 35". What grew tenfold is said as what it was.
    /// </summary>
    public LocalizedText Text
    {
        get
        {
            if (Now == Then) return new("→ 変化なし", "→ no change");
            if (Kind.Unit == FigureUnit.Percent) return LocalizedText.Same($"{Arrow} {Points(Math.Abs(Now - Then))} pt");
            if (Percent is not { } percent)
            {
                var by = Kind.Format(Math.Abs(Now - Then));
                return new($"{Arrow} {by.Ja}", $"{Arrow} {by.En}");
            }
            if (Math.Abs(percent) < 1000) return LocalizedText.Same($"{Arrow} {Number(Math.Abs(percent))} %");
            var (then, now) = (Kind.Format(Then), Kind.Format(Now));
            return new($"{Arrow} {then.Ja} → {now.Ja}", $"{Arrow} {then.En} → {now.En}");
        }
    }

    /// <summary>
    /// How remarkable it is: its share of what it was, with 1 for what doubled; of percentages the points, 1 for ten. 0 for what is too little
    /// to speak of.
    /// </summary>
    public decimal Weight
    {
        get
        {
            if (Kind.Unit == FigureUnit.Percent) return Math.Abs(Now - Then) / 10;
            var most = Math.Max(Math.Abs(Now), Math.Abs(Then));
            if (Kind.Unit == FigureUnit.Count && most < WorthFrom) return 0;
            return Math.Abs(Now - Then) / (Then == 0 ? most == 0 ? 1 : most : Math.Abs(Then));
        }
    }

    private static string Number(decimal value) => value is > 0 and < 0.1m ? "<0.1" : value.ToString(value < 100 ? "0.#" : "#,##0", CultureInfo.InvariantCulture);

    private static string Points(decimal value) => value is > 0 and < 0.01m ? "<0.01" : value.ToString("0.##", CultureInfo.InvariantCulture);
}
