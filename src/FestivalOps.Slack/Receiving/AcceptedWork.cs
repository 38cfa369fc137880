using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FestivalOps.Slack.Receiving;

/// <summary>What was acknowledged and goes on: finished on shutdown before the host stops, as long as the host waits.</summary>
internal sealed partial class AcceptedWork(ILogger<AcceptedWork> logger) : IHostedService
{
    private readonly ConcurrentDictionary<long, Task> _running = new();
    private long _last;

    /// <summary>Follows work to its end. It must not throw: nobody is left to tell.</summary>
    public void Track(Task work)
    {
        if (work.IsCompleted)
            return;
        var id = Interlocked.Increment(ref _last);
        _running[id] = work;
        _ = work.ContinueWith(_ => _running.TryRemove(id, out Task? _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (_running.Values.ToArray() is { Length: > 0 } running)
                await Task.WhenAll(running).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Log.Abandoned(logger, _running.Count);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(20, LogLevel.Error, "{Count} accepted Slack requests were not finished before the host stopped")]
        public static partial void Abandoned(ILogger logger, int count);
    }
}
