using FestivalOps.Checks;
using FestivalOps.Language;
using FestivalOps.Scheduling;

namespace FestivalOps.Maintenance.MorningCheck;

/// <summary>What the morning check says.</summary>
internal static class MorningCheckTexts
{
    public static readonly LocalizedText Summary = new("朝のシステムチェック(全チェック・毎日の目標値・エラーログ・監査スコア)", "morning check: all checks, the daily targets, errors in the logs, the audit's score");

    public static readonly LocalizedText Comparing = new("目標値と比較しています", "Comparing with the targets");

    public static LocalizedText Measuring(int checks) => new($"{checks} 項目を確認しています", checks == 1 ? "Running 1 check" : $"Running {checks} checks");

    public static LocalizedText Target(LocalizedText limit) => new($"目標 < {limit.Ja}", $"target < {limit.En}");

    public static LocalizedText Line(CheckResult result, LocalizedText? missed)
    {
        var (title, says, emoji) = (result.Title, result.Measurement.Says, Sign(missed is not null && result.Status == CheckStatus.Ok ? CheckStatus.Warning : result.Status));
        return missed is null
            ? new($"{emoji} {title.Ja}: {says.Ja}", $"{emoji} {title.En}: {says.En}")
            : new($"{emoji} {title.Ja}: {says.Ja} ({missed.Ja})", $"{emoji} {title.En}: {says.En} ({missed.En})");
    }

    public static LocalizedText Headline(LocalizedText health, int beyond, int troubles)
    {
        var (ja, en) = beyond == 0 ? ($"{health.Ja}。目標値はすべて達成", $"{health.En}; all targets met") : ($"{health.Ja}。目標値を超過 {beyond} 件", $"{health.En}; {beyond} beyond the target");
        return troubles == 0 ? new(ja, en) : new($"{ja}。ログ・監査で要確認 {troubles} 件", $"{en}; {troubles} of logs and audit to look at");
    }

    private static string Sign(CheckStatus status) => TaskPart.Sign(status switch
    {
        CheckStatus.Ok => TaskEnd.Ok,
        CheckStatus.Unknown => TaskEnd.NotAvailable,
        CheckStatus.Warning => TaskEnd.Warning,
        _ => TaskEnd.Failed,
    });
}
