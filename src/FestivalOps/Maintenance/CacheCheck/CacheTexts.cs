using System.Globalization;
using FestivalOps.Checks;
using FestivalOps.Language;
using FestivalOps.Scheduling;

namespace FestivalOps.Maintenance.CacheCheck;

/// <summary>What the look at Redis says.</summary>
internal static class CacheTexts
{
    public static readonly LocalizedText Summary = new("Redis の応答時間・ヒット率・メモリの確認", "Redis: latency, hit rate and memory");

    public static readonly LocalizedText WarmUpSummary = new("キャッシュのウォームアップ", "warms the application's cache up");

    public static readonly LocalizedText WarmUp = new("キャッシュのウォームアップ (warm_cache)", "cache warm-up (warm_cache)");

    public static readonly LocalizedText WarmUpDone = new("キャッシュをウォームアップしました", "The cache is warm");

    public static readonly LocalizedText Measuring = new("応答時間を測定しています", "Measuring the latency");

    public static readonly LocalizedText Reading = new("統計を読み取っています", "Reading its figures");

    public static readonly LocalizedText Look = new("Redis の確認", "look at Redis");

    public static readonly LocalizedText NoCounters = new("ヒット率: 利用できません: Redis が keyspace_hits を返しません", "Hit rate: not available: Redis tells no keyspace_hits");

    public static readonly LocalizedText NoMemory = new("メモリ: 利用できません: Redis が used_memory を返しません", "Memory: not available: Redis tells no used_memory");

    public static LocalizedText Latency(IReadOnlyList<TimeSpan> sorted) => new(
        $"応答時間 (PING {sorted.Count} 回): 中央値 {Ms(At(sorted, 0.5))}、95% {Ms(At(sorted, 0.95))}、最大 {Ms(sorted[^1])}",
        $"Latency of {sorted.Count} PINGs: median {Ms(At(sorted, 0.5))}, 95% within {Ms(At(sorted, 0.95))}, longest {Ms(sorted[^1])}");

    public static LocalizedText HitRate(double hits, double reads, LocalizedText since) => new(
        $"ヒット率: {Percent(hits / reads)} (読み取り {reads:N0} 回、{since.Ja})", $"Hit rate: {Percent(hits / reads)} of {reads:N0} reads, {since.En}");

    public static LocalizedText FewReads(double hits, double reads, LocalizedText since, int enough)
    {
        var rate = HitRate(hits, reads, since);
        return new($"{rate.Ja}: {enough:N0} 回未満なので判定しません", $"{rate.En}: not judged below {enough:N0} reads");
    }

    public static LocalizedText NoReads(LocalizedText since) => new($"ヒット率: 利用できません: 読み取りがありません ({since.Ja})", $"Hit rate: not available: there were no reads {since.En}");

    public static LocalizedText SinceLast(DateTimeOffset at, TimeZoneInfo zone) => new($"前回 {Day(at, zone)} 以降", $"since the last look on {Day(at, zone)}");

    public static LocalizedText SinceStart(TimeSpan? uptime) => uptime is { } up
        ? new($"起動以降 ({SpokenTime.Span(up).Ja}前)", $"since its start {SpokenTime.Span(up).En} ago")
        : new("起動以降", "since its start");

    public static LocalizedText Evicted(double keys, LocalizedText since) => keys == 0
        ? new($"追い出されたキー: なし ({since.Ja})", $"No keys were evicted {since.En}")
        : new($"メモリ不足で追い出されたキー: {keys:N0} 件 ({since.Ja})", $"{keys:N0} keys were evicted for want of memory {since.En}");

    public static LocalizedText Memory(RedisFigures f)
    {
        var used = UnitText.Bytes(f.Used!.Value);
        var (peak, fragmentation) = (f.Peak is { } p ? UnitText.Bytes(p) : "?", f.Fragmentation is { } r ? r.ToString("0.00", CultureInfo.InvariantCulture) : "?");
        return f.Max is { } max
            ? new($"メモリ: {used} / 上限 {UnitText.Bytes(max)}、最大 {peak}、断片化率 {fragmentation}", $"Memory: {used} of {UnitText.Bytes(max)}, peak {peak}, fragmentation {fragmentation}")
            : new($"メモリ: {used} (上限なし)、最大 {peak}、断片化率 {fragmentation}", $"Memory: {used} without a limit, peak {peak}, fragmentation {fragmentation}");
    }

    public static LocalizedText Headline(TaskEnd worst) => worst switch
    {
        TaskEnd.Ok => new("Redis に問題はありません", "Redis is well"),
        TaskEnd.Warning => new("Redis に確認が必要な点があります", "Redis has something to look at"),
        _ => new("Redis を確認できませんでした", "Redis could not be looked at"),
    };

    /// <summary>The value that a share of all values is not above.</summary>
    public static TimeSpan At(IReadOnlyList<TimeSpan> sorted, double share) => sorted[Math.Clamp((int)Math.Ceiling(sorted.Count * share) - 1, 0, sorted.Count - 1)];

    private static string Ms(TimeSpan span) => span.TotalMilliseconds.ToString(span.TotalMilliseconds < 10 ? "0.##" : "0", CultureInfo.InvariantCulture) + " ms";

    private static string Percent(double share) => (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    private static string Day(DateTimeOffset at, TimeZoneInfo zone) => SpokenTime.Stamp(at, zone)[..16];
}
