using FestivalOps.Festival;
using FestivalOps.Language;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace FestivalOps.Checks.Redis;

/// <summary>How full is Redis?</summary>
internal sealed class RedisMemoryCheck(FestivalRedis redis, IOptions<RedisMemoryOptions> options) : ICheck
{
    /// <inheritdoc/>
    public string Name => "redis-memory";

    /// <inheritdoc/>
    public string Group => "redis";

    /// <inheritdoc/>
    public LocalizedText Title { get; } = new("Redis メモリ", "Redis memory");

    /// <inheritdoc/>
    public LocalizedText Summary { get; } = new("使用メモリと上限", "memory in use of its limit");

    /// <inheritdoc/>
    public CheckStatus WhenSilent => CheckStatus.Unknown;

    /// <inheritdoc/>
    public LocalizedText? NotSetUp => redis.IsSetUp ? null : RedisTexts.NotSetUp;

    /// <inheritdoc/>
    public string? Target => redis.Place;

    /// <inheritdoc/>
    public async Task<Measurement> MeasureAsync(CancellationToken ct)
    {
        RedisMemory memory;
        try
        {
            memory = await redis.MemoryAsync(ct);
        }
        catch (Exception failure) when (failure is RedisException or TimeoutException or System.Net.Sockets.SocketException && !ct.IsCancellationRequested)
        {
            return Measurement.Unknown(RedisTexts.NoMemory);
        }
        var used = UnitText.Bytes(memory.Used);
        List<Fact> facts = [new(RedisTexts.Used, used), new(RedisTexts.Version, memory.Version)];
        if (memory.Max is not { } max) return Measurement.Ok(RedisTexts.WithoutLimit(used)) with { Facts = facts };
        facts.Insert(1, new(RedisTexts.Limit, UnitText.Bytes(max)));
        return Measurement.Judged(100.0 * memory.Used / max, Unit.Percent, options.Value.Threshold, $"{used} / {UnitText.Bytes(max)}") with { Facts = facts };
    }
}
