using FestivalOps.Checks;
using FestivalOps.Language;

namespace FestivalOps.Maintenance.MorningCheck;

/// <summary>What the morning check says.</summary>
internal static class MorningCheckTexts
{
    public static readonly LocalizedText Summary = new("朝のシステムチェック(全チェックと毎日の目標値)", "morning check: all checks, and the figures against the daily targets");

    public static readonly LocalizedText Comparing = new("目標値と比較しています", "Comparing with the targets");

    public static LocalizedText Measuring(int checks) => new($"{checks} 項目を確認しています", checks == 1 ? "Running 1 check" : $"Running {checks} checks");

    public static LocalizedText Target(LocalizedText limit) => new($"目標 < {limit.Ja}", $"target < {limit.En}");

    public static LocalizedText Line(CheckResult result, LocalizedText? missed)
    {
        var (title, says, emoji) = (result.Title, result.Measurement.Says, missed is not null && result.Status == CheckStatus.Ok ? "△" : Sign(result.Status));
        return missed is null
            ? new($"{emoji} {title.Ja}: {says.Ja}", $"{emoji} {title.En}: {says.En}")
            : new($"{emoji} {title.Ja}: {says.Ja} ({missed.Ja})", $"{emoji} {title.En}: {says.En} ({missed.En})");
    }

    public static LocalizedText Headline(LocalizedText health, int beyond) => beyond == 0
        ? new($"{health.Ja}。目標値はすべて達成", $"{health.En}; all targets met")
        : new($"{health.Ja}。目標値を超過 {beyond} 件", $"{health.En}; {beyond} beyond the target");

    private static string Sign(CheckStatus status) => status switch
    {
        CheckStatus.Ok => "○",
        CheckStatus.Unknown => "?",
        CheckStatus.Warning => "△",
        _ => "×",
    };
}
