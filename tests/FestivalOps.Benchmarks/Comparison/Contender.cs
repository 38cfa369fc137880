using System.Diagnostics;
using System.Net.Sockets;

namespace FestivalOps.Benchmarks.Comparison;

/// <summary>A program that takes the command: ours, or what it is held against.</summary>
/// <param name="Name">Short name.</param>
/// <param name="Port">Where it listens.</param>
/// <param name="Path">Path of its endpoint.</param>
/// <param name="Answers">Whether it posts an answer; bare Kestrel only acknowledges.</param>
/// <param name="Start">Starts it.</param>
internal sealed record Contender(string Name, int Port, string Path, bool Answers, Func<Child> Start)
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);

    /// <summary>Starts it and waits until it takes connections.</summary>
    /// <exception cref="InvalidOperationException">It ended, or takes none in a minute.</exception>
    public async Task<Child> StartAsync()
    {
        var child = Start();
        var since = Stopwatch.GetTimestamp();
        while (!await ListensAsync())
        {
            if (child.HasEnded || Stopwatch.GetElapsedTime(since) > LongestStart)
            {
                var said = child.Said;
                await child.DisposeAsync();
                throw new InvalidOperationException($"{Name} did not start. It said:\n{said}");
            }
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, CancellationToken.None);
        }
        return child;
    }

    private async Task<bool> ListensAsync()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(System.Net.IPAddress.Loopback, Port);
            return true;
        }
        // Reset: it was closing its socket, or had no place in its queue yet.
        catch (SocketException notYet) when (notYet.SocketErrorCode is SocketError.ConnectionRefused or SocketError.ConnectionReset)
        {
            return false;
        }
    }
}
