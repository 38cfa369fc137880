using FestivalOps.Checks;
using FestivalOps.Language;

namespace FestivalOps.Alerting.Rules;

/// <summary>What alerts of our own checks say.</summary>
internal static class RuleTexts
{
    /// <summary>The alert's name for people: what is wrong, without numbers, so that it stays while the numbers move.</summary>
    public static LocalizedText Title(LocalizedText check, CheckStatus status, Measurement? measurement)
    {
        if (status == CheckStatus.Unknown) return new($"{check.Ja}: 計測できません", $"{check.En}: can't be measured");
        var name = status.Name();
        return measurement?.Threshold is { } threshold
            ? threshold.LowIsBad
                ? new($"{check.Ja}: {name.Ja}の基準を下回っています", $"{check.En}: below the {name.En.ToLowerInvariant()} limit")
                : new($"{check.Ja}: {name.Ja}の基準を超えています", $"{check.En}: above the {name.En.ToLowerInvariant()} limit")
            : status == CheckStatus.Critical
            ? new($"{check.Ja}: 異常があります", $"{check.En}: not working")
            : new($"{check.Ja}: 注意が必要です", $"{check.En}: needs attention");
    }

    /// <summary>What was found, with the limit that it passed.</summary>
    public static LocalizedText Found(Measurement measurement) =>
        measurement is { Threshold: { } threshold, Unit: { } unit } && threshold.Passed(measurement.Status, unit) is { } limit
            ? new($"{measurement.Says.Ja} ({limit.Ja})", $"{measurement.Says.En} ({limit.En})")
            : measurement.Says;

    /// <summary>An alert still fires, and its newest value is inside the limits: it ends after a while of that.</summary>
    public static LocalizedText Within(LocalizedText says, TimeSpan clearsAfter)
    {
        var span = SpokenTime.Span(clearsAfter);
        return new($"いまは基準内 — {span.Ja}続けば解決します: {says.Ja}", $"Within the limit now; ends after {span.En} of it: {says.En}");
    }

    /// <summary>Inside the limits, but not by as much as it takes to end the alert.</summary>
    public static LocalizedText Near(LocalizedText says) => new($"いまは基準内ですが、まだ基準に近い値です: {says.Ja}", $"within the limit now, but still close to it: {says.En}");

    /// <summary>No longer critical, still a warning.</summary>
    public static LocalizedText NotCritical(LocalizedText found) => new($"いまは緊急の基準内です: {found.Ja}", $"Within the critical limit now: {found.En}");

    public static LocalizedText NotMeasuredNow(LocalizedText says) => new($"現在は計測できません: {says.Ja}", $"can't be measured now: {says.En}");

    public static LocalizedText Well(LocalizedText says) => new($"基準内に戻りました: {says.Ja}", $"back inside its limits: {says.En}");

    public static LocalizedText Flaps(LocalizedText says) => new(
        $"発生と復旧を繰り返しています。落ち着くまで個別には知らせません。現在: {says.Ja}",
        $"comes and goes; single changes are not told until it is steady. Now: {says.En}");

    public static readonly LocalizedText NotCheckedAnyMore = new(
        "設定が変わり、このチェックは実行されなくなりました", "the settings changed and this check is no longer run");
}
