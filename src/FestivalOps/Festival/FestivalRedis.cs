using System.Globalization;
using FestivalOps.Settings;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace FestivalOps.Festival;

/// <summary>What the platform's Redis said about its memory.</summary>
/// <param name="Used">Bytes in use.</param>
/// <param name="Max">Its limit in bytes; null when it has none.</param>
/// <param name="Version">Server version.</param>
internal sealed record RedisMemory(long Used, long? Max, string Version);

/// <summary>The platform's Redis. One connection is kept; while it is broken, questions fail at once instead of waiting in a queue.</summary>
internal sealed class FestivalRedis(IOptions<FestivalOptions> options) : IAsyncDisposable
{
    private readonly SemaphoreSlim _connecting = new(1, 1);
    private ConnectionMultiplexer? _connection;

    /// <summary>True when a configuration is set.</summary>
    public bool IsSetUp => !string.IsNullOrWhiteSpace(options.Value.Redis);

    /// <summary>Where it is, for people: host and port, nothing secret.</summary>
    public string Place => string.Join(", ", ConfigurationOptions.Parse(options.Value.Redis!).EndPoints.Select(Name));

    /// <summary>The shortest of three PINGs: what the network and Redis need, without our own scheduling.</summary>
    /// <exception cref="RedisException">It can't be reached.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">Its name can't be resolved.</exception>
    public async Task<TimeSpan> PingAsync(CancellationToken ct)
    {
        var database = (await ConnectAsync(ct)).GetDatabase();
        var best = TimeSpan.MaxValue;
        for (var i = 0; i < 3; i++)
        {
            var took = await database.PingAsync().WaitAsync(ct);
            if (took < best) best = took;
        }
        return best;
    }

    /// <summary>Asks for <c>INFO</c>.</summary>
    /// <exception cref="RedisException">It can't be reached, or it refused.</exception>
    public async Task<RedisMemory> MemoryAsync(CancellationToken ct)
    {
        var info = await InfoAsync(ct);
        var max = Bytes(info, "maxmemory");
        return new(
            Bytes(info, "used_memory") ?? throw new RedisException("INFO holds no used_memory"),
            max is null or 0 ? null : max,
            info.GetValueOrDefault("redis_version", "?"));
    }

    /// <summary>How long one PING took, as a client feels it.</summary>
    /// <exception cref="RedisException">It can't be reached.</exception>
    public async Task<TimeSpan> PingOnceAsync(CancellationToken ct) => await (await ConnectAsync(ct)).GetDatabase().PingAsync().WaitAsync(ct);

    /// <summary>All of <c>INFO</c>, by key.</summary>
    /// <exception cref="RedisException">It can't be reached, or it refused.</exception>
    public async Task<IReadOnlyDictionary<string, string>> InfoAsync(CancellationToken ct) =>
        (await (await ConnectAsync(ct)).GetServers()[0].InfoAsync().WaitAsync(ct))
            .SelectMany(section => section).DistinctBy(pair => pair.Key, StringComparer.Ordinal)
            .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);

    /// <summary>Gives memory that Redis has freed back to the system (<c>MEMORY PURGE</c>); changes no data.</summary>
    /// <exception cref="RedisException">It can't be reached, or it refused.</exception>
    public async Task PurgeAsync(CancellationToken ct) => await (await ConnectAsync(ct)).GetServers()[0].ExecuteAsync("MEMORY", "PURGE").WaitAsync(ct);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_connection is not null) await _connection.DisposeAsync();
        _connecting.Dispose();
    }

    private async Task<ConnectionMultiplexer> ConnectAsync(CancellationToken ct)
    {
        if (_connection is { } ready) return ready;
        await _connecting.WaitAsync(ct);
        try
        {
            if (_connection is { } made) return made;
            var settings = ConnectionSettings.Redis(options.Value.Redis!);
            // Asked here, because the client folds a name that does not exist into "can't connect".
            foreach (var named in settings.EndPoints.OfType<System.Net.DnsEndPoint>())
                await System.Net.Dns.GetHostAddressesAsync(named.Host, ct);
            settings.AllowAdmin = true; // INFO counts as administration; nothing else of that kind is sent but MEMORY PURGE
            var connecting = ConnectionMultiplexer.ConnectAsync(settings);
            try
            {
                return _connection = await connecting.WaitAsync(ct);
            }
            catch (OperationCanceledException)
            {
                // Nobody waits for it any more; when it comes all the same, it is closed.
                _ = CloseLateAsync(connecting);
                throw;
            }
        }
        finally
        {
            _connecting.Release();
        }
    }

    private static async Task CloseLateAsync(Task<ConnectionMultiplexer> connecting)
    {
        await ((Task)connecting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (connecting.IsCompletedSuccessfully) await (await connecting).DisposeAsync();
    }

    private static long? Bytes(IReadOnlyDictionary<string, string> info, string key) =>
        info.TryGetValue(key, out var text) && long.TryParse(text, CultureInfo.InvariantCulture, out var bytes) ? bytes : null;

    private static string Name(System.Net.EndPoint endPoint) =>
        endPoint is System.Net.DnsEndPoint dns ? $"{dns.Host}:{dns.Port}" : endPoint.ToString() ?? "?";
}
