using FestivalOps.Language;
using StackExchange.Redis;

namespace FestivalOps.Checks.Redis;

/// <summary>What the Redis checks say.</summary>
internal static class RedisTexts
{
    public static readonly LocalizedText NotSetUp = new("Platform:Redis に接続先を設定してください", "set Platform:Redis to the server's address");
    public static readonly LocalizedText Version = new("バージョン", "Version");
    public static readonly LocalizedText Used = new("使用メモリ", "Memory in use");
    public static readonly LocalizedText Limit = new("上限 (maxmemory)", "Limit (maxmemory)");
    public static readonly LocalizedText NoMemory = new("Redis に接続できないため測れません", "can't be measured: Redis can't be reached");

    public static LocalizedText WithoutLimit(string used) => new($"{used}(上限なし)", $"{used} (no limit set)");

    /// <summary>Redis doesn't answer: critical, except where our own password is what is wrong.</summary>
    public static Measurement Failed(string place, Exception failure) => failure switch
    {
        System.Net.Sockets.SocketException => Measurement.Unknown(new($"ホスト名を解決できません ({place})", $"the host name can't be resolved ({place})")),
        RedisTimeoutException or TimeoutException => Measurement.Critical(new($"応答がありません ({place})", $"no answer ({place})")),
        _ when failure.ToString() is var all && (all.Contains("WRONGPASS", StringComparison.Ordinal) || all.Contains("NOAUTH", StringComparison.Ordinal)) =>
            Measurement.Unknown(new("認証を拒否されました。Platform:Redis を確認してください", "the password was refused; check Platform:Redis")),
        _ => Measurement.Critical(new($"接続できません ({place})", $"can't connect ({place})")),
    };
}
