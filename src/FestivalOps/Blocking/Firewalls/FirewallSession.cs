using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using FestivalOps.Hosts;
using FestivalOps.Language;

namespace FestivalOps.Blocking.Firewalls;

/// <summary>
/// <c>festivalops-firewall serve</c>, kept running on a host, so that a change costs neither a log-in nor sudo nor a shell of its own. It opens when it
/// is first needed and again when it ended; what can't go this way goes by a command of its own.
/// </summary>
internal sealed partial class FirewallSession(IHost host, HostCommand serve, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    /// <summary>A change of more lines goes by a command of its own: a shell reads slowly.</summary>
    public const int MostLines = 500;

    /// <summary>So long after its end it is not opened again: 1 minute.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    // Then it begins anew, with whatever script and rights the host has now.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private Serving? _serving;
    private Task _running = Task.CompletedTask;
    private DateTimeOffset? _endedAt;
    private bool _isDisposed;

    /// <summary>True when it can be asked.</summary>
    public bool IsOpen
    {
        get
        {
            lock (_lock) return _serving is { IsReady: true };
        }
    }

    /// <summary>Opens it, unless it is or ended a moment ago. Does not wait.</summary>
    public void Open()
    {
        lock (_lock)
        {
            if (_isDisposed || _serving is not null || time.GetUtcNow() - _endedAt < Rest) return;
            _serving = new();
            _running = RunAsync(_serving);
        }
    }

    /// <summary>Makes a change.</summary>
    /// <param name="lines">Lines as <c>apply</c> reads them, at most <see cref="MostLines"/>.</param>
    /// <param name="patience">After so long what hangs is ended, and the session with it.</param>
    /// <param name="ct">The same at once.</param>
    /// <returns>As if a command of its own had been run; null: it is not open, is busy or ended meanwhile. What was begun may be done once more.</returns>
    public async Task<HostResult?> AskAsync(string lines, TimeSpan patience, CancellationToken ct)
    {
        Serving serving;
        Task<string?> answer;
        lock (_lock)
        {
            if (_serving is not { IsReady: true, Answer: null } open) return null;
            (serving, answer) = (open, open.Expect());
        }
        var begin = time.GetTimestamp();
        try
        {
            await serving.Pipe.Writer.WriteAsync(Encoding.ASCII.GetBytes(lines + ".\n"), ct);
            if (await answer.WaitAsync(patience, time, ct) is not { } said) return null;
            var space = said.IndexOf(' ', StringComparison.Ordinal);
            var words = said[(space + 1)..];
            if (space < 0 || !int.TryParse(said[..space], NumberStyles.None, CultureInfo.InvariantCulture, out var code)) return null;
            return new(HostOutcome.Done, code, HostOutput.Empty, new(Encoding.UTF8.GetBytes(words), words, IsCut: false), time.GetElapsedTime(begin), null);
        }
        catch (Exception failure) when (failure is TimeoutException or OperationCanceledException)
        {
            await serving.Stop.CancelAsync();
            var (outcome, sentence) = ct.IsCancellationRequested ? (HostOutcome.Cancelled, HostTexts.Cancelled) : (HostOutcome.TimedOut, HostTexts.TimedOut(host.Name, patience));
            return new(outcome, null, HostOutput.Empty, HostOutput.Empty, time.GetElapsedTime(begin), sentence);
        }
        finally
        {
            lock (_lock) serving.Answer = null;
        }
    }

    /// <summary>Ends it.</summary>
    public async ValueTask DisposeAsync()
    {
        Serving? serving;
        lock (_lock) (_isDisposed, serving) = (true, _serving);
        if (serving is null) return;
        // The end of its input ends it.
        await serving.Pipe.Writer.CompleteAsync();
        await Task.WhenAny(_running, Task.Delay(Farewell, time, CancellationToken.None));
        await serving.Stop.CancelAsync();
    }

    private async Task RunAsync(Serving serving)
    {
        await Task.Yield();
        HostResult? result = null;
        try
        {
            result = await host.RunAsync(serve with { Feed = serving.Pipe.Reader.AsStream(), Timeout = Longest, OutputLimit = 4096 }, line => Hear(serving, line), serving.Stop.Token);
        }
        catch (Exception failure)
        {
            Log.Broke(logger, failure, host.Name);
        }
        bool wasReady;
        lock (_lock)
        {
            wasReady = serving.IsReady;
            (_serving, _endedAt) = (null, wasReady && result?.Outcome == HostOutcome.TimedOut ? null : time.GetUtcNow());
            serving.IsReady = false;
            serving.Answer?.TrySetResult(null);
        }
        await serving.Pipe.Writer.CompleteAsync();
        // Left to the collector: who is told to stop may still look at its token.
        if (wasReady) Log.Ended(logger, host.Name, result?.Outcome);
        else Log.NotOpened(logger, host.Name, result?.Sentence?.En ?? (result is null ? "" : ForeignText.OneLine(result.Error.Text, 300)));
    }

    private void Hear(Serving serving, HostLine line)
    {
        if (line.IsError) return;
        lock (_lock)
        {
            if (!serving.IsReady) serving.IsReady = line.Text == "ready";
            else serving.Answer?.TrySetResult(line.Text);
        }
    }

    // One run of it.
    private sealed class Serving
    {
        public Pipe Pipe { get; } = new();

        public CancellationTokenSource Stop { get; } = new();

        public bool IsReady { get; set; }

        /// <summary>Who waits for an answer; null: nobody.</summary>
        public TaskCompletionSource<string?>? Answer { get; set; }

        public Task<string?> Expect() => (Answer = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{Host}: the open way to its firewall ended ({Outcome}); until it is open again, each change is a command of its own")]
        public static partial void Ended(ILogger logger, string host, HostOutcome? outcome);

        [LoggerMessage(LogLevel.Information, "{Host}: no way to its firewall can be kept open, so each change is a command of its own, which is slower. {Reason}")]
        public static partial void NotOpened(ILogger logger, string host, string reason);

        [LoggerMessage(LogLevel.Error, "{Host}: the open way to its firewall broke")]
        public static partial void Broke(ILogger logger, Exception failure, string host);
    }
}
