using FestivalOps.Checks;
using FestivalOps.Language;

namespace FestivalOps.Maintenance.OldFiles;

/// <summary>What the search for old files says.</summary>
internal static class OldFileTexts
{
    public static readonly LocalizedText Temporary = new("一時ファイル", "temporary files");

    public static readonly LocalizedText Logs = new("古いログ", "old logs");

    public static LocalizedText Deleting(OldFileRule rule, int done, int of) => new($"{rule.What.Ja}を削除しています ({done}/{of})", $"Deleting {rule.What.En} ({done} of {of})");

    public static LocalizedText Step(OldFileRule rule) => new(
        $"{rule.What.Ja}を削除する ({rule.OlderThan.TotalDays:0} 日より古いもの)", $"delete {rule.What.En} older than {rule.OlderThan.TotalDays:0} days");

    public static LocalizedText Found(OldFileRule rule, FoundFiles found) => new(
        $"{rule.What.Ja}: {found.Files.Count:N0} 件{(found.IsCut ? "以上" : "")}、{UnitText.Bytes(found.Bytes)}",
        $"{rule.What.En}: {found.Files.Count:N0}{(found.IsCut ? " or more" : "")}, {UnitText.Bytes(found.Bytes)}");

    public static LocalizedText Deleted(OldFileRule rule, int count, long bytes) => new(
        $"{rule.What.Ja} ({rule.OlderThan.TotalDays:0} 日超): {count:N0} 件を削除、{UnitText.Bytes(bytes)}",
        $"{rule.What.En} over {rule.OlderThan.TotalDays:0} days: {count:N0} deleted, {UnitText.Bytes(bytes)}");

    public static LocalizedText Interrupted(OldFileRule rule, int count, LocalizedText why) => new(
        $"{rule.What.Ja}: {count:N0} 件を削除したところで中断しました: {why.Ja}", $"{rule.What.En}: cut off after {count:N0} were deleted: {why.En}");

    public static IEnumerable<LocalizedText> Left(int refused, bool isCut)
    {
        if (refused > 0) yield return new($"{refused:N0} 件は削除できませんでした", $"{refused:N0} could not be deleted");
        if (isCut) yield return new("残りは次回に削除します", "There are more; the next run goes on");
    }
}
