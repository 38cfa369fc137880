using FestivalOps.Language;

namespace FestivalOps.Maintenance.SecurityDay;

/// <summary>What the security card of the day says.</summary>
internal static class SecurityDayTexts
{
    public static readonly LocalizedText Summary = new("今日のセキュリティ(拒否の多い接続元・ログイン失敗・前日との差)", "security of the day: who was refused most, failed log-ins, what is new");

    public static readonly LocalizedText NoLogs = new(
        "監視するログがありません。Blocking:Logs にログを設定してください", "No log is watched: set Blocking:Logs");

    public static readonly LocalizedText NothingRead = new("ログを読めませんでした", "No log could be read");

    public static readonly LocalizedText TopAddresses = new("拒否の多い接続元(24 時間)", "refused most in 24 hours");

    public static LocalizedText Reading(string log) => new($"{log} を読んでいます", $"Reading {log}");

    public static LocalizedText NoHost(string host) => new($"ホスト {host} は設定にありません", $"the settings name no host {host}");

    public static LocalizedText NotRead(string log, LocalizedText why) => new($"{log}: {why.Ja}", $"{log}: {why.En}");

    public static LocalizedText NotUnderstood(string log, long lines) => new(
        $"{log}: {lines:#,0} 行のどれも解釈できません(Blocking:Logs の Kind を確認してください)", $"{log}: none of {lines:#,0} lines can be read (is its Kind in Blocking:Logs right?)");

    public static LocalizedText Read(string log, long lines) => new($"{log}: {lines:#,0} 行", $"{log}: {lines:#,0} lines");

    public static LocalizedText Partly(string log, long lines, long unread, bool isCut) => new(
        $"{log}: {lines:#,0} 行{(unread > 0 ? $"、うち解釈できない行 {unread:#,0}" : "")}{(isCut ? "、ログが大きいため終わりの部分のみ" : "")}",
        $"{log}: {lines:#,0} lines{(unread > 0 ? $", {unread:#,0} of them can't be read" : "")}{(isCut ? "; the log is too large to be read whole, only its end was" : "")}");

    public static LocalizedText Headline(Deeds today, int addresses, int fresh) => today.All == 0
        ? new("この 24 時間に拒否されたアクセスはありません", "Nobody was refused in the last 24 hours")
        : new(
            $"24 時間で拒否 {today.Requests:#,0} 件・ログイン失敗 {today.Logins:#,0} 件。接続元 {addresses:#,0}、うち新しいもの {fresh:#,0}",
            $"In 24 hours {today.Requests:#,0} refused requests and {today.Logins:#,0} failed log-ins, from {addresses:#,0} addresses, {fresh:#,0} of them new");

    public static LocalizedText Compared(Deeds today, Deeds yesterday) => new(
        $"前日: 拒否 {yesterday.Requests:#,0} 件・ログイン失敗 {yesterday.Logins:#,0} 件(差 {today.Requests - yesterday.Requests:+#,0;-#,0;0}・{today.Logins - yesterday.Logins:+#,0;-#,0;0})",
        $"the day before: {yesterday.Requests:#,0} refused requests, {yesterday.Logins:#,0} failed log-ins ({today.Requests - yesterday.Requests:+#,0;-#,0;0}, {today.Logins - yesterday.Logins:+#,0;-#,0;0})");

    public static LocalizedText Address(string address, Deeds deeds, Deeds? before) => new(
        $"{address}: {DoneJa(deeds)}{(before is { } b ? $"(前日 {b.All:#,0} 件)" : "(新規)")}",
        $"{address}: {DoneEn(deeds)}{(before is { } was ? $" (the day before {was.All:#,0})" : " (new)")}");

    public static LocalizedText Others(Deeds rest) => new($"その他の接続元: 合計 {rest.All:#,0} 件", $"other addresses: {rest.All:#,0} together");

    public static LocalizedText Users(IReadOnlyList<(string Name, long Count)> users)
    {
        var list = string.Join(", ", users.Select(u => FormattableString.Invariant($"{u.Name} {u.Count:#,0}")));
        return new($"ログインに失敗したユーザー: {list}", $"failed log-ins by user: {list}");
    }

    private static string DoneJa(Deeds deeds) => deeds switch
    {
        { Logins: 0 } => $"拒否 {deeds.Requests:#,0} 件",
        { Requests: 0 } => $"ログイン失敗 {deeds.Logins:#,0} 件",
        _ => $"拒否 {deeds.Requests:#,0} 件・ログイン失敗 {deeds.Logins:#,0} 件",
    };

    private static string DoneEn(Deeds deeds) => deeds switch
    {
        { Logins: 0 } => $"{deeds.Requests:#,0} refused requests",
        { Requests: 0 } => $"{deeds.Logins:#,0} failed log-ins",
        _ => $"{deeds.Requests:#,0} refused requests, {deeds.Logins:#,0} failed log-ins",
    };
}
