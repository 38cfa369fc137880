using System.Text;
using FestivalOps.Language;
using FestivalOps.Reports.Keeping;
using FestivalOps.Reports.Making;
using FestivalOps.Reports.Pictures;
using FestivalOps.Reports.Post;
using FestivalOps.Telemetry;
using Microsoft.Extensions.Options;

namespace FestivalOps.Reports.Files;

/// <summary>A report with what its files had to say, and the files.</summary>
/// <param name="Report">The report, with a remark for what could not be drawn.</param>
/// <param name="Files">Pictures first, then the table and the page.</param>
internal sealed record DrawnReport(Report Report, IReadOnlyList<ReportFileRecord> Files);

/// <summary>Makes the files of a report. What can't be drawn costs itself and is said.</summary>
internal sealed partial class ReportFiles(Painter painter, IOptions<ReportsOptions> options, IOptions<LanguageOptions> languages, ILogger<ReportFiles> logger)
{
    /// <summary>Draws them.</summary>
    /// <param name="report">The report.</param>
    /// <param name="id">Names it: makes the files' names like no other in the thread.</param>
    /// <param name="language">Their language.</param>
    public DrawnReport Of(Report report, string id, SpokenLanguage language)
    {
        var pictures = new List<Picture>();
        if (options.Value.Pictures)
        {
            try
            {
                var drawn = painter.Draw(report, language);
                pictures.AddRange(drawn.Pictures);
                if (drawn.Remark is { } remark) report = report with { Remarks = [.. report.Remarks, remark] };
            }
            catch (Exception failure)
            {
                // A drawing library is native code with needs of its own; the figures do not depend on it.
                var error = ErrorId.New();
                Log.NotDrawn(logger, failure, error);
                report = report with { Remarks = [.. report.Remarks, PictureTexts.Broke(error)] };
            }
        }
        var (zone, name) = (languages.Value.GetZone(), $"{report.Period.Kind.ToString().ToLowerInvariant()}-{report.Period.Name}");
        var title = ReportTexts.Title(report).In(language);
        List<ReportFileRecord> files = [];
        foreach (var picture in pictures) Add($"{picture.Name}", "png", picture.Title.In(language), picture.AltText.In(language), "image/png", picture.Png);
        Add("report", "csv", title, "", "text/csv", Encoding.UTF8.GetBytes(ReportCsv.Of(report, zone, language)));
        Add("report", "html", title, "", "text/html", Encoding.UTF8.GetBytes(ReportHtml.Of(report, pictures, zone, language)));
        return new(report, files);

        void Add(string what, string ending, string heading, string alt, string media, byte[] content) => files.Add(new()
        {
            PostId = id, Name = $"{name}-{what}-{id[^8..]}.{ending}", Number = files.Count + 1, Title = ForeignText.OneLine(heading, 200), AltText = ForeignText.OneLine(alt, 1_000), MediaType = media, Content = content,
        });
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The pictures of a report could not be drawn. Error id {ErrorId}")]
        public static partial void NotDrawn(ILogger logger, Exception failure, string errorId);
    }
}
