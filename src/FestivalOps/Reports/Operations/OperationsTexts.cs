using System.Globalization;
using FestivalOps.Language;

namespace FestivalOps.Reports.Operations;

/// <summary>What is said of the figures of operations.</summary>
internal static class OperationsTexts
{
    public static readonly LocalizedText Measured = new("稼働率と応答時間 (ボットの測定)", "availability and response time (the bot's measurements)");

    public static readonly LocalizedText Visitors = new("利用者のリクエスト (Prometheus)", "visitors' requests (Prometheus)");

    public static readonly LocalizedText Incidents = new("インシデント", "incidents");

    public static readonly LocalizedText Capacity = new("容量とデータベース", "capacity and database");

    public static readonly LocalizedText DownDefined = new(
        "応答しなかった測定から次の測定まで (最長 5 分) の合計", "from each measurement without an answer to the next one (5 minutes at most), added up");

    public static readonly LocalizedText NoPrometheus = new("データ欠損: 設定 Platform:Prometheus がありません", "missing data: Platform:Prometheus is not set");

    public static readonly LocalizedText PrometheusAway = new("データ欠損: Prometheus に接続できません", "missing data: Prometheus can't be reached");

    public static readonly LocalizedText NoRequests = new("データなし: リクエストがありません", "no data: there were no requests");

    public static readonly LocalizedText IncidentSource = new("ボットの記録: incidents、incident_events", "the bot's store: incidents, incident_events");

    public static readonly LocalizedText PagesDefined = new("期間内に届いた通知 (メンション・DM・メール・Webhook)。訓練を除く", "pages that reached someone in the period (mention, direct message, mail, webhook); without drills");

    public static readonly LocalizedText DiskSource = new("ボットの記録: disk チェック", "the bot's store: the check disk");

    public static readonly LocalizedText NoDisk = new("データ欠損: ディスクの測定がありません", "missing data: the disk was not measured");

    public static readonly LocalizedText DiskFewFigures = new("予測なし: 測定が 2 日分に足りません", "no forecast: fewer than two days were measured");

    public static readonly LocalizedText DiskSteady = new("予測なし: 増えていません (今後 10 年は満杯になりません)", "no forecast: it is not growing (not full within ten years)");

    public static readonly LocalizedText StateOver = new(
        "データ欠損: 期間の終わりから 7 日以上たっており、当時の状態の記録がありません", "missing data: the period ended more than 7 days ago, and its state was not recorded");

    public static readonly LocalizedText NoExtension = new("データ欠損: pg_stat_statements が必要です (CREATE EXTENSION pg_stat_statements)", "missing data: CREATE EXTENSION pg_stat_statements is needed");

    public static readonly LocalizedText NoCounters = new(
        "データ欠損: 期間の始めと終わりの計測値がありません (レポート作成時に記録されます)", "missing data: the counter was not kept at both ends of the period (it is at each report)");

    public static readonly LocalizedText CountersReset = new("データ欠損: 期間中に統計がリセットされました", "missing data: the statistics were reset in the period");

    public static readonly LocalizedText NoCache = new("データ欠損: cache-check の記録が 2 回以上ありません", "missing data: cache-check has fewer than two records in the period");

    public static readonly LocalizedText NoReads = new("データなし: キャッシュの読み取りがありません", "no data: the cache was not read");

    public static readonly LocalizedText CacheSource = new("ボットの記録: cache-check (Redis INFO keyspace_hits / keyspace_misses)", "the bot's store: cache-check (Redis INFO keyspace_hits / keyspace_misses)");

    public static readonly LocalizedText Kept = new("capacity タスクの記録", "recorded by the task capacity");

    public static LocalizedText OwnSource(string check) => new($"ボットの記録: {check} チェック (定期測定のみ)", $"the bot's store: the check {check} (measurements that nobody asked for)");

    public static LocalizedText NothingMeasured(int days) => new(
        $"データ欠損: この期間の測定がありません (測定結果の保存は {days} 日間: Storage:KeepResultsDays)", $"missing data: nothing was measured in the period (results are kept for {days} days: Storage:KeepResultsDays)");

    public static LocalizedText Answered(int answered, int judged, decimal target, double covered)
    {
        var part = Math.Clamp(covered, 0, 1) < 0.99 ? string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(Math.Clamp(covered, 0, 1) * 100):0} %") : null;
        return new(
            string.Create(CultureInfo.InvariantCulture, $"目標 {target:0.##} %、{judged:#,##0} 回中 {answered:#,##0} 回応答") + (part is null ? "" : $"。測定できたのは期間の {part}"),
            string.Create(CultureInfo.InvariantCulture, $"target {target:0.##} %, {answered:#,##0} of {judged:#,##0} measurements answered") + (part is null ? "" : $"; measured for {part} of the period"));
    }

    /// <summary>How much of the period was measured, 0 to 1.</summary>
    public static LocalizedText Cover(double covered)
    {
        var part = Math.Floor(Math.Clamp(covered, 0, 1) * 100).ToString("0", CultureInfo.InvariantCulture);
        return new($"測定 {part} %", $"measured for {part} %");
    }

    /// <summary>The bot's own records begin within the period, at a moment of the team's zone.</summary>
    public static LocalizedText RecordsFrom(DateTimeOffset local) => new(
        $"記録は {local:M/d HH:mm} から", $"records only from {local.ToString("MMM d HH:mm", CultureInfo.InvariantCulture)} on");

    public static LocalizedText Hour(DateTimeOffset local, int answered, int judged) => new(
        string.Create(CultureInfo.InvariantCulture, $"{local:MM/dd HH}時台、{judged} 回中 {answered} 回応答"), string.Create(CultureInfo.InvariantCulture, $"{local:MMM d HH:00}, {answered} of {judged} answered"));

    public static LocalizedText Measurements(int count) => new(
        string.Create(CultureInfo.InvariantCulture, $"{count:#,##0} 回の測定 (各 3 リクエストの中央値)"), string.Create(CultureInfo.InvariantCulture, $"{count:#,##0} measurements, each the middle one of three requests"));

    public static LocalizedText Query(string query) => new($"Prometheus: {query}", $"Prometheus: {query}");

    public static LocalizedText NoSeries(string metric) => new($"データ欠損: Prometheus に {metric} がありません", $"missing data: Prometheus has no {metric}");

    public static LocalizedText SeriesFrom(string stamp) => new($"Prometheus の記録は {stamp} から", $"Prometheus has data only from {stamp} on");

    public static LocalizedText Acknowledged(int taken, int all, int untaken) => new(
        $"発生から最初の「対応する」まで。{all} 件中 {taken} 件{(untaken == 0 ? "" : $" ({untaken} 件は対応前に終了または未対応)")}。訓練を除く",
        $"from opening to the first acknowledgement, {taken} of {all} incidents{(untaken == 0 ? "" : $" ({untaken} ended or wait without one)")}; without drills");

    public static LocalizedText Resolved(int resolved, int all) => new(
        $"発生から解決まで。{all} 件中 {resolved} 件{(resolved == all ? "" : $" ({all - resolved} 件は未解決)")}。訓練を除く",
        $"from opening to the end, {resolved} of {all} incidents{(resolved == all ? "" : $" ({all - resolved} are still open)")}; without drills");

    public static LocalizedText NoneAcknowledged(int all) => all == 0 ? NoIncidents : new("データなし: 対応されたインシデントがありません", "no data: no incident was acknowledged");

    public static LocalizedText NoneResolved(int all) => all == 0 ? NoIncidents : new("データなし: 解決したインシデントがありません", "no data: no incident has ended");

    private static LocalizedText NoIncidents => new("データなし: インシデントがありません", "no data: there was no incident");

    public static LocalizedText DiskGrowth(decimal points) => new(
        string.Create(CultureInfo.InvariantCulture, $"期間内の変化 {points:+0.##;-0.##;±0} pt"), string.Create(CultureInfo.InvariantCulture, $"{points:+0.##;-0.##;±0} pt in the period"));

    public static LocalizedText DiskFull(DateTimeOffset local, double perDay) => new(
        string.Create(CultureInfo.InvariantCulture, $"{local:yyyy-MM-dd} 頃に 100 % (1 日 {perDay:+0.###} pt)"), string.Create(CultureInfo.InvariantCulture, $"full around {local:yyyy-MM-dd} ({perDay:+0.###} pt a day)"));

    public static LocalizedText StateAt(string stamp) => new($"{stamp} 時点", $"as of {stamp}");

    public static LocalizedText Slow(int limit, string stamp) => new(
        $"平均 {limit} ms 以上の SQL (統計のリセット以降、{stamp} 時点)", $"statements with a mean of {limit} ms or more since the statistics were reset, as of {stamp}");

    public static LocalizedText Between(string from, string to) => new($"{from} から {to} まで", $"from {from} to {to}");

    public static LocalizedText Reads(double hits, double reads) => new(
        string.Create(CultureInfo.InvariantCulture, $"{reads:#,##0} 回の読み取り中 {hits:#,##0} 回ヒット"), string.Create(CultureInfo.InvariantCulture, $"{hits:#,##0} of {reads:#,##0} reads"));
}
