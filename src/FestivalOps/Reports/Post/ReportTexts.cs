using FestivalOps.Language;
using FestivalOps.Reports.Figures;
using FestivalOps.Reports.Making;
using FestivalOps.Reports.Periods;

namespace FestivalOps.Reports.Post;

/// <summary>What reports say.</summary>
internal static class ReportTexts
{
    public static readonly LocalizedText SourcesButton = new("出典を見る", "Sources");

    public static readonly LocalizedText SourcesTitle = new("数値の出典と取得時刻", "Where the figures come from, and when they were asked");

    public static readonly LocalizedText Gone = new("このレポートはもう保存されていません。`/fops report` で作り直してください。", "This report is not kept any more. Please make it anew with `/fops report`.");

    public static readonly LocalizedText NothingToCompare = new("前の期間と比べられる数値がありません。", "There is nothing of the period before to compare with.");

    public static readonly LocalizedText Closed = new("確定 (同じ期間は何度聞いても同じ数値)", "final (asked again, the same figures)");

    public static readonly LocalizedText NotFinal = new("未確定", "not final");

    public static readonly LocalizedText Awaiting = new(
        "未確定: 取得できなかった値はあとで入ります (もう一度実行してください)", "not final: what could not be had may still come; please ask again");

    public static readonly LocalizedText SoFar = new(
        "値は確定 (データ欠損は、設定や権限を直してもう一度実行すると入ります)", "the values are final; what is missing comes when its setting or right is there and it is asked again");

    public static readonly LocalizedText OnlyPartly = new(
        "データが期間の一部だけのため、前の期間と比べられません。", "There is data for a part of the period only, so nothing is compared.");

    public static readonly LocalizedText Attached = new("詳細は添付の HTML と CSV をご覧ください。", "The details are in the attached HTML and CSV.");

    public static LocalizedText Title(Period period) => new(
        $"{PeriodTexts.Kind(period.Kind).Ja} {period.Title.Ja}", $"{PeriodTexts.Kind(period.Kind).En}: {period.Title.En}");

    /// <summary>How sure the figures are.</summary>
    public static LocalizedText State(Report report) => !report.IsClosed ? NotFinal
        : report.HasGaps || report.Missing.Any(f => f.IsAway) ? Awaiting
        : report.Missing.Any(f => f.MayCome) ? SoFar : Closed;

    public static LocalizedText Title(Report report) => report.IsComparison
        ? new($"月の比較 {report.Before.Title.Ja} → {report.Period.Title.Ja}", $"Two months: {report.Before.Title.En} → {report.Period.Title.En}")
        : Title(report.Period);

    public static LocalizedText Greatest(Change change, Report report)
    {
        var (then, now, before, label) = (change.Kind.Format(change.Then), change.Kind.Format(change.Now), report.BeforeName, change.Kind.Label);
        return new(
            $"{before.Ja}から最も変わったのは「{label.Ja}」: {then.Ja} → {now.Ja} ({change.Text.Ja})",
            $"What changed most since {(report.Before == report.Period.Before ? "the " : "")}{before.En}: {label.En}, {then.En} → {now.En} ({change.Text.En})");
    }

    /// <summary>What both months of a comparison lack, in one line.</summary>
    public static LocalizedText BothMissing(IReadOnlyList<LocalizedText> labels) => new(
        $"どちらの月も取得できない数値: {string.Join("、", labels.Select(l => l.Ja))}", $"Missing in both months: {string.Join(", ", labels.Select(l => l.En))}");

    public static LocalizedText Since(LocalizedText change, LocalizedText name) => new($"{name.Ja}比 {change.Ja}", $"{change.En} on the {name.En}");

    public static LocalizedText MadeAt(string stamp) => new($"作成 {stamp}", $"made {stamp}");

    public static LocalizedText MissingCount(int count) => new($"データ欠損 {count} 件", count == 1 ? "1 figure is missing" : $"{count} figures are missing");

    public static LocalizedText AskedAt(string stamp) => new($"取得 {stamp}", $"asked {stamp}");

    public static LocalizedText FilesRefused(string error) => new(
        $"画像・ファイルを添付できませんでした ({error})。アプリの権限 files:write を確認してください。数値はこのスレッドにすべてあります。",
        $"The pictures and files could not be attached ({error}). Please check the app's scope files:write. All figures are in this thread.");

    /// <summary>Slack's answer with the error id under which the log has it.</summary>
    public static LocalizedText Refusal(string error, string errorId) => new($"{error}、エラーID: {errorId}", $"{error}, error id: {errorId}");

    public static LocalizedText NotPosted(LocalizedText title, LocalizedText why) => new(
        $"{title.Ja}は作成しましたが、このチャンネルに投稿できませんでした ({why.Ja})。`/invite @FestivalOps` してから、もう一度実行してください。",
        $"{title.En} is made, but it could not be posted in this channel ({why.En}). Please `/invite @FestivalOps`, then ask again.");

    public static LocalizedText Lost(string title, string error) => new(
        $"「{title}」を投稿できませんでした ({error})。チャンネルに `/invite @FestivalOps` するか、設定 Channels:Reports を確認してください。",
        $"\"{title}\" could not be posted ({error}). Please `/invite @FestivalOps` into the channel, or check the setting Channels:Reports.");

    public static LocalizedText MailSubject(Period period) => new($"[FestivalOps] {Title(period).Ja}", $"[FestivalOps] {Title(period).En}");
}
