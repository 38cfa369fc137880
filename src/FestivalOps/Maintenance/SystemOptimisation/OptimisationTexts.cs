using FestivalOps.Checks;
using FestivalOps.Language;
using FestivalOps.Scheduling;

namespace FestivalOps.Maintenance.SystemOptimisation;

/// <summary>What the monthly optimisation says.</summary>
internal static class OptimisationTexts
{
    public static readonly LocalizedText Summary = new("月次のシステム最適化 (クエリ、キャッシュ、ログ、メモリ)", "monthly optimisation: queries, caches, logs, memory");

    public static readonly LocalizedText Queries = new("クエリの最適化 (optimize_database_queries)", "database queries (optimize_database_queries)");

    public static readonly LocalizedText Caching = new("キャッシュ戦略の設定 (setup_caching_strategies)", "caching strategies (setup_caching_strategies)");

    public static readonly LocalizedText WarmUp = new("キャッシュのウォームアップ (warm_cache)", "cache warm-up (warm_cache)");

    public static readonly LocalizedText Rotate = new("nginx のログローテーション", "rotation of nginx' logs");

    public static readonly LocalizedText Purge = new("Redis のメモリ解放 (MEMORY PURGE)", "Redis gives freed memory back (MEMORY PURGE)");

    public static readonly LocalizedText Sync = new("ディスクへの書き込み (sync)", "writing to the disks (sync)");

    public static readonly LocalizedText Drop = new("カーネルキャッシュの解放 (drop_caches)", "dropping the kernel's caches (drop_caches)");

    public static readonly LocalizedText NotSynced = new("カーネルキャッシュの解放: sync が終わらなかったため行いませんでした", "dropping the kernel's caches: left out, because sync did not end");

    public static readonly LocalizedText CachesNotTold = new("カーネルキャッシュの解放: /proc/meminfo に Cached と Dirty がありません", "dropping the kernel's caches: /proc/meminfo tells no Cached and Dirty");

    public static LocalizedText LogsNow(string folder, int files, long bytes) => new(
        $"{folder} のログ: {files} ファイル、{UnitText.Bytes(bytes)}", $"Logs in {folder}: {files} {(files == 1 ? "file" : "files")}, {UnitText.Bytes(bytes)}");

    public static LocalizedText RedisNow(LocalizedText memory) => new($"Redis の{memory.Ja}", $"Redis: {memory.En}");

    public static LocalizedText CachesNow(double cached, double dirty) => new(
        $"カーネルのページキャッシュ: {UnitText.Bytes(cached)} (うち未書き込み {UnitText.Bytes(dirty)})",
        $"The kernel's page cache: {UnitText.Bytes(cached)}, of which {UnitText.Bytes(dirty)} are not written yet");

    public static LocalizedText NoRedis => new($"{Purge.Ja}: {PlatformDatabase.DatabaseTexts.NoRedis.Ja}", $"{Purge.En}: {PlatformDatabase.DatabaseTexts.NoRedis.En}");

    public static LocalizedText Done(LocalizedText what) => new($"{what.Ja}: 完了", $"{what.En}: done");

    public static LocalizedText RedisSaid(string said) => new($"{Purge.Ja}: Redis の応答: {said}", $"{Purge.En}: Redis said: {said}");

    public static LocalizedText Headline(IReadOnlyCollection<TaskPart> parts)
    {
        var (done, failed, absent) = (parts.Count(p => p.End == TaskEnd.Ok), parts.Count(p => p.End is TaskEnd.Failed or TaskEnd.Warning), parts.Count(p => p.End == TaskEnd.NotAvailable));
        return new($"最適化: 完了 {done} 件、失敗 {failed} 件、利用不可 {absent} 件", $"Optimisation: {done} done, {failed} failed, {absent} not available");
    }
}
