using System.Globalization;

namespace FestivalOps.Maintenance.CacheCheck;

/// <summary>What Redis counts, taken from its INFO. A figure that it did not tell is null.</summary>
/// <param name="Hits">Reads that found their key, since the start.</param>
/// <param name="Misses">Reads that did not.</param>
/// <param name="Evicted">Keys thrown out for want of memory, since the start.</param>
/// <param name="Uptime">For how long it has been running.</param>
/// <param name="Used">Memory in use. Unit: bytes.</param>
/// <param name="Peak">The most that was in use. Unit: bytes.</param>
/// <param name="Max">Its limit; null when it has none. Unit: bytes.</param>
/// <param name="Fragmentation">Memory taken from the system against memory in use.</param>
internal sealed record RedisFigures(double? Hits, double? Misses, double? Evicted, TimeSpan? Uptime, double? Used, double? Peak, double? Max, double? Fragmentation)
{
    /// <summary>Reads them.</summary>
    public static RedisFigures Read(IReadOnlyDictionary<string, string> info) => new(
        Number(info, "keyspace_hits"), Number(info, "keyspace_misses"), Number(info, "evicted_keys"),
        Number(info, "uptime_in_seconds") is { } seconds and >= 0 and < 1e10 ? TimeSpan.FromSeconds(seconds) : null,
        Number(info, "used_memory"), Number(info, "used_memory_peak"), Number(info, "maxmemory") is { } max and > 0 ? max : null, Number(info, "mem_fragmentation_ratio"));

    /// <summary>As they are kept.</summary>
    public IEnumerable<(string Name, double Value)> Kept => new (string Name, double? Value)[]
    {
        (HitsName, Hits), (MissesName, Misses), (EvictedName, Evicted), ("used_bytes", Used),
    }.Where(f => f.Value is not null).Select(f => (f.Name, f.Value!.Value));

    /// <summary>Name of <see cref="Hits"/> among the kept figures.</summary>
    public const string HitsName = "hits";

    /// <summary>Name of <see cref="Misses"/> among the kept figures.</summary>
    public const string MissesName = "misses";

    /// <summary>Name of <see cref="Evicted"/> among the kept figures.</summary>
    public const string EvictedName = "evicted";

    private static double? Number(IReadOnlyDictionary<string, string> info, string key) =>
        info.TryGetValue(key, out var text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
