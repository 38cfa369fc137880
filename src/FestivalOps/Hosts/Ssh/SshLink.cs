using FestivalOps.Hosts.Running;
using Renci.SshNet;
using ConnectionInfo = Renci.SshNet.ConnectionInfo;

namespace FestivalOps.Hosts.Ssh;

/// <summary>A connection that is kept, shared by all who need it at the same time, and opened again when it is broken.</summary>
internal sealed partial class SshLink<T>(SshLogin login, Func<ConnectionInfo, T> make, TimeProvider time, ILogger logger) : IDisposable where T : BaseClient
{
    private readonly Lock _lock = new();
    private Task<T>? _connection;

    /// <summary>The connection, opened if need be. Who comes while it is being opened shares the outcome.</summary>
    /// <exception cref="HostUnreachableException">It can't be opened.</exception>
    public async Task<T> ConnectedAsync(CancellationToken ct)
    {
        Task<T> connection;
        lock (_lock)
        {
            if (_connection is { IsCompleted: true } && !(_connection.IsCompletedSuccessfully && _connection.Result.IsConnected)) Forget();
            connection = _connection ??= OpenAsync();
        }
        return await connection.WaitAsync(ct);
    }

    /// <summary>The connection hangs or is in doubt: the next one who asks gets a new one.</summary>
    public void Reset()
    {
        lock (_lock) Forget();
    }

    /// <summary>The same, unless another connection has taken its place already.</summary>
    public void Reset(T stuck)
    {
        lock (_lock)
        {
            if (_connection is { IsCompletedSuccessfully: true } current && current.Result == stuck) Forget();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Reset();

    private async Task<T> OpenAsync()
    {
        // The library blocks while it connects, each of its steps for as long as we give all of them.
        var connecting = Task.Factory.StartNew(() => login.Connect(make), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var patience = TimeSpan.FromSeconds(login.Host.ConnectTimeoutSeconds);
        try
        {
            var client = await connecting.WaitAsync(patience, time, CancellationToken.None);
            Log.Connected(logger, login.Name, login.Place);
            return client;
        }
        catch (TimeoutException late)
        {
            Close(connecting);
            throw new HostUnreachableException(HostTexts.NoAnswer(login.Name, login.Place, patience), late);
        }
    }

    private void Forget()
    {
        if (_connection is { } old) Close(old);
        _connection = null;
    }

    // Saying good-bye to a host that hangs blocks, too.
    private void Close(Task<T> connection) => _ = connection.ContinueWith(
        opened =>
        {
            if (!opened.IsCompletedSuccessfully)
            {
                Log.Closed(logger, login.Name, opened.Exception?.InnerException?.Message);
                return;
            }
            try
            {
                opened.Result.Dispose();
            }
            catch (Exception failure)
            {
                Log.Closed(logger, login.Name, failure.Message);
            }
        },
        CancellationToken.None,
        TaskContinuationOptions.LongRunning,
        TaskScheduler.Default);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{Host}: connected to {Place}")]
        public static partial void Connected(ILogger logger, string host, string place);

        [LoggerMessage(LogLevel.Debug, "{Host}: a connection ended: {Reason}")]
        public static partial void Closed(ILogger logger, string host, string? reason);
    }
}
