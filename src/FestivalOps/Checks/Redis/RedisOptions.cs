namespace FestivalOps.Checks.Redis;

/// <summary>
/// Limits of Redis' answer time, milliseconds. Section <c>Checks:RedisLatency</c>. The guideline gives none: a PING within one data centre
/// takes under 1 ms, and the application notices 50.
/// </summary>
internal sealed class RedisLatencyOptions() : ThresholdOptions(warning: 50, critical: 200, max: 10_000);

/// <summary>
/// Limits of Redis' memory, percent of its <c>maxmemory</c>. Section <c>Checks:RedisMemory</c>. The guideline's memory limits: over 85 % a
/// warning, over 95 % critical.
/// </summary>
internal sealed class RedisMemoryOptions() : ThresholdOptions(warning: 85, critical: 95, max: 100);
