using FestivalOps.Language;
using FestivalOps.Maintenance.Backups;
using FestivalOps.Scheduling;

namespace FestivalOps.Maintenance.RestoreTest;

/// <summary>What the restore test says.</summary>
internal static class RestoreTexts
{
    public static readonly LocalizedText Summary = new("最新バックアップの復元テスト(復元時間と行数の比較)", "restore test: the newest backup really restored, timed, its rows compared");

    public static readonly LocalizedText NotSetUp = new(
        "利用できません: 復元先のテスト用 PostgreSQL を Maintenance:RestoreTest:Database に設定してください",
        "not available: set Maintenance:RestoreTest:Database to a PostgreSQL for tests");

    public static readonly LocalizedText CleaningUp = new("前回の残りを片付けています", "Clearing up what an earlier run left");

    public static readonly LocalizedText Choosing = new("最新のバックアップを選んでいます", "Choosing the newest backup");

    public static readonly LocalizedText Comparing = new("行数を比較しています", "Comparing the rows");

    public static readonly LocalizedText Dropping = new("一時データベースを削除しています", "Dropping the scratch database");

    public static readonly LocalizedText PlatformServer = new(
        "中止しました: Maintenance:RestoreTest:Database はプラットフォーム自身の PostgreSQL(またはその複製)を指しています。別のサーバーを設定するか、意図的なら AllowPlatformServer を true にしてください",
        "Refused: Maintenance:RestoreTest:Database is the platform's own PostgreSQL, or a replica of it. Name another server, or set AllowPlatformServer on purpose");

    public static readonly LocalizedText NothingCompared = new(
        "行数の比較: 利用できません: プラットフォームの行数がわかりません(Platform:Database 未設定、または統計なし)",
        "rows not compared: not available: nobody knows the platform's rows (Platform:Database not set, or no statistics)");

    public static readonly LocalizedText StepDropLeftovers = new("中断した実行が残した一時データベースを削除します", "drop scratch databases that an interrupted run left");

    public static readonly LocalizedText StepCreate = new("一時データベースを作成します", "create a scratch database");

    public static readonly LocalizedText StepRestore = new("最新のバックアップを復元します", "restore the newest backup into it");

    public static readonly LocalizedText StepDrop = new("行数を比べてから一時データベースを削除します", "compare the rows, then drop the scratch database");

    public static readonly LocalizedText Restore = new("復元", "restore");

    public static LocalizedText PlatformName(string database) => new(
        $"中止しました: Maintenance:RestoreTest:Database がプラットフォームのデータベース名 {Name(database)} を指しています",
        $"Refused: Maintenance:RestoreTest:Database names {Name(database)}, which is the platform's database");

    public static LocalizedText ServerAway(string place, string reason) => new(
        $"復元先の PostgreSQL({place})を使えません: {Name(reason)}", $"The PostgreSQL for tests ({place}) can't be used: {Name(reason)}");

    public static LocalizedText PlatformAway(string reason) => new(
        $"行数の比較: 利用できません: プラットフォームのデータベースを読めません({Name(reason)})", $"rows not compared: not available: the platform's database can't be read ({Name(reason)})");

    public static LocalizedText LeftoversDropped(int count) => new(
        $"中断した実行が残した一時データベース {count} 個を削除しました", $"{count} scratch database(s) of an interrupted run dropped");

    public static LocalizedText NoneRestorable(string folder) => new(
        $"{Name(folder)} に復元できるバックアップがありません(.sql.gz、.sql、.dump のいずれか。暗号化されたものは復元できません)",
        $"{Name(folder)} holds no backup that can be restored (.sql.gz, .sql or .dump; what is encrypted can't be)");

    public static LocalizedText OwnDumpUsed(string file) => new(
        $"プラットフォームのバックアップに復元できるものがないため、FestivalOps のダンプ {Name(file)} を使いました",
        $"none of the platform's backups can be restored, so FestivalOps' own dump {Name(file)} was used");

    public static LocalizedText Source(string file, long size) => new($"バックアップ: {Name(file)}({BackupTexts.Size(size)})", $"backup: {Name(file)} ({BackupTexts.Size(size)})");

    public static LocalizedText Target(string place, string database) => new($"復元先: {place} の {database}", $"target: {database} on {place}");

    public static LocalizedText Restoring(string file) => new($"{Name(file)} を復元しています", $"Restoring {Name(file)}");

    public static LocalizedText Restored(string file, long size, TimeSpan took, long bytes)
    {
        var span = SpokenTime.Span(took);
        return new(
            $"{Name(file)}({BackupTexts.Size(size)})を {span.Ja}で復元しました(復元後 {BackupTexts.Size(bytes)})。これが実測の復旧時間です",
            $"{Name(file)} ({BackupTexts.Size(size)}) restored in {span.En} ({BackupTexts.Size(bytes)} afterwards): the measured recovery time");
    }

    public static LocalizedText RestoredWithErrors(int errors, string first) => new(
        $"復元中に {errors} 件のエラーがありました。最初のもの: {Name(first)}", $"{errors} error(s) while restoring; the first: {Name(first)}");

    public static LocalizedText HoldsCommands(string file) => new(
        $"{Name(file)} は psql のコマンド(データベースの切り替えなど)を含むため復元しませんでした。pg_dump を --create なしで実行したものが必要です",
        $"{Name(file)} holds commands of psql, such as changing the database, and was not restored: it must be made by pg_dump without --create");

    public static LocalizedText NoTables(string file) => new($"{Name(file)} を復元しましたが、テーブルが 1 つもありません", $"{Name(file)} was restored, but there is no table in it");

    public static LocalizedText NotDropped(string name, string reason) => new(
        $"一時データベース {name} を削除できませんでした({Name(reason)})。次回の実行が削除します", $"the scratch database {name} could not be dropped ({Name(reason)}); the next run does it");

    public static LocalizedText MissingTable(string table) => new($"{Name(table)}: 復元先にテーブルがありません", $"{Name(table)}: the table is missing in the backup");

    public static LocalizedText Differs(string table, long found, long expected, bool isEstimate)
    {
        var about = isEstimate ? "≈" : "";
        return new($"{Name(table)}: 復元 {found} 行、現在 {about}{expected} 行", $"{Name(table)}: {found} rows restored, the platform has {about}{expected}");
    }

    public static LocalizedText Compared(int compared, int wrong, int estimated, int unknown)
    {
        var (ja, en) = wrong == 0
            ? ($"行数: {compared} テーブルは増減の範囲内です", $"rows: all {compared} tables as expected")
            : ($"行数: {compared} テーブルのうち {wrong} 個が増減の範囲を超えています", $"rows: {wrong} of {compared} tables differ more than growth explains");
        return new(
            ja + (estimated > 0 ? $"(うち {estimated} 個は現在側が推定値)" : "") + (unknown > 0 ? $"。比較できない {unknown} 個" : ""),
            en + (estimated > 0 ? $" ({estimated} held against an estimate)" : "") + (unknown > 0 ? $"; {unknown} can't be compared" : ""));
    }

    public static LocalizedText Headline(TaskEnd end, TimeSpan? took)
    {
        if (took is not { } time) return new("復元テストに失敗しました", "The restore test failed");
        var span = SpokenTime.Span(time);
        return end switch
        {
            TaskEnd.Ok or TaskEnd.NotAvailable => new($"復元テストに成功しました。復旧時間 {span.Ja}", $"The newest backup can be restored; recovery time {span.En}"),
            TaskEnd.Warning => new($"復元できましたが、確認が必要です。復旧時間 {span.Ja}", $"Restored, with something to look at; recovery time {span.En}"),
            _ => new($"復元しましたが、内容に問題があります(所要 {span.Ja})", $"Restored in {span.En}, but the content is not as it must be"),
        };
    }

    private static string Name(string text) => ForeignText.OneLine(text, 200);
}
