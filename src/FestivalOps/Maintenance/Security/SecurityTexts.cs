using System.Net.Security;
using FestivalOps.Language;

namespace FestivalOps.Maintenance.Security;

/// <summary>What is said of weaknesses, certificates, firewalls and the application's own audit.</summary>
internal static class SecurityTexts
{
    public static readonly LocalizedText Audit = new("セキュリティ監査", "security audit");

    public static readonly LocalizedText NoAuditService = new(
        "セキュリティ監査: 利用できません: アプリケーションに SecurityAuditService がありません", "security audit: not available: the application has no SecurityAuditService");

    public static readonly LocalizedText UfwInactive = new("ファイアウォール: ufw は無効です", "firewall: ufw is not active");

    public static readonly LocalizedText NftEmpty = new("ファイアウォール: nftables に受信を扱うルールがありません", "firewall: nftables has no rules for what comes in");

    public static LocalizedText NotReadable(string tool) => new($"{tool}: 出力を解釈できません", $"{tool}: what it said can't be read");

    public static LocalizedText Says(string tool, string error) => new($"{tool}: {error}", $"{tool}: {error}");

    public static LocalizedText NoWeakness(string tool) => new($"{tool}: 既知の脆弱性はありません", $"{tool}: no known weakness");

    public static LocalizedText Weaknesses(string tool, IEnumerable<(Severity Severity, int Count)> counts)
    {
        var named = counts.Select(c => (Name: Name(c.Severity), c.Count)).ToList();
        return new(
            $"{tool}: 既知の脆弱性 {named.Sum(n => n.Count)} 件({string.Join("・", named.Select(n => $"{n.Name.Ja} {n.Count}"))})",
            $"{tool}: {named.Sum(n => n.Count)} known weakness(es) ({string.Join(", ", named.Select(n => $"{n.Count} {n.Name.En}"))})");
    }

    public static LocalizedText Worst(Weakness weakness)
    {
        var name = Name(weakness.Severity);
        return new($"{weakness.Package}({name.Ja}) {weakness.Title}", $"{weakness.Package} ({name.En}) {weakness.Title}");
    }

    public static LocalizedText More(int count) => new($"ほか {count} 件", $"{count} more");

    public static LocalizedText TlsNotSetUp(LocalizedText why) => new($"TLS: 利用できません: {why.Ja}", $"TLS: not available: {why.En}");

    public static LocalizedText DaysLeft(string what, double days, DateTimeOffset end) => new(
        FormattableString.Invariant($"証明書 {what}: 残り {Math.Floor(days):0} 日({end:yyyy-MM-dd} まで)"), FormattableString.Invariant($"certificate {what}: {Math.Floor(days):0} day(s) left (until {end:yyyy-MM-dd})"));

    public static LocalizedText Expired(string what, double days) => new(
        $"証明書 {what}: 有効期限が {Math.Ceiling(days):0} 日前に切れています", $"certificate {what}: expired {Math.Ceiling(days):0} day(s) ago");

    public static LocalizedText Shown(string protocol, string subject, string issuer) => new(
        $"{protocol}、対象 {Line(subject)}、発行者 {Line(issuer)}", $"{protocol}, subject {Line(subject)}, issuer {Line(issuer)}");

    public static LocalizedText NotTrusted(string endpoint, SslPolicyErrors errors, IEnumerable<string> chain)
    {
        var (name, path) = (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch), errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors));
        var why = string.Join(", ", chain);
        return new(
            $"証明書 {endpoint} は信頼できません: {string.Join("、", (string[])[.. name ? ["名前が一致しません"] : (string[])[], .. path ? [$"発行元を確認できません ({why})"] : (string[])[]])}",
            $"certificate {endpoint} is not trusted: {string.Join(", ", (string[])[.. name ? ["it is for another name"] : (string[])[], .. path ? [$"its chain does not hold ({why})"] : (string[])[]])}");
    }

    public static LocalizedText FileDatesUnreadable(string file) => new($"証明書 {Line(file)}: 日付を読み取れません", $"certificate {Line(file)}: its dates can't be read");

    public static LocalizedText CertificateFile(string file) => new($"証明書 {Line(file)}", $"certificate {Line(file)}");

    public static LocalizedText UfwActive(int rules) => new($"ファイアウォール: ufw は有効、受信は既定で拒否(ルール {rules} 件)", $"firewall: ufw is active and denies what comes in by default ({rules} rules)");

    public static LocalizedText UfwOpen(int rules) => new($"ファイアウォール: ufw は有効ですが、受信が既定で許可されています(ルール {rules} 件)", $"firewall: ufw is active, but allows what comes in by default ({rules} rules)");

    public static LocalizedText NftClosed(int chains) => new($"ファイアウォール: nftables は受信を絞っています(チェーン {chains} 個)", $"firewall: nftables limits what comes in ({chains} chains)");

    public static LocalizedText NftOpen(int chains) => new(
        $"ファイアウォール: nftables に受信を既定で破棄するルールがありません(チェーン {chains} 個)", $"firewall: nftables has no rule that drops what comes in ({chains} chains)");

    public static LocalizedText NoFirewall(LocalizedText ufw, LocalizedText nft) => new($"ファイアウォール: {ufw.Ja} / {nft.Ja}", $"firewall: {ufw.En} / {nft.En}");

    public static LocalizedText Score(AuditReport report)
    {
        var score = report.Score is { } s ? FormattableString.Invariant($"{s:0.#} %") : null;
        return new(
            $"セキュリティ監査: スコア {score ?? "不明"}(目標 > {RailsAudit.Target:0} %)、重大な問題 {report.Critical.Count} 件、警告 {report.Warnings} 件",
            $"security audit: score {score ?? "unknown"} (target > {RailsAudit.Target:0} %), {report.Critical.Count} critical issue(s), {report.Warnings} warning(s)");
    }

    public static LocalizedText Issue(string issue) => new($"重大: {issue}", $"critical: {issue}");

    private static LocalizedText Name(Severity severity) => severity switch
    {
        Severity.Critical => new("緊急", "critical"),
        Severity.High => new("高", "high"),
        Severity.Moderate => new("中", "moderate"),
        Severity.Low => new("低", "low"),
        _ => new("不明", "unknown"),
    };

    private static string Line(string text) => ForeignText.OneLine(text, 150);
}
