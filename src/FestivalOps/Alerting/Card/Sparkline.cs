using System.Globalization;

namespace FestivalOps.Alerting.Card;

/// <summary>A picture of a row of numbers made of block characters, so that it is text: no upload, and it is redrawn with its card.</summary>
internal static class Sparkline
{
    /// <summary>How many values are drawn: 14 characters, with its figures one line on a phone.</summary>
    public const int Width = 14;

    // Without ▄ and █, which Slack's fonts on phones draw at another height.
    private const string Bars = "▁▂▃▅▇";

    private const char Gap = '·';

    /// <summary>The picture, a character a value; empty when fewer than two were measured. A gap is drawn as a gap, never as 0.</summary>
    public static string Draw(IReadOnlyList<double?> values)
    {
        var known = values.Where(IsNumber).OfType<double>().ToList();
        if (known.Count < 2) return "";
        var (low, high) = (known.Min(), known.Max());
        // A small ripple must not look like a storm: the height is at least a fifth of the largest value.
        var least = Math.Max(high - low, Math.Max(Math.Abs(low), Math.Abs(high)) / 5);
        var bottom = Math.Max(low - (least - (high - low)) / 2, Math.Min(low, 0));
        return string.Concat(values.Select(v => IsNumber(v) ? v : null).Select(v => v is { } value ? Bar(value, bottom, least) : Gap));
    }

    /// <summary>The first and the last value that were measured, short enough for a phone; null when there is no picture.</summary>
    public static (string First, string Last)? Ends(IReadOnlyList<double?> values)
    {
        var known = values.Where(IsNumber).OfType<double>().ToList();
        return known.Count < 2 ? null : (Number(known[0]), Number(known[^1]));
    }

    private static char Bar(double value, double bottom, double height) =>
        height < 1e-9 ? Bars[1] : Bars[Math.Clamp((int)Math.Round((value - bottom) / height * (Bars.Length - 1)), 0, Bars.Length - 1)];

    private static bool IsNumber(double? value) => value is { } number && double.IsFinite(number);

    private static string Number(double value) => value.ToString(Math.Abs(value) < 10 ? "0.##" : "0", CultureInfo.InvariantCulture);
}
