using Microsoft.Extensions.Options;

namespace FestivalOps.Commands.Queue;

/// <summary>
/// Works off the queue. When the bot stops, it takes nothing new, finishes what was accepted within
/// <see cref="CommandsOptions.DrainSeconds"/>, and cuts the rest off; those people are told at the next start.
/// </summary>
internal sealed partial class WorkCrew(
    WorkQueue queue, Burst burst, CommandRunner runner, IOptions<CommandsOptions> options, TimeProvider time, ILogger<WorkCrew> logger) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _cut = new();
    private Task _working = Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _working = Task.WhenAll(Enumerable.Range(0, options.Value.Parallel).Select(_ => Task.Run(WorkAsync, CancellationToken.None)));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Close();
        Log.Draining(logger, queue.Waiting);
        var drain = Task.Delay(TimeSpan.FromSeconds(options.Value.DrainSeconds), time, cancellationToken);
        if (await Task.WhenAny(_working, drain) != _working)
        {
            Log.CutOff(logger, queue.Waiting);
            await _cut.CancelAsync();
            // What hears the cut ends at once; what doesn't is left to the end of the process.
            await Task.WhenAny(_working, Task.Delay(TimeSpan.FromSeconds(2), time, CancellationToken.None));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _cut.Dispose();

    private async Task WorkAsync()
    {
        try
        {
            await foreach (var item in queue.TakeAsync(_cut.Token))
            {
                await burst.PassAsync(_cut.Token);
                await runner.RunAsync(item, _cut.Token);
            }
        }
        catch (OperationCanceledException) when (_cut.IsCancellationRequested)
        {
            Log.Stopped(logger);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Stopping: nothing new is accepted; {Waiting} accepted commands are finished first")]
        public static partial void Draining(ILogger logger, int waiting);

        [LoggerMessage(LogLevel.Warning, "Stopping: the time is up with {Waiting} accepted commands waiting; their people are told at the next start")]
        public static partial void CutOff(ILogger logger, int waiting);

        [LoggerMessage(LogLevel.Debug, "A worker was stopped")]
        public static partial void Stopped(ILogger logger);
    }
}
