using FestivalOps.Language;

namespace FestivalOps.Reports.Security;

/// <summary>What is said of the figures of security.</summary>
internal static class SecurityTexts
{
    public static readonly LocalizedText AuditSource = new("ボットの記録: morning-check・security-audit (SecurityAuditService)", "the bot's store: morning-check, security-audit (SecurityAuditService)");

    public static readonly LocalizedText NoAudit = new("データ欠損: この期間に監査の記録がありません", "missing data: no audit was recorded in the period");

    public static readonly LocalizedText AccessSource = new("ボットの記録: security-check (nginx のアクセスログ)", "the bot's store: security-check (nginx' access log)");

    public static readonly LocalizedText NoLook = new("データ欠損: この期間に security-check の記録がありません (毎週金曜)", "missing data: security-check recorded nothing in the period (it runs on Fridays)");

    public static readonly LocalizedText Blocklist = new("ボットの記録", "the bot's store");

    public static readonly LocalizedText NotBlocking = new(
        "データ欠損: ブロックはシミュレーション中で (Blocking:Mode)、この期間に検知はありません", "missing data: blocking is simulated (Blocking:Mode), and nothing was found in the period");

    public static readonly LocalizedText CertificateSource = new("ボットの記録: certificate チェック", "the bot's store: the check certificate");

    public static readonly LocalizedText NoCertificate = new("データ欠損: この期間に証明書の測定がありません", "missing data: the certificate was not measured in the period");

    public static readonly LocalizedText AtEnd = new("期間の最後の測定", "the last measurement of the period");

    public static readonly LocalizedText ChecklistSource = new("ボットの記録: セキュリティチェックリスト", "the bot's store: security checklists");

    public static readonly LocalizedText NoChecklist = new("データ欠損: この期間に終わるチェックリストがありません", "missing data: no checklist ends in the period");

    public static LocalizedText WouldBlock(int addresses) => new(
        $"データ欠損: ブロックはシミュレーション中です (Blocking:Mode)。本来は {addresses} 個のアドレスをブロックしていました", $"missing data: blocking is simulated (Blocking:Mode); {addresses} addresses would have been blocked");

    public static LocalizedText BlockedOf(int automatic, int byHand, string worst) => new(
        $"自動 {automatic}・手動 {byHand}。多い順: {worst}", $"{automatic} automatic, {byHand} by hand; most often: {worst}");

    public static LocalizedText Audits(int count) => new($"{count} 回の監査のうち最新", $"the newest of {count} audits");

    public static LocalizedText Looks(int count) => new($"security-check {count} 回分の合計", $"sum of {count} looks by security-check");

    public static LocalizedText Done(int done, int all) => new($"{all} 項目中 {done} 項目", $"{done} of {all} items");

    public static LocalizedText OfLists(int lists) => new($"{lists} リスト中", $"of {lists} lists");
}
