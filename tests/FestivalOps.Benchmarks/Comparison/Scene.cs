using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using FestivalOps.Benchmarks.Traffic;

namespace FestivalOps.Benchmarks.Comparison;

/// <summary>What one run of load did to one program.</summary>
/// <param name="Load">What the load generator saw.</param>
/// <param name="AnswersPerSecond">Complete answers a second, from the first command to the last answer; 0 when it gives none.</param>
/// <param name="Processor">Processor time of the program per command; unit: µs. What else the machine does disturbs it least.</param>
internal sealed record RoundResult(LoadResult Load, double AnswersPerSecond, double Processor);

/// <summary>The stand-in for Slack, and runs of load against a program.</summary>
internal sealed class Scene(int sinkPort, string secret, HttpClient slack)
{
    private static readonly TimeSpan LongestRound = TimeSpan.FromSeconds(90);

    /// <summary>Sends <paramref name="count"/> commands and waits for all their answers.</summary>
    /// <exception cref="InvalidOperationException">Something was refused, or answers are missing after a minute and a half.</exception>
    public async Task<RoundResult> RoundAsync(Contender contender, Child running, int count, int connections, int perSecond)
    {
        var (before, _) = await CountAsync();
        var processor = running.ProcessorTime;
        var order = new LoadOrder(contender.Port, contender.Path, secret, sinkPort, count, connections, perSecond);
        await using var load = Child.StartSelf("load", JsonSerializer.Serialize(order));
        var code = await load.EndAsync(LongestRound);
        if (code != 0) throw new InvalidOperationException($"The load generator failed against {contender.Name}:\n{load.Said}");
        var result = JsonSerializer.Deserialize<LoadResult>(load.Said)!;
        if (result.Failed > 0) throw new InvalidOperationException($"{contender.Name} refused {result.Failed} of {count} commands.");
        var last = contender.Answers ? await UntilAsync(before + result.Accepted, contender.Name) : 0;
        return new(
            result,
            contender.Answers ? result.Accepted / Stopwatch.GetElapsedTime(result.StartedAt, last).TotalSeconds : 0,
            (running.ProcessorTime - processor).TotalMicroseconds / count);
    }

    /// <summary>Starts a program, sends it one command and waits for the answer; the time is that of all three.</summary>
    public async Task<(Child Running, TimeSpan FirstAnswer)> FirstAnswerAsync(Contender contender)
    {
        var since = Stopwatch.GetTimestamp();
        var (before, _) = await CountAsync();
        var running = await contender.StartAsync();
        var command = SignedCommands.Make(new(contender.Port, contender.Path, secret, sinkPort, 1, 1, 0));
        using (var socket = new System.Net.Sockets.TcpClient())
        {
            await socket.ConnectAsync(System.Net.IPAddress.Loopback, contender.Port);
            await socket.GetStream().WriteAsync(command[0]);
            var last = await UntilAsync(before + 1, contender.Name);
            return (running, Stopwatch.GetElapsedTime(since, last));
        }
    }

    /// <summary>The first answer that was posted, as it was posted.</summary>
    public Task<byte[]> CardAsync() => slack.GetByteArrayAsync(new Uri("card", UriKind.Relative));

    private async Task<long> UntilAsync(long wanted, string name)
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            var (count, newest) = await CountAsync();
            if (count > wanted) throw new InvalidOperationException($"{name} answered {count - wanted} commands twice.");
            if (count == wanted) return newest;
            if (Stopwatch.GetElapsedTime(since) > LongestRound) throw new InvalidOperationException($"{name} left {wanted - count} commands unanswered.");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, CancellationToken.None);
        }
    }

    private async Task<(long Count, long NewestAt)> CountAsync()
    {
        var words = (await slack.GetStringAsync(new Uri("count", UriKind.Relative))).Split(' ');
        return (long.Parse(words[0], CultureInfo.InvariantCulture), long.Parse(words[1], CultureInfo.InvariantCulture));
    }
}
