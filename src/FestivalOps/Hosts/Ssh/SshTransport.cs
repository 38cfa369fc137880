using FestivalOps.Hosts.Running;
using Renci.SshNet;

namespace FestivalOps.Hosts.Ssh;

/// <summary>Starts processes on a host over SSH: one connection, one session on it for each process.</summary>
internal sealed partial class SshTransport(SshLogin login, TimeProvider time, ILogger logger) : IHostTransport, IDisposable
{
    private readonly SshLink<SshClient> _link = new(login, info => new(info), time, logger);

    /// <inheritdoc/>
    public string Place => login.Place;

    /// <inheritdoc/>
    public void Reset() => _link.Reset();

    /// <inheritdoc/>
    public void Dispose() => _link.Dispose();

    /// <inheritdoc/>
    public async Task<int?> RunAsync(
        IReadOnlyList<string> words, Stream? input, OutputCatcher output, OutputCatcher error, CancellationToken abandon)
    {
        var client = await _link.ConnectedAsync(abandon);
        var command = client.CreateCommand(ShellWords.Line(words));
        try
        {
            // The library's streams block their readers.
            var reading = Task.WhenAll(Blocking(() => Read(command.OutputStream, output)), Blocking(() => Read(command.ExtendedOutputStream, error)));
            // The task within the task: opening the session blocks, and then the command runs.
            var opening = Task.Factory.StartNew(() => command.ExecuteAsync(CancellationToken.None), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            _ = ResetIfStuckAsync(client, opening);
            var executing = await opening.WaitAsync(abandon);
            if (input is not null) _ = LoggedAsync(Blocking(() => Write(command, input)));
            await WaitAsync(client, executing, output, error, abandon);
            await reading.WaitAsync(abandon);
            if (command.ExitStatus is null && command.ExitSignal is null)
                throw new HostUnreachableException(HostTexts.Unreachable(login.Name, login.Place, "the connection was lost"));
            return command.ExitStatus;
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or HostUnreachableException) && IsOfConnection(failure))
        {
            throw login.Unreachable(failure);
        }
        finally
        {
            // Closing a session waits for the other side, which may hang.
            _ = LoggedAsync(Blocking(command.Dispose));
        }
    }

    // Also when nobody waits for the session any more: on a connection that opens none, the next command would be stuck, too.
    private async Task ResetIfStuckAsync(SshClient client, Task opening)
    {
        try
        {
            await opening;
        }
        catch (Exception failure)
        {
            Log.Aside(logger, login.Name, failure.Message);
            if (failure is Renci.SshNet.Common.SshOperationTimeoutException) _link.Reset(client);
        }
    }

    // Long silence may be a long task or a dead host: asked, only the living answers.
    private async Task WaitAsync(SshClient client, Task executing, OutputCatcher output, OutputCatcher error, CancellationToken abandon)
    {
        var interval = TimeSpan.FromSeconds(login.Host.KeepAliveSeconds);
        while (true)
        {
            var said = output.Said + error.Said;
            try
            {
                await executing.WaitAsync(interval, time, abandon);
                return;
            }
            catch (TimeoutException) when (!executing.IsCompleted)
            {
                if (output.Said + error.Said == said) await AskAsync(client, interval, abandon);
            }
        }
    }

    private async Task AskAsync(SshClient client, TimeSpan patience, CancellationToken abandon)
    {
        var sign = client.CreateCommand(":");
        try
        {
            await Task.Factory.StartNew(() => sign.ExecuteAsync(CancellationToken.None), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
                .Unwrap().WaitAsync(patience, time, abandon);
        }
        catch (TimeoutException late)
        {
            _link.Reset(client);
            throw new HostUnreachableException(HostTexts.NoAnswer(login.Name, login.Place, patience), late);
        }
        finally
        {
            _ = LoggedAsync(Blocking(sign.Dispose));
        }
    }

    private static bool IsOfConnection(Exception failure) =>
        failure is Renci.SshNet.Common.SshException or System.Net.Sockets.SocketException or IOException or ObjectDisposedException or InvalidOperationException;

    private static void Read(Stream stream, OutputCatcher catcher)
    {
        var buffer = new byte[32 * 1024];
        int read;
        while ((read = stream.Read(buffer, 0, buffer.Length)) > 0) catcher.Feed(buffer.AsSpan(0, read));
        catcher.End();
    }

    private static void Write(SshCommand command, Stream input)
    {
        using var stream = command.CreateInputStream();
        var buffer = new byte[32 * 1024];
        int read;
        while ((read = input.Read(buffer, 0, buffer.Length)) > 0)
        {
            stream.Write(buffer, 0, read);
            stream.Flush();
        }
    }

    // What nobody waits for: a program that does not read its input to the end, a host that hangs while we say good-bye.
    private async Task LoggedAsync(Task work)
    {
        try
        {
            await work;
        }
        catch (Exception failure)
        {
            Log.Aside(logger, login.Name, failure.Message);
        }
    }

    private static Task Blocking(Action action) => Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Debug, "{Host}: {Reason}")]
        public static partial void Aside(ILogger logger, string host, string reason);
    }
}
