using System.Net.WebSockets;
using FestivalOps.Slack.Beyond;
using FestivalOps.Slack.Receiving;
using FestivalOps.Slack.Sending;
using FestivalOps.Slack.WebApi;
using Microsoft.Extensions.Logging;

namespace FestivalOps.Slack.SocketMode;

/// <summary>Keeps several connections open. Each is replaced before it breaks: the new one is ready before the old one stops.</summary>
internal sealed partial class SlackSocketModeClient(
    SlackSettings settings, ISlackApiClient api, SlackAddresses addresses, EnvelopeHandling envelopes, ConnectionState state,
    TimeProvider time, ILogger<SlackSocketModeClient> logger) : ISlackSocketModeClient
{
    private static readonly HashSet<string> RefusedForGood = new(StringComparer.Ordinal)
    {
        "not_authed", "invalid_auth", "account_inactive", "user_removed_from_team", "team_disabled", "not_allowed_token_type", "token_revoked",
        "token_expired", "missing_scope", "forbidden_team", "link_disabled", "no_permission", "org_login_required",
    };

    /// <summary>Slack closes a connection about 10 s after its warning; what still comes on it until then is acknowledged.</summary>
    internal static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    /// <summary>A connection that lived shorter counts as a failure: a server that ends each at once must not be asked for the next at once.</summary>
    internal static readonly TimeSpan SettledAfter = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _keeping = Task.CompletedTask;

    public bool Connected => state.ReadyConnections > 0;

    /// <summary>Completes when all connections have been closed.</summary>
    public Task Completion => _keeping;

    public Task Connect(SocketModeConnectionOptions? connectionOptions = null, CancellationToken cancellationToken = default)
    {
        if (string.IsNullOrEmpty(settings.AppLevelToken))
            throw new InvalidOperationException("Socket Mode needs Slack's app-level token (xapp-…). Give it with UseAppLevelToken.");
        if (_keeping == Task.CompletedTask)
        {
            var options = connectionOptions ?? settings.SocketModeConnections;
            state.Starting();
            // The connections outlive the call: Disconnect ends them, the token only the waiting.
            _keeping = Task.WhenAll(Enumerable.Range(0, options.NumberOfConnections).Select(number =>
                Keep(options.ConnectionDelay * number, options.DebugReconnects, _stop.Token)));
        }
        return _ready.Task.WaitAsync(cancellationToken);
    }

    public void Disconnect() => _stop.Cancel();

    public void Dispose()
    {
        if (_stop.IsCancellationRequested)
            return;
        _stop.Cancel();
        _ready.TrySetCanceled(_stop.Token);
    }

    private async Task Keep(TimeSpan delay, bool debugReconnects, CancellationToken stop)
    {
        // Never on the caller's thread, which may be starting the host.
        await Task.Yield();
        SocketConnection? current = null;
        var draining = new List<Task>();
        var failures = 0;
        try
        {
            await Task.Delay(delay, time, stop).ConfigureAwait(false);
            while (true)
            {
                TimeSpan wait;
                try
                {
                    wait = await OpenAndStay().ConfigureAwait(false);
                }
                catch (Exception failure) when (failure is not OperationCanceledException || !stop.IsCancellationRequested)
                {
                    // Whatever it was: without another connection, commands and buttons would no longer arrive.
                    wait = BackOff(++failures);
                    state.Waiting(failure.GetType().Name);
                    Log.Failed(logger, ErrorId.New(), wait.TotalSeconds, SlackRedaction.Redact(failure.ToString()));
                }
                await Task.Delay(wait, time, stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Log.Stopping(logger);
        }
        finally
        {
            if (current is not null)
                draining.Add(current.Close());
            await Task.WhenAll(draining).ConfigureAwait(false);
        }

        // One connection, until it must be replaced; how long to wait before the next.
        async Task<TimeSpan> OpenAndStay()
        {
            var (opened, wait) = await TryOpen(failures, debugReconnects, stop).ConfigureAwait(false);
            if (opened is null)
            {
                failures++;
                return wait;
            }
            // Make before break: the old one goes on acknowledging until Slack closes it.
            if (current is not null)
                draining.Add(current.Drain(Grace, stop));
            draining.RemoveAll(task => task.IsCompleted);
            current = opened;

            var since = time.GetTimestamp();
            var reason = await Stay(current, stop).ConfigureAwait(false);
            var settled = time.GetElapsedTime(since) >= SettledAfter;
            if (settled)
                failures = 0;
            if (reason is "warning" or "refresh_requested")
            {
                Log.Renewing(logger, reason);
                if (settled)
                    return TimeSpan.Zero;
            }
            else
            {
                var lost = current;
                current = null;
                await lost.Close().ConfigureAwait(false);
                if (reason == "link_disabled")
                {
                    StopForGood(reason);
                    throw new OperationCanceledException(stop);
                }
            }
            failures++;
            if (settled)
                return BackOff(failures);
            // One step further than after a failure, at least a second: something makes connections end as soon as they are open.
            var pause = BackOff(failures + 1);
            Log.ShortLived(logger, SettledAfter.TotalSeconds, pause.TotalSeconds);
            return pause;
        }
    }

    private async Task<string> Stay(SocketConnection connection, CancellationToken stop)
    {
        var ended = connection.Ended;
        if (connection.IsReady)
        {
            state.Ready();
            _ready.TrySetResult();
            Log.Ready(logger, state.ReadyConnections);
            _ = ended.ContinueWith(_ => state.Lost("connection lost"), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
        await Task.WhenAny(connection.ReplaceRequested, ended).WaitAsync(stop).ConfigureAwait(false);
        if (connection.ReplaceRequested.IsCompletedSuccessfully)
            return await connection.ReplaceRequested.ConfigureAwait(false);
        Log.Lost(logger);
        return "lost";
    }

    private async Task<(SocketConnection? Connection, TimeSpan Wait)> TryOpen(int failures, bool debugReconnects, CancellationToken stop)
    {
        try
        {
            var answer = await api.WithAccessToken(settings.AppLevelToken!).AppsConnectionsApi.Open(stop).ConfigureAwait(false);
            var address = addresses.SocketUrl(debugReconnects ? $"{answer.Url}&debug_reconnects=true" : answer.Url)
                ?? throw new SlackException(new ErrorResponse { Error = "socket_url_refused", Messages = { "The socket address is not one of Slack's (wss)." } });
            return (await SocketConnection.Open(address, settings.SocketPings, envelopes, time, logger, stop).ConfigureAwait(false), TimeSpan.Zero);
        }
        catch (SlackRateLimitException limited)
        {
            state.Waiting(limited.ErrorCode);
            Log.Limited(logger);
            // At least a second, whatever the answer says; a longer wait than an hour is a mistake.
            return (null, TimeSpan.FromSeconds(Math.Clamp((limited.RetryAfter ?? BackOff(failures + 1)).TotalSeconds, 1, 3600)));
        }
        catch (SlackException refused) when (RefusedForGood.Contains(refused.ErrorCode))
        {
            StopForGood(refused.ErrorCode);
            throw new OperationCanceledException(stop);
        }
        catch (Exception failure) when (failure is SlackException or SlackUnclearException or SlackUnavailableException or WebSocketException or HttpRequestException or IOException
            || (failure is OperationCanceledException && !stop.IsCancellationRequested))
        {
            var wait = BackOff(failures + 1);
            state.Waiting(failure is SlackException slack ? slack.ErrorCode : failure.GetType().Name);
            Log.NotOpened(logger, SlackRedaction.Redact(failure.Message), wait.TotalSeconds);
            return (null, wait);
        }
    }

    private void StopForGood(string reason)
    {
        if (state.Stopped(reason))
            Log.StoppedForGood(logger, reason);
        _ready.TrySetException(new SlackException(new ErrorResponse { Error = reason }));
        _stop.Cancel();
    }

    // Half of it jitter, so that many clients do not come back at the same moment.
    private static TimeSpan BackOff(int failures)
    {
        var most = Math.Min(LongestWait.TotalSeconds, Math.Pow(2, Math.Min(failures, 10) - 1));
        return TimeSpan.FromSeconds(most * (0.5 + Random.Shared.NextDouble() / 2));
    }

    private static partial class Log
    {
        [LoggerMessage(80, LogLevel.Information, "Slack Socket Mode: a connection is ready; {Ready} now")]
        public static partial void Ready(ILogger logger, int ready);

        [LoggerMessage(81, LogLevel.Information, "Slack Socket Mode: replacing a connection ({Reason})")]
        public static partial void Renewing(ILogger logger, string reason);

        [LoggerMessage(82, LogLevel.Warning, "Slack Socket Mode: a connection was lost; opening another")]
        public static partial void Lost(ILogger logger);

        [LoggerMessage(83, LogLevel.Warning, "Slack Socket Mode: no connection ({Cause}); trying again in {Seconds:0.0} s")]
        public static partial void NotOpened(ILogger logger, string cause, double seconds);

        [LoggerMessage(84, LogLevel.Warning, "Slack Socket Mode: too many connection attempts; waiting as Slack asks")]
        public static partial void Limited(ILogger logger);

        [LoggerMessage(85, LogLevel.Critical, "Slack Socket Mode stopped for good ({Reason}): commands and buttons no longer arrive. Check the app's Socket Mode switch and the app-level token, then restart")]
        public static partial void StoppedForGood(ILogger logger, string reason);

        [LoggerMessage(86, LogLevel.Debug, "Slack Socket Mode: closing")]
        public static partial void Stopping(ILogger logger);

        [LoggerMessage(87, LogLevel.Error, "Slack Socket Mode: a connection failed unexpectedly ({ErrorId}); trying again in {Seconds:0.0} s: {Failure}")]
        public static partial void Failed(ILogger logger, string errorId, double seconds, string failure);

        [LoggerMessage(88, LogLevel.Warning, "Slack Socket Mode: a connection lived less than {Least} s; opening the next in {Seconds:0.0} s")]
        public static partial void ShortLived(ILogger logger, double least, double seconds);
    }
}
