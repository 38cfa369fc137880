using System.Text.Json;
using FestivalOps.FaultRun.Clock;
using FestivalOps.Scheduling;
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

    /// <summary>Is the bot until it is killed.</summary>
    /// <param name="orderFile">The order.</param>
    /// <param name="withTasks">True: the stand-in tasks are there.</param>
    public static async Task<int> RunAsync(string orderFile, bool withTasks)
    {
        var order = JsonSerializer.Deserialize<Order>(await File.ReadAllTextAsync(orderFile))!;
        var settings = new ConfigurationBuilder().AddInMemoryCollection(order.Settings).Build();
        try
        {
            var clock = new FastClock(order.Beginning, order.Speed);
            await using var bot = BotHost.Build(settings, services =>
            {
                services.AddSingleton<TimeProvider>(clock);
                for (var number = 0; withTasks && number < StandInTask.Count; number++)
                    services.AddSingleton<IScheduledTask>(new StandInTask(number, Path.GetDirectoryName(orderFile)!, clock));
            });
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
