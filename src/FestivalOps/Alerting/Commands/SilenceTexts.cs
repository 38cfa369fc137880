using FestivalOps.Language;

namespace FestivalOps.Alerting.Commands;

/// <summary>What is said about silences and maintenance windows.</summary>
internal static class SilenceTexts
{
    public static readonly LocalizedText Summary = new("特定のアラートをしばらく通知しません", "keeps certain alerts quiet for a while");
    public static readonly LocalizedText Usage = new("条件 for 2h 理由 | list | end 番号", "MATCHERS for 2h REASON | list | end NUMBER");
    public static readonly LocalizedText Details = new(
        "`/fops silence alertname=HighCPU instance=~web.* for 2h 再起動のため` 何が隠れるかを見てから確定\n`/fops silence list` 一覧\n`/fops silence end 7` 終わらせる",
        "`/fops silence alertname=HighCPU instance=~web.* for 2h restarting` shows what it hides before you confirm\n`/fops silence list` lists them\n`/fops silence end 7` ends one");
    public static readonly LocalizedText Help = new(
        "使い方: `/fops silence 条件 for 2h 理由`(または `until 14:00`)、`/fops silence list`、`/fops silence end 番号`。例: `/fops silence alertname=HighCPU for 2h 再起動のため`",
        "Usage: `/fops silence MATCHERS for 2h REASON` (or `until 14:00`), `/fops silence list`, `/fops silence end NUMBER`. Example: `/fops silence alertname=HighCPU for 2h restarting`");
    public static readonly LocalizedText MaintenanceSummary = new("メンテナンスの時間帯を登録します", "plans maintenance windows");
    public static readonly LocalizedText MaintenanceUsage = new("開始 終了 [条件] 名前 | list | end 番号", "START END [MATCHERS] NAME | list | end NUMBER");
    public static readonly LocalizedText MaintenanceDetails = new(
        "`/fops maintenance 23:00 2h DB 移行` 23:00 から 2 時間、すべての通知を止める\n`/fops maintenance 明日 1:00 3:00 group=database DB 移行` 条件に合うものだけ\n`/fops maintenance list` 一覧\n`/fops maintenance end 7` 終わらせる",
        "`/fops maintenance 23:00 2h moving the database` from 23:00 for two hours, everything is quiet\n`/fops maintenance tomorrow 1:00 3:00 group=database moving it` only what matches\n`/fops maintenance list` lists them\n`/fops maintenance end 7` ends one");
    public static readonly LocalizedText MaintenanceHelp = new(
        "使い方: `/fops maintenance 開始 終了 [条件] 名前`、例: `/fops maintenance 23:00 2h DB 移行`。`list` と `end 番号` もあります。",
        "Usage: `/fops maintenance START END [MATCHERS] NAME`, for example `/fops maintenance 23:00 2h moving the database`. There are `list` and `end NUMBER`, too.");
    public static readonly LocalizedText NoReason = new("理由を付けてください。後から見る人のためです。", "Give a reason, for those who come after you.");
    public static readonly LocalizedText EndsBeforeItBegins = new("終了は開始より後にしてください。", "The end must lie after the start.");
    public static readonly LocalizedText NoName = new("メンテナンスの名前を付けてください。", "Give the maintenance a name.");
    public static readonly LocalizedText TooLong = new("条件と理由が長すぎます。短くしてください。", "Matchers and reason together are too long. Please shorten them.");
    public static readonly LocalizedText Incomplete = new("条件と理由の両方が必要です。", "Both matchers and a reason are needed.");
    public static readonly LocalizedText None = new("今も今後も、サイレンスはありません。", "There is no silence, now or later.");
    public static readonly LocalizedText NoMaintenance = new("予定されたメンテナンスはありません。", "No maintenance is planned.");
    public static readonly LocalizedText ListTitle = new("サイレンス", "Silences");
    public static readonly LocalizedText MaintenanceTitle = new("メンテナンス", "Maintenance windows");
    public static readonly LocalizedText Confirm = new("この内容で始める", "Confirm");
    public static readonly LocalizedText Everything = new("すべて", "everything");
    public static readonly LocalizedText HidesEverything = new("この間、すべてのアラートの通知を止めます(緊急も含みます)", "In this time every alert is kept quiet, the critical ones too");
    public static readonly LocalizedText FormTitle = new("サイレンス", "Silence");
    public static readonly LocalizedText MatchersLabel = new("どのアラートを通知しないか", "Which alerts to keep quiet");
    public static readonly LocalizedText MatchersHint = new("空白で区切った条件すべてに合うもの。= != =~ !~ が使えます。", "All conditions must hold; = != =~ !~ work.");
    public static readonly LocalizedText SpanLabel = new("いつまで", "Until when");
    public static readonly LocalizedText SpanHint = new("例: 2h、14:00、明日 9:00、朝", "For example 2h, 14:00, tomorrow 9:00, morning");
    public static readonly LocalizedText ReasonLabel = new("理由", "Reason");

    public static LocalizedText Name(bool isMaintenance) => isMaintenance ? new("メンテナンス", "Maintenance") : new("サイレンス", "Silence");

    public static LocalizedText Title(bool isMaintenance) => isMaintenance
        ? new("このメンテナンスの間に通知しないもの", "What this maintenance window would keep quiet")
        : new("このサイレンスが通知しなくなるもの", "What this silence would keep quiet");

    public static LocalizedText FromTo(LocalizedText from, LocalizedText until) => new($"{from.Ja} から {until.Ja} まで", $"{from.En} to {until.En}");

    public static readonly LocalizedText HidesCritical = new("緊急のアラートも通知されなくなります", "Critical alerts would be quiet, too");

    public static readonly LocalizedText MoreThanSeen = new(
        "確認のあとに対象が増えました。もう一度確認してください", "More alerts fit than the preview showed. Please look again");

    public static LocalizedText Hides(int alerts, int incidents) => alerts == 0
        ? new("今はどのアラートにも当てはまりません。", "No alert matches now.")
        : new($"今発報しているアラート {alerts} 件(インシデント {incidents} 件)が通知されなくなります:", $"Of what fires now, {alerts} {(alerts == 1 ? "alert" : "alerts")} ({incidents} {(incidents == 1 ? "incident" : "incidents")}) would be quiet:");

    public static LocalizedText NoNumber(string typed) => new(
        $"「`{FestivalOps.Commands.CommandTexts.Typed(typed)}`」は番号ではありません。`/fops silence list` で番号を確認してください。",
        $"`{FestivalOps.Commands.CommandTexts.Typed(typed)}` is not a number. `/fops silence list` shows the numbers.");
}
