using FestivalOps.Language;

namespace FestivalOps.Maintenance.Backups;

/// <summary>What is said of the fresh dump.</summary>
internal static class DumpTexts
{
    public static readonly LocalizedText Dump = new("新しいダンプ", "fresh dump");

    public static readonly LocalizedText StepDump = new("pg_dump でダンプを一時名で書き込み、末尾まで読んで確かめます", "write a dump with pg_dump under a temporary name and read it to its end");

    public static readonly LocalizedText StepMove = new("正式な名前に変えます", "give it its name");

    public static LocalizedText StepLeftovers(int count) => new(
        $"中断した実行が残した一時ファイル {count} 件を削除します", $"remove what an interrupted run left behind: {count} file(s)");

    public static LocalizedText StepOld(int count) => new($"FestivalOps の古いダンプ {count} 件を削除します", $"remove older dumps of FestivalOps: {count} file(s)");

    public static LocalizedText Made(string name, long size, TimeSpan took)
    {
        var span = SpokenTime.Span(took);
        return new(
            $"新しいダンプを作成し、末尾まで読めることを確認しました: {name}({BackupTexts.Size(size)}、{span.Ja})",
            $"fresh dump made and read to its end: {name} ({BackupTexts.Size(size)}, {span.En})");
    }

    public static LocalizedText LeftoversRemoved(int count) => new(
        $"中断した実行が残した一時ファイル {count} 件を削除しました", $"{count} leftover(s) of an interrupted run removed");

    public static LocalizedText OldRemoved(int count) => new($"FestivalOps の古いダンプ {count} 件を削除しました", $"{count} older dump(s) of FestivalOps removed");

    public static LocalizedText NotRemoved(string name, LocalizedText why) => new($"{name} を削除できませんでした。{why.Ja}", $"{name} could not be removed: {why.En}");

    public static LocalizedText Vanished(string path) => new(
        $"新しいダンプ: {ForeignText.OneLine(path, 200)} が書き込み直後に見つかりません", $"fresh dump: {ForeignText.OneLine(path, 200)} is gone right after it was written");

    public static LocalizedText NoRoom(long free, long needed) => new(
        $"新しいダンプ: 空き容量が足りないため作成しませんでした(空き {BackupTexts.Size(free)}、必要 {BackupTexts.Size(needed)})",
        $"fresh dump: not made, because the disk has too little room ({BackupTexts.Size(free)} free, {BackupTexts.Size(needed)} needed)");

    public static LocalizedText Room(long free, long needed) => new(
        $"空き容量 {BackupTexts.Size(free)}(必要 {BackupTexts.Size(needed)})", $"{BackupTexts.Size(free)} free ({BackupTexts.Size(needed)} needed)");

    public static LocalizedText Source(string connection) => new($"対象: {connection}", $"of: {connection}");
}
