using FestivalOps.Language;
using StackExchange.Redis;

namespace FestivalOps.Checks.Redis;

/// <summary>What the Redis checks say.</summary>
internal static class RedisTexts
{
    public static readonly LocalizedText NotSetUp = new("Platform:Redis に接続先を設定してください", "set Platform:Redis to the server's address");
    public static readonly LocalizedText Place = new("接続先", "Server");
    public static readonly LocalizedText Version = new("版数", "Version");
    public static readonly LocalizedText Used = new("使用メモリ", "Memory in use");
    public static readonly LocalizedText Limit = new("上限 (maxmemory)", "Limit (maxmemory)");
    public static readonly LocalizedText NoMemory = new("Redis に接続できないため測れません", "can't be measured: Redis can't be reached");

    public static LocalizedText WithoutLimit(string used) => new($"{used}(上限なし)", $"{used} (no limit set)");

    /// <summary>Redis doesn't answer: critical, except where our own password is what is wrong.</summary>
    public static Measurement Failed(string place, RedisException failure) =>
        failure.ToString().Contains("WRONGPASS", StringComparison.Ordinal) || failure.ToString().Contains("NOAUTH", StringComparison.Ordinal)
            ? Measurement.Unknown(new("認証を拒否されました。Platform:Redis を確認してください", "the password was refused; check Platform:Redis"))
            : Measurement.Critical(new($"接続できません ({place})", $"can't connect ({place})"));
}
