namespace FestivalOps.Demo.SamplePlatform.Local;

/// <summary>
/// A real server on 127.0.0.1 that a demo or a test can take away, hang and bring back. It ends with <see cref="DisposeAsync"/>,
/// and with this process at the latest.
/// </summary>
/// <param name="name">The word used in folder names and errors.</param>
internal abstract class LocalServer(string name) : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(15);
    private ServerProcess? process;

    /// <summary>The port on 127.0.0.1; it stays the same over stops and starts.</summary>
    public int Port { get; } = FreePort.Take();

    /// <summary>Where its files are.</summary>
    public string Folder { get; } = RunFolder.Current.Create(name);

    /// <summary>Whether its process runs; true also while it is suspended.</summary>
    public bool IsRunning => process is { HasExited: false };

    /// <summary>The numbers of all its processes; empty when it is stopped.</summary>
    public IReadOnlyList<int> ProcessIds => process is { } running ? ProcessTree.Of(running.Id) : [];

    /// <summary>How it is started.</summary>
    protected abstract ServerCommand Command { get; }

    /// <summary>The signal that ends it quickly and cleanly.</summary>
    protected virtual PosixSignalNumber StopSignal => PosixSignalNumber.Terminate;

    /// <summary>Takes the server away: its port refuses connections afterwards. Nothing happens when it is stopped.</summary>
    public async Task StopAsync()
    {
        if (process is null) return;
        await process.StopAsync(StopSignal, StopPatience);
        process.Dispose();
        process = null;
    }

    /// <summary>Brings it back on the same port with the same data, and returns when it answers.</summary>
    /// <exception cref="InvalidOperationException">It runs already, ended while starting, or did not answer within 30 s.</exception>
    public async Task StartAgainAsync(CancellationToken cancellationToken = default)
    {
        if (process is not null) throw new InvalidOperationException($"{name} runs already.");
        process = new ServerProcess(Command);
        try
        {
            await WaitUntilAnsweringAsync(process, cancellationToken);
        }
        catch
        {
            await StopAsync();
            throw;
        }
    }

    /// <summary>
    /// Hangs it: open connections stay open, new ones are accepted by the kernel, and nothing answers. Returns when all its
    /// processes stand still.
    /// </summary>
    public async Task SuspendAsync(CancellationToken cancellationToken = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartLimit);
        do
        {
            ProcessTree.Suspend(Running.Id);
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, limit.Token);
        }
        while (ProcessIds.Any(id => ProcessTree.Look(id) is { IsStopped: false }));
    }

    /// <summary>Lets it go on after <see cref="SuspendAsync"/>.</summary>
    public void Resume() => ProcessTree.Signal(Running.Id, PosixSignalNumber.Continue);

    /// <inheritdoc />
    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await StopAsync();
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Whether it answers its own protocol. Errors of a server that is not up yet count as no.</summary>
    protected abstract Task<bool> AnswersAsync(CancellationToken cancellationToken);

    /// <summary>Starts a new server, which is disposed when that fails.</summary>
    protected static async Task<T> StartNewAsync<T>(T server, Func<Task>? prepare, CancellationToken cancellationToken) where T : LocalServer
    {
        try
        {
            if (prepare is not null) await prepare();
            await server.StartAgainAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private ServerProcess Running => process ?? throw new InvalidOperationException($"{name} is stopped.");

    private async Task WaitUntilAnsweringAsync(ServerProcess started, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartLimit);
        try
        {
            while (!await AnswersAsync(limit.Token))
            {
                if (started.HasExited) throw new InvalidOperationException($"{name} ended while starting:\n{started.LastLines}");
                await Task.Delay(ProbeInterval, TimeProvider.System, limit.Token);
            }
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException($"{name} did not answer within {StartLimit.TotalSeconds:0} s:\n{started.LastLines}", e);
        }
    }
}
