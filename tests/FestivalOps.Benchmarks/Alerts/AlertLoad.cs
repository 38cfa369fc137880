using System.Text.Json;
using FestivalOps.Benchmarks.Comparison;
using FestivalOps.Benchmarks.Traffic;

namespace FestivalOps.Benchmarks.Alerts;

/// <summary>The load generator for alerts, a process of its own: each sender posts its next body when the last one was accepted.</summary>
internal static class AlertLoad
{
    private static readonly TimeSpan AtMost = TimeSpan.FromMinutes(5);

    /// <summary>The process: reads its order, sends, writes one line of JSON.</summary>
    public static async Task<int> RunAsync(string json)
    {
        var order = JsonSerializer.Deserialize<AlertOrder>(json)!;
        var requests = AlertRequests.Make(order);
        var run = new LoadRun(new(order.Port, order.Path, "", 0, requests.Count, order.Senders, 0), requests);
        Console.WriteLine(JsonSerializer.Serialize(await run.SendAllAsync()));
        return 0;
    }

    /// <summary>Starts that process and waits for its result.</summary>
    /// <exception cref="InvalidOperationException">It failed, or a body was not accepted.</exception>
    public static async Task<Accepted> SendAsync(AlertOrder order)
    {
        await using var load = Child.StartSelf("alert-load", JsonSerializer.Serialize(order));
        var code = await load.EndAsync(AtMost);
        if (code != 0) throw new InvalidOperationException($"The load generator failed against port {order.Port}:\n{load.Said}");
        var result = JsonSerializer.Deserialize<LoadResult>(load.Said)!;
        if (result.Failed > 0) throw new InvalidOperationException($"{result.Failed} of {order.Count / order.PerPost} bodies were not accepted on port {order.Port}.");
        var bodies = (order.Count + order.PerPost - 1) / order.PerPost;
        return new(result.StartedAt, TimeSpan.FromSeconds(bodies / result.PerSecond), order.Count);
    }
}

/// <summary>Alerts were accepted: each body was answered with 200.</summary>
/// <param name="StartedAt">Stopwatch timestamp (the machine's monotonic clock) of the first send.</param>
/// <param name="Took">From the first send to the last 200.</param>
/// <param name="Alerts">How many.</param>
internal sealed record Accepted(long StartedAt, TimeSpan Took, int Alerts)
{
    /// <summary>Alerts a second.</summary>
    public double PerSecond => Alerts / Took.TotalSeconds;
}
