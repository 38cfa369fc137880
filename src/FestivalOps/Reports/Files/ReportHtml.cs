using System.Globalization;
using System.Net;
using System.Text;
using FestivalOps.Language;
using FestivalOps.Reports.Figures;
using FestivalOps.Reports.Making;
using FestivalOps.Reports.Pictures;
using FestivalOps.Reports.Post;

namespace FestivalOps.Reports.Files;

/// <summary>A report as one page for people who don't live in Slack: complete in itself, readable on a phone, printable. Pure.</summary>
internal static class ReportHtml
{
    private const string Style =
        """
        body{font-family:"Noto Sans CJK JP","Hiragino Sans","Yu Gothic",sans-serif;line-height:1.6;margin:0 auto;max-width:60rem;padding:1rem;color:#1a1a1a;background:#fff}
        h1{font-size:1.5rem}h2{font-size:1.2rem;margin-top:2rem;border-bottom:2px solid #0072B2}
        .five{display:grid;grid-template-columns:repeat(auto-fit,minmax(15rem,1fr));gap:.75rem;padding:0;list-style:none}
        .five li{border:1px solid #bbb;border-radius:.5rem;padding:.75rem}.five b{display:block}
        table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.35rem .5rem;border-bottom:1px solid #ddd}
        th,td{overflow-wrap:anywhere}.small{color:#555;font-size:.85rem}.missing{color:#8a3b00}img{max-width:100%;height:auto}
        figure{margin:1rem 0}
        @media screen and (max-width:48rem){
        thead{position:absolute;left:-9999px}tr,tbody th,td{display:block}tr{border-bottom:2px solid #bbb;padding:.5rem 0}th,td{border:0;padding:.15rem 0}
        td[data-head]::before{content:attr(data-head) ": ";color:#555}td.none{display:none}
        }
        """;

    /// <summary>The page.</summary>
    public static string Of(Report report, IReadOnlyList<Picture> pictures, TimeZoneInfo zone, SpokenLanguage language)
    {
        var title = E(ReportTexts.Title(report).In(language));
        var page = new StringBuilder($"<!doctype html>\n<html lang=\"{(language == SpokenLanguage.Ja ? "ja" : "en")}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n<style>\n{Style}\n</style>\n</head>\n<body>\n<h1>{title}</h1>\n");
        page.Append(CultureInfo.InvariantCulture, $"<p class=\"small\">{E(ReportTexts.MadeAt(SpokenTime.Stamp(report.MadeAt, zone)).In(language))} · {E(ReportTexts.State(report).In(language))}</p>\n<ul class=\"five\">\n");
        foreach (var (kind, figure) in report.Headline) page.Append(CultureInfo.InvariantCulture, $"<li><b>{E(kind.Label.In(language))}</b>{E(ReportLines.Headline(report, kind, figure).In(language))}</li>\n");
        page.Append(CultureInfo.InvariantCulture, $"</ul>\n<p>{E(ReportLines.Sentence(report).In(language))}</p>\n");
        if (report.Remarks.Count > 0) page.Append(CultureInfo.InvariantCulture, $"<h2>{E(FileTexts.Remarks.In(language))}</h2>\n<ul>\n").AppendJoin('\n', report.Remarks.Select(r => $"<li>{E(r.In(language))}</li>")).Append("\n</ul>\n");
        if (pictures.Count > 0) page.Append(CultureInfo.InvariantCulture, $"<h2>{E(FileTexts.Pictures.In(language))}</h2>\n");
        foreach (var picture in pictures)
            page.Append(CultureInfo.InvariantCulture, $"<figure><img alt=\"{E(picture.AltText.In(language))}\" src=\"data:image/png;base64,{Convert.ToBase64String(picture.Png)}\"><figcaption class=\"small\">{E(picture.Title.In(language))}</figcaption></figure>\n");
        foreach (var chapter in Enum.GetValues<Chapter>()) Table(page, report, chapter, zone, language);
        return page.Append("</body>\n</html>\n").ToString();
    }

    private static void Table(StringBuilder page, Report report, Chapter chapter, TimeZoneInfo zone, SpokenLanguage language)
    {
        var figures = report.Whole.Where(f => f.Kind.Chapter == chapter).ToList();
        if (figures.Count == 0) return;
        page.Append(CultureInfo.InvariantCulture, $"<h2>{E(FigureTexts.ChapterTitle(chapter).In(language))}</h2>\n<table>\n<thead><tr>");
        var (before, yearBefore) = (E(FileTexts.Before(report).In(language)), E(FileTexts.YearBefore(report).In(language)));
        foreach (var column in new[] { FileTexts.Figure, FileTexts.Value, FileTexts.Before(report), FileTexts.YearBefore(report), FileTexts.Source })
            page.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\">{E(column.In(language))}</th>");
        page.Append("</tr></thead>\n<tbody>\n");
        foreach (var figure in figures)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{E(figure.Kind.Label.In(language))}</th><td{(figure.Value is null ? " class=\"missing\"" : "")}>{E(figure.SaysWhole().In(language))}");
            if (figure.Note is { } note) page.Append(CultureInfo.InvariantCulture, $"<div class=\"small\">{E(note.In(language))}</div>");
            page.Append(CultureInfo.InvariantCulture, $"</td>{Then(before, report.Earlier.Find(figure.Kind.Name), report.Since(figure), language)}{Then(yearBefore, report.YearEarlier.Find(figure.Kind.Name), report.SinceYear(figure), language)}");
            page.Append(CultureInfo.InvariantCulture, $"<td class=\"small\" data-head=\"{E(FileTexts.Source.In(language))}\">{E(figure.Source.In(language))}<br>{E(SpokenTime.Stamp(figure.AskedAt, zone))}</td></tr>\n");
        }
        page.Append("</tbody></table>\n");
    }

    // On a phone each cell names its column, as there is no row of heads.
    private static string Then(string head, Figure? then, Change? change, SpokenLanguage language) => then?.Value is null
        ? "<td class=\"none\">–</td>"
        : $"<td data-head=\"{head}\">{E(then.SaysWhole().In(language))}{(change is null ? "" : $"<div class=\"small\">{E(change.Text.In(language))}</div>")}</td>";

    private static string E(string text) => WebUtility.HtmlEncode(text);
}
