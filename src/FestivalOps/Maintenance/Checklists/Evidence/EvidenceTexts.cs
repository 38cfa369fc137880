using System.Globalization;
using FestivalOps.Language;

namespace FestivalOps.Maintenance.Checklists.Evidence;

/// <summary>What is said about evidence.</summary>
internal static class EvidenceTexts
{
    public static readonly LocalizedText NoDrill = new("この期間の訓練がありません(`/fops drill level3`)", "no drill in this period (`/fops drill level3`)");
    public static readonly LocalizedText NoWords = new("結果の記録なし", "no result was written");

    public static LocalizedText NotAvailable(LocalizedText why) => why.En.StartsWith("not available", StringComparison.Ordinal)
        ? why
        : new($"確認できません: {why.Ja}", $"not available: {why.En}");

    public static LocalizedText NeverRan(string task) => new($"{task} はまだ実行されていません", $"{task} has not run yet");

    public static LocalizedText NoTask(string task) => new($"このボットに {task} はありません", $"this bot has no task {task}");

    public static LocalizedText NoCheck(string check) => new($"チェック {check} がありません", $"there is no check {check}");

    public static LocalizedText TooOld(string task, string at) => new(
        $"{task} の最終実行 {at} は対象期間より前です", $"the last run of {task}, {at}, lies before the period");

    public static LocalizedText NeverMeasured(LocalizedText check) => new($"{check.Ja}はまだ測定されていません", $"{check.En} has not been measured yet");

    public static LocalizedText TooOldCheck(LocalizedText check, string at) => new(
        $"{check.Ja}の最終測定 {at} は対象期間より前です", $"the last measurement of {check.En}, {at}, lies before the period");

    public static LocalizedText SaysNothing(string task) => new($"{task} でこの項目を測定できませんでした", $"the run of {task} could not measure it");

    public static LocalizedText NotMeasured(LocalizedText title) => new($"{title.Ja} 測定なし", $"{title.En} not measured");

    public static LocalizedText FromRun(string task, LocalizedText says) => new($"{task}: {says.Ja}", $"{task}: {says.En}");

    public static LocalizedText RunFailed(string task, LocalizedText says) => new($"{task} が失敗しました: {says.Ja}", $"{task} failed: {says.En}");

    public static LocalizedText CheckSays(LocalizedText check, LocalizedText says) => new($"{check.Ja}: {says.Ja}", $"{check.En}: {says.En}");

    public static LocalizedText Drill(long id, string at, LocalizedText taken) => new(
        $"訓練 #{id}({at})、{taken.Ja}で対応開始", $"drill #{id} ({at}), taken after {taken.En}");

    public static LocalizedText DrillNotTaken(long id, string at) => new(
        $"訓練 #{id}({at})は誰も対応しませんでした", $"nobody took the drill #{id} ({at})");

    public static LocalizedText NotRead(string errorId) => new($"記録を読み取れませんでした(エラー ID {errorId})", $"the records could not be read (error id {errorId})");

    /// <summary><c>2026-11-30</c>.</summary>
    public static string Day(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary><c>2026-11-30 09:00</c>.</summary>
    public static string Stamp(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
