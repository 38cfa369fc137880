using System.Globalization;
using FestivalOps.Checks;
using FestivalOps.Hosts.Files;
using FestivalOps.Language;
using FestivalOps.Scheduling;

namespace FestivalOps.Maintenance.Capacity;

/// <summary>What the look at capacity says.</summary>
internal static class CapacityTexts
{
    public static readonly LocalizedText Summary = new("容量管理 (ログ、一時ファイル、データベース、ディスク予測)", "capacity: logs, temporary files, database, disk forecast");

    public static readonly LocalizedText Rotation = new("ログローテーションの設定", "rotation of logs");

    public static readonly LocalizedText RotationOk = new("ログローテーションの設定: 問題なし", "rotation of logs: its configuration is right");

    public static readonly LocalizedText Database = new("データベース容量", "size of the database");

    public static readonly LocalizedText Disk = new("ディスク", "disk");

    public static LocalizedText Named(LocalizedText what, LocalizedText says) => new($"{what.Ja}: {says.Ja}", $"{what.En}: {says.En}");

    public static LocalizedText RotationWrong(int errors) => new($"ログローテーションの設定: エラー {errors} 件", $"rotation of logs: {errors} errors in its configuration");

    public static LocalizedText Sizes(long all, long tables, long indexes, DateTimeOffset? last, double? before, TimeZoneInfo zone)
    {
        var change = last is { } at && before is { } then
            ? new LocalizedText($"{SpokenTime.Stamp(at, zone)[..10]} から {Growth(all - then)}", $"{Growth(all - then)} since {SpokenTime.Stamp(at, zone)[..10]}")
            : new LocalizedText("前回の記録なし", "nothing to compare with yet");
        return new(
            $"データベース: {UnitText.Bytes(all)} (テーブル {UnitText.Bytes(tables)}、インデックス {UnitText.Bytes(indexes)}、{change.Ja})",
            $"database: {UnitText.Bytes(all)} (tables {UnitText.Bytes(tables)}, indexes {UnitText.Bytes(indexes)}; {change.En})");
    }

    public static LocalizedText Table(TableSize t, double? before)
    {
        var name = ForeignText.OneLine(t.Name, 80);
        var (ja, en) = before is { } then ? ($"、{Growth(t.Bytes - then)}", $", {Growth(t.Bytes - then)}") : ("", "");
        return new(
            $"{name}: {UnitText.Bytes(t.Bytes)} (インデックス {UnitText.Bytes(t.IndexBytes)}、約 {t.Live:N0} 行{ja})",
            $"{name}: {UnitText.Bytes(t.Bytes)} (indexes {UnitText.Bytes(t.IndexBytes)}, about {t.Live:N0} rows{en})");
    }

    public static LocalizedText FewDead(long rows) => new($"不要行: 全体で約 {rows:N0} 行、問題なし", $"dead rows: about {rows:N0} in all, not too many");

    public static LocalizedText ManyDead(int tables) => new($"不要行の多いテーブル: {tables} 件 (VACUUM の状況を確認してください)", $"{tables} tables have many dead rows (see whether VACUUM keeps up)");

    public static LocalizedText DeadRows(TableSize t) => new(
        $"{ForeignText.OneLine(t.Name, 80)}: 約 {t.Dead:N0} 行 (有効 {t.Live:N0} 行)", $"{ForeignText.OneLine(t.Name, 80)}: about {t.Dead:N0} dead for {t.Live:N0} living");

    public static LocalizedText Space(HostSpace space)
    {
        var percent = space.TotalBytes > 0 ? ((space.TotalBytes - space.FreeBytes) * 100.0 / space.TotalBytes).ToString("0", CultureInfo.InvariantCulture) + " %" : "?";
        return new(
            $"ディスク: 使用 {percent}、空き {UnitText.Bytes(space.FreeBytes)} / {UnitText.Bytes(space.TotalBytes)}",
            $"disk: {percent} used, {UnitText.Bytes(space.FreeBytes)} of {UnitText.Bytes(space.TotalBytes)} free");
    }

    public static LocalizedText NoForecast(int figures) => new(
        $"予測: 不明 (記録 {figures} 件。{DiskLook.Fewest} 件以上、{DiskLook.Shortest.TotalDays:0} 日以上の記録が必要です)",
        $"forecast: unknown ({figures} figures kept; it needs {DiskLook.Fewest} over {DiskLook.Shortest.TotalDays:0} days)");

    public static LocalizedText Forecast(DiskForecast forecast, DateTimeOffset? fills, TimeZoneInfo zone)
    {
        var growth = Growth(forecast.PerDay);
        return fills is { } at
            ? new($"予測: 1 日あたり {growth}、{SpokenTime.Stamp(at, zone)[..10]} ごろ満杯", $"forecast: {growth} a day, full around {SpokenTime.Stamp(at, zone)[..10]}")
            : new($"予測: 1 日あたり {growth}、当面満杯になりません", $"forecast: {growth} a day, not full in the foreseeable time");
    }

    public static LocalizedText Headline(TaskEnd worst) => worst switch
    {
        TaskEnd.Ok => new("容量に問題はありません", "Capacity is well"),
        TaskEnd.Warning => new("容量に確認が必要な点があります", "Capacity has something to look at"),
        TaskEnd.NotAvailable => new("容量を確認できる対象がありません", "There is nothing here whose capacity could be looked at"),
        _ => new("容量管理の一部が失敗しました", "Parts of the work on capacity failed"),
    };

    private static string Growth(double bytes) => (bytes < 0 ? "-" : "+") + UnitText.Bytes(Math.Abs(bytes));
}
