using StackExchange.Redis;

namespace FestivalOps.Settings;

/// <summary>Settings that say where something is and with which password: how they are checked without repeating the password, and what a Redis is connected to with.</summary>
internal static class ConnectionSettings
{
    /// <summary>Whether a parser refuses its text. Its own message may repeat the text, and with it a password: nobody gets it.</summary>
    public static bool Fails(Action parse)
    {
        try
        {
            parse();
            return false;
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException or KeyNotFoundException)
        {
            return true;
        }
    }

    /// <summary>What is wrong with the text that names a Redis, as the rest of a sentence behind the setting's name; null: nothing.</summary>
    public static string? RedisComplaint(string text)
    {
        ConfigurationOptions? redis = null;
        // Taken for a host's name, an address with a password in it would be shown in Slack.
        if (text.Contains("://", StringComparison.Ordinal) || text.Split(',')[0].Contains('@', StringComparison.Ordinal))
            return "is not an address like redis://…; it must begin with host:port, and a password follows as password=… (host:port,user=…,password=…).";
        if (Fails(() => redis = ConfigurationOptions.Parse(text))) return "is not a configuration of StackExchange.Redis (host:port,password=…).";
        return redis!.EndPoints.Count == 0 ? "names no server; it must begin with host:port (host:port,password=…)." : null;
    }

    /// <summary>What a Redis is connected to with: while it is away, questions fail at once instead of waiting in a queue.</summary>
    /// <param name="text">A setting in which <see cref="RedisComplaint"/> found nothing wrong.</param>
    public static ConfigurationOptions Redis(string text)
    {
        var settings = ConfigurationOptions.Parse(text);
        settings.AbortOnConnectFail = true;
        settings.ConnectRetry = 1;
        settings.ConnectTimeout = 3000;
        settings.AsyncTimeout = 3000;
        settings.BacklogPolicy = BacklogPolicy.FailFast;
        settings.ClientName = "festivalops";
        return settings;
    }
}
