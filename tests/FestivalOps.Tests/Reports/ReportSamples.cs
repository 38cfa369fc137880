using FestivalOps.Language;
using FestivalOps.Reports.Figures;
using FestivalOps.Reports.Making;
using FestivalOps.Reports.Periods;

namespace FestivalOps.Tests.Reports;

/// <summary>A report with figures as a good month has them.</summary>
internal static class ReportSamples
{
    public static readonly LocalizedText Source = new("PostgreSQL 10.0.0.5:5432: SELECT …", "PostgreSQL 10.0.0.5:5432: SELECT …");

    public static readonly DateTimeOffset At = new(2026, 11, 5, 0, 30, 0, TimeSpan.Zero);

    public static Report Of(ReportKind kind, params Figure[] more)
    {
        var period = Period.Of(kind, new(2026, 10, 14));
        return new(period, period.Before, period.YearBefore, At, IsClosed: true, [.. Figures(period, 1m), .. more], Figures(period.Before, 0.9m), period.YearBefore is { } year ? Figures(year, 0.7m) : [], []);
    }

    private static List<Figure> Figures(Period period, decimal size)
    {
        List<Figure> figures =
        [
            FigureKinds.Festivals.Of(Math.Round(42 * size), Source, At), FigureKinds.Payments.Of(Math.Round(12_340 * size), Source, At), FigureKinds.Revenue("JPY").Of(Math.Round(38_400_000 * size), Source, At),
            FigureKinds.Revenue("USD").Of(12_340.5m * size, Source, At), FigureKinds.PaymentFailures.Of(1.2m / size, Source, At),
            .. new[] { ("pending", 210), ("processing", 35), ("completed", 11_200), ("failed", 136), ("cancelled", 480), ("refunded", 279) }.Select(s => FigureKinds.Status(s.Item1).Of(Math.Round(s.Item2 * size), Source, At)),
            FigureKinds.ActiveUsers.Missing(new("データ欠損: users.last_sign_in_at がありません", "missing data: there is no users.last_sign_in_at"), Source, At, mayCome: false),
            FigureKinds.ApiUsers.Of(Math.Round(861 * size), Source, At), FigureKinds.Availability.Of(99.93m, Source, At),
        ];
        for (var day = 0; day < period.Days; day++)
        {
            var date = period.First.AddDays(day);
            // A week's rise and fall, the same each time.
            var wave = 1 + 0.35m * (decimal)Math.Sin(day * 2 * Math.PI / 7) + day % 5 * 0.03m;
            figures.Add(FigureKinds.Payments.Of(Math.Round(398 * size * wave), Source, At, day: date));
            figures.Add(FigureKinds.Revenue("JPY").Of(Math.Round(1_238_000 * size * wave), Source, At, day: date));
            if (day is 10 or 11) continue; // two days without a measurement
            figures.Add(FigureKinds.Availability.Of(day == 13 ? 98.61m : 100 - day % 4 * 0.07m, Source, At, day: date));
            figures.Add(FigureKinds.ResponseP95.Of(180 + day * 3 + (day == 13 ? 420 : 0), Source, At, day: date));
            figures.Add(FigureKinds.DiskUsed.Of(61 + day * 0.4m, Source, At, day: date));
        }
        return figures;
    }
}
