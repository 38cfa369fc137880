using FestivalOps.Commands.Audit;
using FestivalOps.Language;

namespace FestivalOps.Commands.BuiltIn;

/// <summary>What the built-in commands say.</summary>
internal static class BuiltInTexts
{
    public static readonly LocalizedText HelpSummary = new("コマンドの一覧と使い方を表示します", "lists the commands and how to use them");
    public static readonly LocalizedText HelpUsage = new("[コマンド]", "[command]");
    public static readonly LocalizedText HelpTitle = new("使えるコマンド", "Commands");
    public static readonly LocalizedText HelpMore = new("詳しくは `/fops help コマンド名`", "More: `/fops help COMMAND`");
    public static readonly LocalizedText VersionSummary = new("ボットのバージョンと動作状況を表示します", "shows the bot's version and how it is doing");
    public static readonly LocalizedText AuditSummary = new("監査記録を表示・検証します", "shows or verifies the audit trail");
    public static readonly LocalizedText AuditUsage = new("使い方: `/fops audit`、`/fops audit 50` (100 件まで)、`/fops audit verify`", "Usage: `/fops audit`, `/fops audit 50` (100 at most), `/fops audit verify`");

    public static readonly LocalizedText AuditDetails = new(
        "`/fops audit` 新しい順に 15 件 (`/fops audit 50` なら 50 件) のコマンドと結果を表示\n`/fops audit verify` 全件のハッシュの連鎖を検証",
        "`/fops audit` shows the newest 15 commands (`/fops audit 50`: 50) and how they ended\n`/fops audit verify` verifies the hash chain of all entries");

    public static LocalizedText RunningSince(string stamp, TimeSpan span)
    {
        var text = SpokenTime.Span(span);
        return new($"起動: {stamp}({text.Ja}前)", $"Running since {stamp} ({text.En})");
    }

    public static LocalizedText StoreReady(string engine) => new($"保存先: {engine}", $"Store: {engine}");

    public static LocalizedText StoreAway(string engine, string problem) =>
        new($"保存先: {engine} — 使用できません (理由は /ready とログにあります)", $"Store: {engine} — not available ({problem})");

    public static LocalizedText SlackBy(ISlackConnectionState connection) => connection.Status switch
    {
        SlackConnectionStatus.NotUsed => new("Slack: HTTP", "Slack: HTTP"),
        SlackConnectionStatus.Connected => new($"Slack: Socket Mode({connection.ReadyConnections} 接続)", $"Slack: Socket Mode ({connection.ReadyConnections} connections)"),
        _ => new($"Slack: Socket Mode 再接続中 ({connection.Reason ?? "-"})", $"Slack: Socket Mode, reconnecting ({connection.Reason ?? "-"})"),
    };

    public static LocalizedText AuditTitle(int count) => new($"監査記録 (新しい順 {count} 件)", $"Audit trail (newest {count})");

    public static LocalizedText RowDamaged(long row) => new(
        $"{row} 件目の記録は壊れているか、書き換えられています。`/fops audit verify` で確認してください。",
        $"Row {row} is damaged or was changed. Check with `/fops audit verify`.");

    public static LocalizedText ChainWhole(long rows, string head) => new(
        $"監査記録を検証しました。{rows} 件目まで改ざんはありません。末尾が切り取られた場合は、以前に控えたハッシュと比べないとわかりません。末尾 ({rows} 件目) のハッシュ: {head}",
        $"Audit trail verified: nothing was changed up to row {rows}. A cut-off end only shows by comparing this hash with one noted earlier. Hash of the last row ({rows}): {head}");

    public static LocalizedText ChainBroken(long rows, LocalizedText problem) => new(
        $"監査記録の連鎖が壊れています ({rows} 件目まで正常): {problem.Ja}",
        $"The audit chain is broken after {rows} good rows: {problem.En}");

    public static LocalizedText Name(this AuditEvent happened) => happened switch
    {
        AuditEvent.Received => new("受付", "received"),
        AuditEvent.Done => new("完了", "done"),
        AuditEvent.Refused => new("拒否", "refused"),
        AuditEvent.Failed => new("失敗", "failed"),
        AuditEvent.Interrupted => new("中断", "interrupted"),
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "This event has no name"),
    };
}
