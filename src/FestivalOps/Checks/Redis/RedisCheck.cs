using FestivalOps.Festival;
using FestivalOps.Language;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace FestivalOps.Checks.Redis;

/// <summary>Does Redis answer PING, and how fast (guideline, 朝のシステムチェック)?</summary>
internal sealed class RedisCheck(FestivalRedis redis, IOptions<RedisLatencyOptions> options) : ICheck
{
    /// <inheritdoc/>
    public string Name => "redis";

    /// <inheritdoc/>
    public string Group => "redis";

    /// <inheritdoc/>
    public LocalizedText Title { get; } = LocalizedText.Same("Redis");

    /// <inheritdoc/>
    public LocalizedText Summary { get; } = new("PING に応答するか、その遅延", "answers PING; its latency");

    /// <inheritdoc/>
    public CheckStatus WhenSilent => CheckStatus.Critical;

    /// <inheritdoc/>
    public LocalizedText? NotSetUp => redis.IsSetUp ? null : RedisTexts.NotSetUp;

    /// <inheritdoc/>
    public string? Target => redis.Place;

    /// <inheritdoc/>
    public async Task<Measurement> MeasureAsync(CancellationToken ct)
    {
        try
        {
            var took = await redis.PingAsync(ct);
            return Measurement.Judged(took.TotalMilliseconds, Unit.Milliseconds, options.Value.Threshold, "PING");
        }
        catch (Exception failure) when (failure is RedisException or TimeoutException or System.Net.Sockets.SocketException && !ct.IsCancellationRequested)
        {
            return RedisTexts.Failed(redis.Place, failure);
        }
    }
}
