using System.Text.Json;
using FestivalOps.Settings;

namespace FestivalOps.FaultRun;

/// <summary>The bot as the process that is killed: the real program, but for its clock.</summary>
internal static class BotChild
{
    /// <summary>What a child is told, in a file.</summary>
    /// <param name="Beginning">See <see cref="FastClock"/>.</param>
    /// <param name="Speed">See <see cref="FastClock"/>.</param>
    /// <param name="Settings">The bot's settings.</param>
    internal sealed record Order(long Beginning, int Speed, Dictionary<string, string?> Settings);

    public static async Task<int> RunAsync(string orderFile)
    {
        var order = JsonSerializer.Deserialize<Order>(await File.ReadAllTextAsync(orderFile))!;
        var settings = new ConfigurationBuilder().AddInMemoryCollection(order.Settings).Build();
        try
        {
            await using var bot = BotHost.Build(settings, s => s.AddSingleton<TimeProvider>(new FastClock(order.Beginning, order.Speed)));
            await bot.RunAsync();
            return Environment.ExitCode;
        }
        catch (SettingsException wrong)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return 78;
        }
    }
}
