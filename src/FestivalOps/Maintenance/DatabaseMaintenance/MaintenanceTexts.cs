using System.Globalization;
using FestivalOps.Checks;
using FestivalOps.Language;
using FestivalOps.Scheduling;

namespace FestivalOps.Maintenance.DatabaseMaintenance;

/// <summary>What the Sunday maintenance says.</summary>
internal static class MaintenanceTexts
{
    public static readonly LocalizedText Summary = new("毎週のデータベースメンテナンス (統計、インデックス、古いデータの削除)", "weekly database maintenance: statistics, indexes, old data deleted");

    public static readonly LocalizedText Leftovers = new("中断したインデックス再構築の後片付け", "clean-up after interrupted index rebuilds");

    public static readonly LocalizedText Reindex = new("インデックスの再構築", "indexes built anew");

    public static readonly LocalizedText Counting = new("対象を数えています", "Counting");

    public static readonly LocalizedText PlanAnalyze = new("統計を 1 テーブルずつ更新する", "update the statistics, table by table");

    public static LocalizedText Cleaned(IReadOnlyCollection<string> indexes) => indexes.Count == 0
        ? new("中断したインデックス再構築の残り: なし", "interrupted index rebuilds left nothing behind")
        : new($"中断したインデックス再構築の残り {indexes.Count} 件を削除しました", $"{indexes.Count} invalid indexes of interrupted rebuilds dropped");

    public static LocalizedText PlanDrop(string index) => new($"中断した再構築の残り {index} を削除する", $"drop {index}, left by an interrupted rebuild");

    public static LocalizedText PlanReindex(IndexState index) => new($"{index.Name} を再構築する", $"build {index.Name} anew");

    public static LocalizedText IndexSize(IndexState index) => index.Bloat is { } bloat
        ? new($"{index.Name}: {UnitText.Bytes(index.Bytes)}、空き推定 {Percent(bloat)}", $"{index.Name}: {UnitText.Bytes(index.Bytes)}, an estimated {Percent(bloat)} empty")
        : LocalizedText.Same($"{index.Name}: {UnitText.Bytes(index.Bytes)}");

    public static LocalizedText Reindexing(IndexState index, int number, int of) => new($"{index.Name} を再構築しています ({number}/{of})", $"Building {index.Name} anew ({number} of {of})");

    public static LocalizedText Reindexed(int done, int of, long saved) => of == 0
        ? new("インデックスの再構築: 必要なものはありません", "no index needs to be built anew")
        : new($"インデックスの再構築: {of} 件中 {done} 件、{UnitText.Bytes(saved)} 解放", $"{done} of {of} indexes built anew, {UnitText.Bytes(saved)} freed");

    public static LocalizedText OthersIndexes(long indexes) => new(
        $"{indexes} インデックスは権限がないため対象外です ({PlatformDatabase.DatabaseTexts.Grant.Ja})", $"{indexes} indexes belong to another role and were left out ({PlatformDatabase.DatabaseTexts.Grant.En})");

    public static LocalizedText Rows(OldRowRule rule) => new($"{rule.Table} ({rule.OlderThan.TotalDays:0} 日超)", $"{rule.Table} over {rule.OlderThan.TotalDays:0} days");

    public static LocalizedText PlanRows(OldRowRule rule) => new(
        $"{rule.OlderThan.TotalDays:0} 日より古い {rule.Table} を少しずつ削除する", $"delete {rule.Table} older than {rule.OlderThan.TotalDays:0} days, in batches");

    public static LocalizedText Counted(OldRowRule rule, long rows) => new($"{Rows(rule).Ja}: {rows:N0} 行", $"{Rows(rule).En}: {rows:N0} rows");

    public static LocalizedText Deleting(OldRowRule rule, long done, long of) => new($"{rule.Table} を削除しています ({done:N0}/{of:N0} 行)", $"Deleting from {rule.Table} ({done:N0} of {of:N0} rows)");

    public static LocalizedText Deleted(OldRowRule rule, DeletedRows gone, long of) => new(
        $"{Rows(rule).Ja}: {of:N0} 行中 {gone.Deleted:N0} 行を削除", $"{Rows(rule).En}: {gone.Deleted:N0} of {of:N0} rows deleted");

    public static LocalizedText Refused(DeletedRows gone) => new(
        $"{gone.Refused:N0} 行は他の行から参照されているため残しました ({gone.Reason})", gone.Refused == 1 ? $"1 row stays, because others refer to it ({gone.Reason})" : $"{gone.Refused:N0} rows stay, because others refer to them ({gone.Reason})");

    public static LocalizedText UntilThen(long rows) => new($"それまでに {rows:N0} 行を削除済み。残りは次回に続けます", $"{rows:N0} rows were deleted until then; the next run goes on");

    public static LocalizedText NoTable(string table) => new($"{table}: 利用できません: テーブル {table} はありません", $"{table}: not available: table {table} does not exist");

    public static LocalizedText NoColumn(string table, string column) => new(
        $"{table}: 利用できません: 列 {table}.id または {table}.{column} がありません", $"{table}: not available: column {table}.id or {table}.{column} does not exist");

    public static LocalizedText Headline(TaskEnd worst) => worst switch
    {
        TaskEnd.Ok => new("データベースメンテナンスが完了しました", "The database maintenance is done"),
        TaskEnd.Warning => new("データベースメンテナンスは完了しましたが、確認が必要な点があります", "The database maintenance is done; something needs a look"),
        TaskEnd.NotAvailable => new("データベースメンテナンスは利用できません", "The database maintenance is not available"),
        _ => new("データベースメンテナンスの一部が失敗しました", "Parts of the database maintenance failed"),
    };

    private static string Percent(double share) => (share * 100).ToString("0", CultureInfo.InvariantCulture) + " %";
}
