using FestivalOps.Language;

namespace FestivalOps.Reports.Figures;

/// <summary>The figures of a report that have a name of their own. Those of a status, a method or a currency are made when they are found;
/// <see cref="Statuses"/> and <see cref="Methods"/> stand for them where they can't be had.</summary>
internal static class FigureKinds
{
    public static readonly FigureKind Festivals = new("festivals", Chapter.Business, new("作成されたフェスティバル", "festivals created"), FigureUnit.Count, Better.More);
    public static readonly FigureKind Payments = new("payments", Chapter.Business, new("処理した決済", "payments processed"), FigureUnit.Count, Better.More);
    public static readonly FigureKind Statuses = new("payments:statuses", Chapter.Business, new("決済の状態別件数", "payments by status"), FigureUnit.Count);
    public static readonly FigureKind Methods = new("payments:methods", Chapter.Business, new("決済方法別件数", "payments by method"), FigureUnit.Count);
    public static readonly FigureKind PaymentFailures = new("payment_failures", Chapter.Business, new("決済失敗率", "payments that failed"), FigureUnit.Percent, Better.Less);
    public static readonly FigureKind NewUsers = new("users_new", Chapter.Business, new("新規ユーザー", "new users"), FigureUnit.Count, Better.More);
    public static readonly FigureKind ActiveUsers = new("users_active", Chapter.Business, new("アクティブユーザー", "active users"), FigureUnit.Count, Better.More);
    public static readonly FigureKind ApiUsers = new("users_api", Chapter.Business, new("API を利用したユーザー", "users of the API"), FigureUnit.Count, Better.More);

    public static readonly FigureKind Availability = new("availability", Chapter.Operations, new("稼働率", "availability"), FigureUnit.Percent, Better.More);
    public static readonly FigureKind Downtime = new("downtime", Chapter.Operations, new("停止時間", "downtime"), FigureUnit.Seconds, Better.Less);
    public static readonly FigureKind ResponseMean = new("response_mean", Chapter.Operations, new("応答時間 平均", "response time, mean"), FigureUnit.Milliseconds, Better.Less);
    public static readonly FigureKind ResponseP50 = new("response_p50", Chapter.Operations, new("応答時間 p50", "response time, p50"), FigureUnit.Milliseconds, Better.Less);
    public static readonly FigureKind ResponseP95 = new("response_p95", Chapter.Operations, new("応答時間 p95", "response time, p95"), FigureUnit.Milliseconds, Better.Less);
    public static readonly FigureKind WorstHour = new("worst_hour", Chapter.Operations, new("最も悪かった 1 時間の稼働率", "availability in the worst hour"), FigureUnit.Percent, Better.More);
    public static readonly FigureKind Requests = new("requests", Chapter.Operations, new("リクエスト数", "requests"), FigureUnit.Count);
    public static readonly FigureKind ErrorRate = new("error_rate", Chapter.Operations, new("エラー率 (5xx)", "error rate (5xx)"), FigureUnit.Percent, Better.Less);
    public static readonly FigureKind VisitorsMean = new("visitors_mean", Chapter.Operations, new("利用者の応答時間 平均", "visitors' response time, mean"), FigureUnit.Milliseconds, Better.Less);
    public static readonly FigureKind VisitorsP50 = new("visitors_p50", Chapter.Operations, new("利用者の応答時間 p50", "visitors' response time, p50"), FigureUnit.Milliseconds, Better.Less);
    public static readonly FigureKind VisitorsP95 = new("visitors_p95", Chapter.Operations, new("利用者の応答時間 p95", "visitors' response time, p95"), FigureUnit.Milliseconds, Better.Less);
    public static readonly FigureKind Acknowledge = new("mtta", Chapter.Operations, new("平均対応開始時間 (MTTA)", "mean time to acknowledge (MTTA)"), FigureUnit.Seconds, Better.Less);
    public static readonly FigureKind Resolve = new("mttr", Chapter.Operations, new("平均復旧時間 (MTTR)", "mean time to resolve (MTTR)"), FigureUnit.Seconds, Better.Less);
    public static readonly FigureKind Pages = new("pages", Chapter.Operations, new("届いた呼び出し", "pages that arrived"), FigureUnit.Count, Better.Less);
    public static readonly FigureKind DiskUsed = new("disk_used", Chapter.Operations, new("ディスク使用率 (期末)", "disk in use at the end"), FigureUnit.Percent, Better.Less);
    public static readonly FigureKind DiskFull = new("disk_full", Chapter.Operations, new("ディスクが満杯になるまで", "until the disk is full"), FigureUnit.Days, Better.More);
    public static readonly FigureKind DatabaseSize = new("database_bytes", Chapter.Operations, new("データベースサイズ", "size of the database"), FigureUnit.Bytes);
    public static readonly FigureKind SlowStatements = new("slow_statements", Chapter.Operations, new("遅い SQL の種類", "slow statements"), FigureUnit.Count, Better.Less);
    public static readonly FigureKind Statements = new("statements", Chapter.Operations, new("SQL 実行回数", "statements run"), FigureUnit.Count);
    public static readonly FigureKind CacheHits = new("cache_hits", Chapter.Operations, new("キャッシュヒット率", "cache hit rate"), FigureUnit.Percent, Better.More);

    public static readonly FigureKind Score = new("security_score", Chapter.Security, new("セキュリティ監査スコア (最新)", "security audit, newest score"), FigureUnit.Percent, Better.More);
    public static readonly FigureKind WorstScore = new("security_score_min", Chapter.Security, new("セキュリティ監査スコア (最低)", "security audit, lowest score"), FigureUnit.Percent, Better.More);
    public static readonly FigureKind Critical = new("security_critical_issues", Chapter.Security, new("監査の重大な問題 (最新)", "critical issues of the audit"), FigureUnit.Count, Better.Less);
    public static readonly FigureKind Unauthorised = new("unauthorised", Chapter.Security, new("不正アクセスの疑い (403・404・429)", "suspicious requests (403, 404, 429)"), FigureUnit.Count, Better.Less);
    public static readonly FigureKind Blocked = new("blocked", Chapter.Security, new("ブロックしたアドレス", "addresses blocked"), FigureUnit.Count);
    public static readonly FigureKind CertificateDays = new("certificate_days", Chapter.Security, new("SSL 証明書の残り", "TLS certificate has left"), FigureUnit.Days, Better.More);
    public static readonly FigureKind Checklists = new("checklists", Chapter.Security, new("チェックリスト完了率", "checklist items done"), FigureUnit.Percent, Better.More);
    public static readonly FigureKind SignedChecklists = new("checklists_signed", Chapter.Security, new("署名済みチェックリスト", "checklists signed"), FigureUnit.Count, Better.More);

    public static readonly FigureKind RunsOk = new("runs_ok", Chapter.Upkeep, new("成功したタスク", "tasks that went well"), FigureUnit.Count, Better.More);
    public static readonly FigureKind RunsWarning = new("runs_warning", Chapter.Upkeep, new("要確認のタスク", "tasks with something to look at"), FigureUnit.Count, Better.Less);
    public static readonly FigureKind RunsFailed = new("runs_failed", Chapter.Upkeep, new("失敗したタスク", "tasks that failed"), FigureUnit.Count, Better.Less);
    public static readonly FigureKind RunsLeftOut = new("runs_skipped", Chapter.Upkeep, new("見送ったタスク", "tasks left out"), FigureUnit.Count, Better.Less);
    public static readonly FigureKind RunsMissed = new("runs_missed", Chapter.Upkeep, new("実行できなかったタスク", "tasks missed"), FigureUnit.Count, Better.Less);
    public static readonly FigureKind RunsNotAvailable = new("runs_not_available", Chapter.Upkeep, new("利用できなかったタスク", "tasks not available"), FigureUnit.Count, Better.Less);
    public static readonly FigureKind Backups = new("backups_read", Chapter.Upkeep, new("バックアップ確認の成功", "backups found in order"), FigureUnit.Count, Better.More);
    public static readonly FigureKind Recovery = new("recovery_seconds", Chapter.Upkeep, new("復元テストの所要時間", "restore test took"), FigureUnit.Seconds, Better.Less);

    /// <summary>Payments of one status; a status that the platform does not know shows as it stands there.</summary>
    public static FigureKind Status(string status) => new($"payments:status:{Short(status)}", Chapter.Business, StatusLabel(Short(status)), FigureUnit.Count);

    /// <summary>Payments of one method, as the platform writes it.</summary>
    public static FigureKind Method(string method) => new(
        $"payments:method:{Short(method)}", Chapter.Business, new($"決済方法: {Short(method)}", $"payments by {Short(method)}"), FigureUnit.Count);

    /// <summary>Revenue of one currency: completed payments.</summary>
    public static FigureKind Revenue(string currency) => new(
        $"revenue:{Short(currency)}", Chapter.Business, new($"売上 ({Short(currency)})", $"revenue ({Short(currency)})"), FigureUnit.Money, Better.More, Short(currency));

    /// <summary>Incidents of one of the guideline's levels.</summary>
    public static FigureKind Incidents(int level) => new(
        $"incidents:{level}", Chapter.Operations, new($"インシデント レベル{level}", $"incidents of level {level}"), FigureUnit.Count, Better.Less);

    private static LocalizedText StatusLabel(string status) => status switch
    {
        "pending" => new("決済: 保留中", "payments: pending"),
        "processing" => new("決済: 処理中", "payments: processing"),
        "completed" => new("決済: 完了", "payments: completed"),
        "failed" => new("決済: 失敗", "payments: failed"),
        "cancelled" => new("決済: キャンセル", "payments: cancelled"),
        "refunded" => new("決済: 返金済み", "payments: refunded"),
        _ => new($"決済: {status} (想定外の状態)", $"payments: {status} (an unexpected status)"),
    };

    // The platform's text: anything may stand there.
    private static string Short(string text) => ForeignText.OneLine(text, 40) is { Length: > 0 } line ? line : "?";
}
