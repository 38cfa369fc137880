using System.Globalization;
using FestivalOps.Checks;
using FestivalOps.Language;
using FestivalOps.Scheduling;

namespace FestivalOps.Maintenance.PerformanceAnalysis;

/// <summary>What the weekly analysis says.</summary>
internal static class PerformanceTexts
{
    public static readonly LocalizedText Summary = new("パフォーマンス分析 (統計、遅いクエリ、インデックス、Redis)", "performance analysis: statistics, slow statements, indexes, Redis");

    public static readonly LocalizedText Statements = new("遅いクエリ", "slow statements");

    public static readonly LocalizedText Indexes = new("インデックスの使用状況", "use of indexes");

    public static readonly LocalizedText NeverAnalysed = new("未分析のテーブル", "tables that were never analysed");

    public static readonly LocalizedText RedisMemory = new("Redis のメモリ", "Redis' memory");

    public static readonly LocalizedText PlanAnalyze = new("統計を更新する", "update the statistics");

    public static readonly LocalizedText NoExtension = new(
        "遅いクエリ: 利用できません: CREATE EXTENSION pg_stat_statements が必要です", "slow statements: not available: CREATE EXTENSION pg_stat_statements is needed");

    public static readonly LocalizedText NoStatements = new("遅いクエリ: 記録がありません", "slow statements: none were recorded");

    public static readonly LocalizedText AllAnalysed = new("未分析のテーブル: なし", "every table was analysed at some time");

    public static LocalizedText Named(LocalizedText what, LocalizedText says) => new($"{what.Ja}: {says.Ja}", $"{what.En}: {says.En}");

    public static LocalizedText Slowest(int count, int slower, DateTimeOffset? last, TimeZoneInfo zone)
    {
        if (last is not { } at) return new($"遅いクエリ 上位 {count} 件 (前回の記録なし)", $"the {count} slowest statements (nothing to compare with yet)");
        var day = SpokenTime.Stamp(at, zone)[..10];
        return slower == 0
            ? new($"遅いクエリ 上位 {count} 件 (比較: {day})", $"the {count} slowest statements, compared with {day}")
            : new($"遅いクエリ 上位 {count} 件、うち {slower} 件が {day} より遅くなりました", $"the {count} slowest statements; {slower} became slower since {day}");
    }

    public static LocalizedText Statement(int number, SlowStatement s, StatementChange change)
    {
        var what = Change(change);
        var text = StatementText.Shown(s.Text);
        return new($"{number}. {Ms(s.MeanMs)} × {s.Calls:N0} 回 ({what.Ja}): {text}", $"{number}. {Ms(s.MeanMs)} × {s.Calls:N0} ({what.En}): {text}");
    }

    public static LocalizedText Unused(int count, long bytes, DateTimeOffset? since, TimeZoneInfo zone)
    {
        var (ja, en) = since is { } at ? ($"{SpokenTime.Stamp(at, zone)[..10]} 以降", $"since {SpokenTime.Stamp(at, zone)[..10]}") : ("作成以降", "since the database was made");
        return count == 0
            ? new($"未使用インデックス: なし (統計は{ja})", $"no unused indexes (counted {en})")
            : new($"未使用インデックス: {count} 件、{UnitText.Bytes(bytes)} (統計は{ja})", $"{count} unused indexes, {UnitText.Bytes(bytes)} (counted {en})");
    }

    public static LocalizedText Index(UnusedIndex index) => LocalizedText.Same($"{ForeignText.OneLine(index.Name, 140)}: {UnitText.Bytes(index.Bytes)}");

    public static LocalizedText Scanned(ScannedTable t) => new(
        $"{ForeignText.OneLine(t.Name, 80)}: 全件走査 {t.Whole:N0} 回、インデックス {t.ByIndex:N0} 回 (約 {t.Rows:N0} 行)",
        $"{ForeignText.OneLine(t.Name, 80)}: read whole {t.Whole:N0} times, by an index {t.ByIndex:N0} times (about {t.Rows:N0} rows)");

    public static LocalizedText Never(IReadOnlyList<string> tables, int shown)
    {
        var names = string.Join(", ", tables.Take(shown).Select(t => ForeignText.OneLine(t, 60))) + (tables.Count > shown ? ", …" : "");
        return new($"今回の前に一度も分析されていないテーブル: {tables.Count} 件 ({names})", $"{tables.Count} tables had never been analysed before this run ({names})");
    }

    public static LocalizedText Headline(TaskEnd worst) => worst switch
    {
        TaskEnd.Ok => new("パフォーマンス分析が完了しました", "The performance analysis is done"),
        TaskEnd.Warning => new("パフォーマンス分析: 確認が必要な点があります", "The performance analysis found something to look at"),
        TaskEnd.NotAvailable => new("パフォーマンス分析は利用できません", "The performance analysis is not available"),
        _ => new("パフォーマンス分析の一部が失敗しました", "Parts of the performance analysis failed"),
    };

    private static LocalizedText Change(StatementChange change) => change.Kind switch
    {
        ChangeKind.Known => new($"前回以降 {Ms(change.SinceMs)}、{Signed(change.SlowerPercent)}、+{change.Calls:N0} 回", $"since then {Ms(change.SinceMs)}, {Signed(change.SlowerPercent)}, +{change.Calls:N0} calls"),
        ChangeKind.NotCalled => new("前回以降の実行なし", "not run since then"),
        ChangeKind.New => new("新規", "new"),
        ChangeKind.CountedAnew => new("統計がリセットされました", "counted anew since then"),
        _ => new("比較なし", "nothing to compare with"),
    };

    private static string Signed(double? percent) => percent is { } p ? p.ToString("+0;-0;±0", CultureInfo.InvariantCulture) + " %" : "?";

    private static string Ms(double ms) => ms.ToString(ms < 10 ? "0.##" : "#,0", CultureInfo.InvariantCulture) + " ms";
}
