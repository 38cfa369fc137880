using System.Globalization;
using System.Net.Sockets;
using FestivalOps.Festival;
using FestivalOps.Hosts;
using FestivalOps.Hosts.Files;
using FestivalOps.Language;
using FestivalOps.Maintenance.CacheCheck;
using FestivalOps.Maintenance.Logs;
using FestivalOps.Maintenance.PlatformDatabase;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace FestivalOps.Maintenance.SystemOptimisation;

/// <summary>What the monthly optimisation would act on, for its plan: the logs to rotate, Redis' memory, the kernel's caches. What can't be counted says why.</summary>
internal sealed class OptimisationNumbers(HostBook hosts, FestivalRedis redis, IOptions<LogsOptions> logs)
{
    /// <summary>A line each.</summary>
    public async Task<IReadOnlyList<LocalizedText>> CountAsync(CancellationToken ct)
    {
        var lines = new List<LocalizedText> { await LogsAsync(ct) };
        if (redis.IsSetUp) lines.Add(await RedisAsync(ct));
        lines.Add(await CachesAsync(ct));
        return lines;
    }

    private async Task<LocalizedText> LogsAsync(CancellationToken ct)
    {
        var folder = Path.GetDirectoryName(logs.Value.Nginx) is { Length: > 0 } beside ? beside : "/var/log/nginx";
        var listed = await hosts.Platform.Files.ListAsync(folder, ct);
        if (listed.Value is not { } found) return listed.Part(OptimisationTexts.Rotate, ct).Says;
        var files = found.Entries.Where(e => e.Kind == HostEntryKind.File && e.Name.EndsWith(".log", StringComparison.Ordinal)).ToList();
        return OptimisationTexts.LogsNow(folder, files.Count, files.Sum(f => f.Length));
    }

    private async Task<LocalizedText> RedisAsync(CancellationToken ct)
    {
        try
        {
            var read = RedisFigures.Read(await redis.InfoAsync(ct));
            return read.Used is null ? CacheTexts.NoMemory : OptimisationTexts.RedisNow(CacheTexts.Memory(read));
        }
        catch (Exception failure) when (failure is RedisException or SocketException or TimeoutException && !ct.IsCancellationRequested)
        {
            return DatabaseTexts.RedisAway(OptimisationTexts.Purge, redis.Place);
        }
    }

    private async Task<LocalizedText> CachesAsync(CancellationToken ct)
    {
        var result = await hosts.Platform.RunAsync(HostCommands.MemoryInUse, null, ct);
        if (!result.Succeeded) return result.Part(OptimisationTexts.Drop, ct).Says;
        return (Bytes(result.Output.Text, "Cached"), Bytes(result.Output.Text, "Dirty")) is ({ } cached, { } dirty) ? OptimisationTexts.CachesNow(cached, dirty) : OptimisationTexts.CachesNotTold;
    }

    // "Cached:         10484076 kB"
    private static double? Bytes(string meminfo, string key)
    {
        var line = meminfo.Split('\n').FirstOrDefault(l => l.StartsWith(key + ":", StringComparison.Ordinal));
        return line?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var kilobytes, ..] && double.TryParse(kilobytes, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number * 1024 : null;
    }
}
