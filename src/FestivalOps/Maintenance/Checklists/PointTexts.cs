using FestivalOps.Language;

namespace FestivalOps.Maintenance.Checklists;

/// <summary>The items of the guideline's lists (セキュリティチェックリスト).</summary>
internal static class PointTexts
{
    public static readonly LocalizedText Certificate = new("SSL証明書有効性確認", "SSL certificate is valid");
    public static readonly LocalizedText RefusedAccess = new("不正アクセス試行ログ確認", "log of attempted intrusions");
    public static readonly LocalizedText Score = new("セキュリティ監査スコア確認", "security audit score");
    public static readonly LocalizedText ApiUsage = new("API使用量異常値チェック", "unusual use of the API");
    public static readonly LocalizedText Vulnerabilities = new("システム脆弱性アラート確認", "vulnerability alerts");
    public static readonly LocalizedText Dependencies = new("依存関係脆弱性スキャン", "vulnerability scan of dependencies");
    public static readonly LocalizedText AccessLog = new("アクセスログ分析", "analysis of the access log");
    public static readonly LocalizedText Accounts = new("ユーザーアカウント棚卸し", "review of user accounts");
    public static readonly LocalizedText BackupEncryption = new("バックアップ暗号化確認", "backups are encrypted");
    public static readonly LocalizedText Patches = new("セキュリティパッチ適用状況", "security patches are applied");
    public static readonly LocalizedText Audit = new("包括的セキュリティ監査実行", "comprehensive security audit");
    public static readonly LocalizedText PenetrationTest = new("ペネトレーションテスト実施", "penetration test");
    public static readonly LocalizedText Policy = new("セキュリティポリシー見直し", "review of the security policy");
    public static readonly LocalizedText Drill = new("インシデント対応訓練", "incident response drill");
    public static readonly LocalizedText Training = new("セキュリティ教育実施", "security training");

    // What the figures are called that speak for them.
    public static readonly LocalizedText AuditScore = new("監査スコア", "audit score");
    public static readonly LocalizedText CriticalIssues = new("重大な問題", "critical issues");
    public static readonly LocalizedText GemWeaknesses = new("gem の既知の脆弱性", "known weaknesses of gems");
    public static readonly LocalizedText NpmWeaknesses = new("npm の既知の脆弱性", "of npm packages");
    public static readonly LocalizedText Encrypted = new("暗号化済み", "encrypted backups");
    public static readonly LocalizedText NotEncrypted = new("未暗号化", "not encrypted");
}
