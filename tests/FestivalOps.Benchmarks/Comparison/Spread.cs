using System.Globalization;

namespace FestivalOps.Benchmarks.Comparison;

/// <summary>Median and range of a figure over the rounds.</summary>
internal sealed record Spread(double Median, double Least, double Most)
{
    public static Spread Of(IEnumerable<double> figures)
    {
        var sorted = figures.Order().ToList();
        var middle = sorted.Count / 2;
        var median = sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new(median, sorted[0], sorted[^1]);
    }

    /// <summary>"12,345 (11,000–13,000)".</summary>
    public string Show(string format) => string.Create(
        CultureInfo.InvariantCulture, $"{Text(Median, format)} ({Text(Least, format)}–{Text(Most, format)})");

    private static string Text(double figure, string format) => figure.ToString(format, CultureInfo.InvariantCulture);
}
