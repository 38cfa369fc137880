using FestivalOps.Language;
using FestivalOps.Reports.Figures;
using FestivalOps.Reports.Making;
using FestivalOps.Reports.Periods;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace FestivalOps.Reports.Pictures;

/// <summary>
/// Draws a report: large letters for a phone, colours that also colour-blind people tell apart (Okabe and Ito), and never a difference by
/// colour alone.
/// </summary>
internal sealed class Painter(PictureFont font)
{
    private const int Width = 1200;
    private const int Height = 800;
    private const float Letters = 30;
    private const int MostCurrencies = 3;

    // Properties, not fields: a bot that draws nothing never loads the drawing library.
    private static Color Own => Color.FromHex("#0072B2");

    private static Color Other => Color.FromHex("#D55E00");

    private static Color Ink => Color.FromHex("#1A1A1A");

    /// <summary>Draws what there is to draw: without figures of days there is no picture of them.</summary>
    public DrawnPictures Draw(Report report, SpokenLanguage language)
    {
        if (font.Find() is not { } found) return new([], PictureTexts.NoFont);
        var labels = found.IsJapanese ? language : SpokenLanguage.En;
        var pictures = new List<Picture>();
        foreach (var kind in new[] { FigureKinds.Payments }.Concat(Currencies(report))) Days(kind, "bars");
        Days(FigureKinds.Availability, "line");
        Days(FigureKinds.ResponseP95, "line");
        Days(FigureKinds.DiskUsed, "line");
        Days(FigureKinds.Score, "line");
        var statuses = report.Whole.Where(f => f.Kind.Name.StartsWith("payments:status:", StringComparison.Ordinal) && f.Value is not null).Take(8).ToList();
        if (statuses.Any(s => s.Value > 0))
            pictures.Add(new("statuses", PictureTexts.ByStatus(report.Period), PictureTexts.Alt(report.Period, statuses), Statuses(report.Period, statuses, found, labels)));
        return new(pictures, found.IsJapanese || language == SpokenLanguage.En ? null : PictureTexts.NoJapanese);

        void Days(FigureKind kind, string form)
        {
            var days = report.Figures.Days(kind.Name);
            if (days.Count < 2) return;
            var name = kind.Name.Replace(':', '-').ToLowerInvariant();
            pictures.Add(new(name, PictureTexts.ByDay(kind, report.Period), PictureTexts.Alt(kind, report, days), form == "bars" ? Bars(kind, report, days, found, labels) : Line(kind, report, days, found, labels)));
        }
    }

    private static IEnumerable<FigureKind> Currencies(Report report) => report.Whole
        .Where(f => f.Kind.Unit == FigureUnit.Money && f.Value is > 0).Take(MostCurrencies).Select(f => f.Kind);

    private static byte[] Bars(FigureKind kind, Report report, IReadOnlyDictionary<DateOnly, decimal> days, FoundFont font, SpokenLanguage language)
    {
        using var plot = new Plot();
        var own = plot.Add.Bars([.. days.Keys.Select(d => Place(d, report.Period))], [.. days.Values.Select(v => (double)v)]);
        own.Color = Own;
        List<LegendItem> legend = [];
        // The period before as points on a broken line, day by day beside the bars.
        var before = report.Earlier.Days(kind.Name).Where(d => d.Key.DayNumber - report.Before.First.DayNumber < report.Period.Days).OrderBy(d => d.Key).ToList();
        if (before.Count > 1)
        {
            var line = plot.Add.Scatter(before.Select(d => Place(d.Key, report.Before)).ToArray(), before.Select(d => (double)d.Value).ToArray(), Other);
            (line.LineWidth, line.LinePattern, line.MarkerSize, line.MarkerShape) = (4, LinePattern.Dashed, 12, MarkerShape.FilledDiamond);
            legend.Add(new() { LabelText = report.Period.Title.In(language), FillColor = Own });
            legend.Add(new() { LabelText = report.Before.Title.In(language), LineColor = Other, LineWidth = 4, LinePattern = LinePattern.Dashed, MarkerShape = MarkerShape.FilledDiamond, MarkerFillColor = Other, MarkerSize = 12 });
        }
        plot.Axes.Margins(bottom: 0, top: 0.3);
        return Finish(plot, kind, PictureTexts.ByDay(kind, report.Period).In(language), report.Period, legend, font, language);
    }

    private static byte[] Line(FigureKind kind, Report report, IReadOnlyDictionary<DateOnly, decimal> days, FoundFont font, SpokenLanguage language)
    {
        using var plot = new Plot();
        var ordered = days.OrderBy(d => d.Key).ToList();
        // Days without a figure are holes in the line, never a 0.
        foreach (var stretch in Stretches(ordered))
        {
            var line = plot.Add.Scatter(stretch.Select(d => Place(d.Key, report.Period)).ToArray(), stretch.Select(d => (double)d.Value).ToArray(), Own);
            (line.LineWidth, line.MarkerSize) = (5, 14);
        }
        List<LegendItem> legend = [];
        if (kind == FigureKinds.Availability)
        {
            plot.Add.HorizontalLine(99.5, 4, Other, LinePattern.Dashed);
            legend.Add(new() { LabelText = PictureTexts.Target.In(language), LineColor = Other, LineWidth = 4, LinePattern = LinePattern.Dashed });
        }
        plot.Axes.Margins(top: 0.25);
        return Finish(plot, kind, PictureTexts.ByDay(kind, report.Period).In(language), report.Period, legend, font, language);
    }

    private static byte[] Statuses(Period period, List<Figure> statuses, FoundFont font, SpokenLanguage language)
    {
        using var plot = new Plot();
        var bars = plot.Add.Bars([.. Enumerable.Range(0, statuses.Count).Select(n => (double)-n)], [.. statuses.Select(s => (double)s.Value!.Value)]);
        bars.Horizontal = true;
        bars.Color = Own;
        foreach (var (number, bar) in bars.Bars.Index()) bar.Label = statuses[number].Says().In(language);
        (bars.ValueLabelStyle.FontSize, bars.ValueLabelStyle.ForeColor, bars.ValueLabelStyle.FontName, bars.ValueLabelStyle.OffsetY) = (Letters, Ink, font.Name, font.Drop * Letters);
        plot.Axes.Left.TickGenerator = new NumericManual([.. statuses.Select((s, n) => new Tick(-n, s.Kind.Label.In(language)))]);
        plot.Axes.Margins(left: 0, right: 0.25);
        plot.Axes.Bottom.TickGenerator = new NumericAutomatic { LabelFormatter = v => PictureTexts.Axis(FigureUnit.Count, v).In(language), TargetTickCount = 4 };
        return Paint(plot, PictureTexts.ByStatus(period).In(language), [], font);
    }

    private static byte[] Finish(Plot plot, FigureKind kind, string title, Period period, List<LegendItem> legend, FoundFont font, SpokenLanguage language)
    {
        var step = period.Kind == ReportKind.Weekly ? 1 : 5;
        plot.Axes.Bottom.TickGenerator = new NumericManual([.. Enumerable.Range(0, period.Days).Where(d => d % step == 0).Select(d => new Tick(d, PictureTexts.Tick(period.First.AddDays(d), period.Kind).In(language)))]);
        plot.Axes.Left.TickGenerator = new NumericAutomatic { LabelFormatter = v => PictureTexts.Axis(kind.Unit, v).In(language), TargetTickCount = 6 };
        plot.Axes.SetLimitsX(-0.9, period.Days - 0.1);
        return Paint(plot, title, legend, font);
    }

    private static byte[] Paint(Plot plot, string title, List<LegendItem> legend, FoundFont font)
    {
        plot.Title(title, Letters + 4);
        plot.Axes.Title.Label.ForeColor = Ink;
        plot.Axes.Title.Label.OffsetY = font.Drop * (Letters + 4);
        foreach (var axis in new IAxis[] { plot.Axes.Bottom, plot.Axes.Left })
        {
            axis.TickLabelStyle.FontSize = Letters;
            axis.TickLabelStyle.ForeColor = Ink;
            axis.TickLabelStyle.OffsetY = font.Drop * Letters;
        }
        plot.Grid.MajorLineColor = Color.FromHex("#D9D9D9");
        (plot.Legend.DisplayPlottableLegendItems, plot.Legend.FontSize, plot.Legend.FontColor, plot.Legend.SymbolWidth) = (false, Letters - 4, Ink, 60);
        foreach (var item in legend)
        {
            item.LabelOffsetY = font.Drop * (Letters - 4);
            plot.Legend.ManualItems.Add(item);
        }
        if (legend.Count > 0) plot.ShowLegend(Alignment.UpperRight, Orientation.Horizontal);
        else plot.HideLegend();
        plot.Font.Set(font.Name);
        plot.Legend.FontName = font.Name;
        return plot.GetImageBytes(Width, Height, ImageFormat.Png);
    }

    private static double Place(DateOnly day, Period period) => day.DayNumber - period.First.DayNumber;

    private static IEnumerable<List<KeyValuePair<DateOnly, decimal>>> Stretches(List<KeyValuePair<DateOnly, decimal>> ordered)
    {
        var stretch = new List<KeyValuePair<DateOnly, decimal>>();
        foreach (var day in ordered)
        {
            if (stretch.Count > 0 && day.Key.DayNumber - stretch[^1].Key.DayNumber > 1)
            {
                yield return stretch;
                stretch = [];
            }
            stretch.Add(day);
        }
        if (stretch.Count > 0) yield return stretch;
    }
}
