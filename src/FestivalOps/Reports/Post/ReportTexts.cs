using FestivalOps.Language;
using FestivalOps.Reports.Figures;
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

    public static readonly LocalizedText Attached = new("詳細は添付の HTML と CSV をご覧ください。", "The details are in the attached HTML and CSV.");

    public static LocalizedText Title(Period period) => new(
        $"{PeriodTexts.Kind(period.Kind).Ja} {period.Title.Ja}", $"{PeriodTexts.Kind(period.Kind).En}: {period.Title.En}");

    public static LocalizedText Greatest(Change change, ReportKind kind)
    {
        var (then, now, before, label) = (change.Kind.Format(change.Then), change.Kind.Format(change.Now), PeriodTexts.BeforeName(kind), change.Kind.Label);
        return new(
            $"{before.Ja}から最も変わったのは「{label.Ja}」: {then.Ja} → {now.Ja} ({change.Text.Ja})",
            $"What changed most since the {before.En}: {label.En}, {then.En} → {now.En} ({change.Text.En})");
    }

    public static LocalizedText Since(LocalizedText change, LocalizedText name) => new($"{name.Ja}比 {change.Ja}", $"{change.En} on the {name.En}");

    public static LocalizedText MadeAt(string stamp) => new($"作成 {stamp}", $"made {stamp}");

    public static LocalizedText MissingCount(int count) => new($"データ欠損 {count} 件", count == 1 ? "1 figure is missing" : $"{count} figures are missing");

    public static LocalizedText AskedAt(string stamp) => new($"取得 {stamp}", $"asked {stamp}");

    public static LocalizedText FilesRefused(string error) => new(
        $"画像・ファイルを添付できませんでした ({error})。アプリの権限 files:write を確認してください。数値はこのスレッドにすべてあります。",
        $"The pictures and files could not be attached ({error}). Please check the app's scope files:write. All figures are in this thread.");

    public static LocalizedText Lost(string title, string error) => new(
        $"「{title}」を投稿できませんでした ({error})。チャンネルに `/invite @FestivalOps` するか、設定 Channels:Reports を確認してください。",
        $"\"{title}\" could not be posted ({error}). Please `/invite @FestivalOps` into the channel, or check the setting Channels:Reports.");

    public static LocalizedText MailSubject(Period period) => new($"[FestivalOps] {Title(period).Ja}", $"[FestivalOps] {Title(period).En}");
}
