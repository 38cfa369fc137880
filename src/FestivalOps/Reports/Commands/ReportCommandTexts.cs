using FestivalOps.Language;
using FestivalOps.Reports.Making;
using FestivalOps.Reports.Periods;
using FestivalOps.Reports.Post;

namespace FestivalOps.Reports.Commands;

/// <summary>What <c>/fops report</c> says.</summary>
internal static class ReportCommandTexts
{
    public static readonly LocalizedText Summary = new("日次・週次・月次レポートを作成します", "makes a daily, weekly or monthly report");

    public static readonly LocalizedText Usage = new(
        "daily [日] | weekly [週] | monthly [月] | compare 月 月", "daily [day] | weekly [week] | monthly [month] | compare MONTH MONTH");

    public static readonly LocalizedText Details = new(
        "期間の例: `昨日`、`2026-11-27`、`先週`、`2026-W43`、`今月`、`先月`、`10月`、`2026-10`。省略すると、終わったばかりの期間です。\n終わった期間の数値は保存され、何度聞いても同じです。",
        "Periods: `yesterday`, `2026-11-27`, `last week`, `2026-W43`, `this month`, `last month`, `october`, `2026-10`; without one, the last that is over.\nThe figures of a period that is over are kept: asked again, they are the same.");

    public static readonly LocalizedText WhichReport = new(
        "どのレポートか指定してください: `/fops report daily`、`weekly`、`monthly`、または `compare 2026-09 2026-10`",
        "Say which report: `/fops report daily`, `weekly`, `monthly`, or `compare 2026-09 2026-10`.");

    public static readonly LocalizedText WhichMonths = new(
        "比べる 2 つの月を指定してください。例: `/fops report compare 2026-09 2026-10`、`/fops report compare 先々月 先月`",
        "Name the two months: `/fops report compare 2026-09 2026-10`, or `/fops report compare september october`.");

    public static LocalizedText TheSame(Period month) => new(
        $"どちらも{month.Title.Ja}です。別の月を指定してください。", $"Both are {month.Title.En}. Please name two different months.");

    public static LocalizedText Unknown(string typed, string? nearest) => nearest is null
        ? new($"「`{typed}`」はわかりません。{WhichReport.Ja}", $"I don't know `{typed}`. {WhichReport.En}")
        : new($"「`{typed}`」はわかりません。`/fops report {nearest}` ですか?", $"I don't know `{typed}`. Did you mean `/fops report {nearest}`?");

    public static LocalizedText Making(Period period) => new(
        $"{ReportTexts.Title(period).Ja}を作成しています…", $"{ReportTexts.Title(period).En} is being made…");

    public static LocalizedText Comparing(Period first, Period second) => new(
        $"{first.Title.Ja}と{second.Title.Ja}を比べています…", $"Comparing {first.Title.En} with {second.Title.En}…");

    public static LocalizedText Made(Report report)
    {
        var (title, missing) = (ReportTexts.Title(report), report.Missing.Count());
        return missing == 0
            ? new($"{title.Ja}を作成しました。", $"{title.En} is made.")
            : new($"{title.Ja}を作成しました ({ReportTexts.MissingCount(missing).Ja})。", $"{title.En} is made ({ReportTexts.MissingCount(missing).En}).");
    }
}
