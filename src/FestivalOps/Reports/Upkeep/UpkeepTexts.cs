using System.Globalization;
using FestivalOps.Language;

namespace FestivalOps.Reports.Upkeep;

/// <summary>What is said of the figures of maintenance.</summary>
internal static class UpkeepTexts
{
    public static readonly LocalizedText RunSource = new("ボットの記録: タスクの実行履歴", "the bot's store: the history of the tasks");

    public static readonly LocalizedText NoHistory = new("データ欠損: この期間の実行履歴がありません", "missing data: there is no history of the period");

    public static readonly LocalizedText NoBackups = new("データ欠損: この期間に backups タスクは実行されていません (毎週月曜)", "missing data: the task backups did not run in the period (it runs on Mondays)");

    public static readonly LocalizedText RestoreSource = new("ボットの記録: restore-test", "the bot's store: restore-test");

    public static readonly LocalizedText NoRestore = new("データ欠損: この期間に復元テストは行われていません (月 1 回)", "missing data: no restore was tested in the period (once a month)");

    public static LocalizedText OfBackups(int runs) => new($"{runs} 回の確認のうち", $"of {runs} looks");

    public static LocalizedText Since(DateOnly first) => new($"実行履歴は {first:yyyy-MM-dd} から", $"the history begins on {first:yyyy-MM-dd}");

    public static LocalizedText MeasuredOn(DateOnly day) => new($"{day:yyyy-MM-dd} に測定", $"measured on {day:yyyy-MM-dd}");

    public static LocalizedText Tasks(IEnumerable<(string Task, int Count)> tasks) =>
        LocalizedText.Same(string.Join(", ", tasks.Select(t => t.Count == 1 ? t.Task : string.Create(CultureInfo.InvariantCulture, $"{t.Task} ×{t.Count}"))));
}
