using FestivalOps.Telemetry;

namespace FestivalOps.Storage;

/// <summary>
/// Whether the store can be used. Until it is opened <see cref="StoreMigration"/> says so, afterwards <see cref="StoreWatch"/> alone: a
/// write that succeeds or fails says nothing about the store as a whole. Read by whoever writes and by <c>/ready</c>.
/// </summary>
internal sealed class StoreState : IReadiness
{
    private string? _problem = "the store has not been opened yet";
    private string? _file;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the store has the structure that this version needs.</summary>
    public Task Ready => _ready.Task;

    /// <summary>True once the store has been opened; it stays true when the store is lost afterwards (see <see cref="IsReachable"/>).</summary>
    public bool IsReady => _ready.Task.IsCompletedSuccessfully;

    /// <summary>True while the store has been opened and answers.</summary>
    public bool IsReachable => IsReady && Problem is null;

    /// <summary>Why the store can't be used, in one English sentence; null when it can.</summary>
    public string? Problem
    {
        get => Volatile.Read(ref _problem);
        private set => Volatile.Write(ref _problem, value);
    }

    /// <summary>
    /// Makes sure that the store's file is the one that was looked at first. What is written to one that was removed is lost at the stop, so
    /// whoever promises that something is durable looks first. Costs one question to the file system; PostgreSQL has no file.
    /// </summary>
    /// <exception cref="FileNotFoundException">The file is gone, or another has taken its place.</exception>
    public void LookAtFile(OpsDbContext db)
    {
        var file = db.FileIdentity();
        var first = Interlocked.CompareExchange(ref _file, file, null) ?? file;
        if (!string.Equals(file, first, StringComparison.Ordinal)) throw new FileNotFoundException("Another file has taken the place of the store's.");
    }

    /// <summary>The store can be used from now on.</summary>
    public void SetReady()
    {
        Problem = null;
        _ready.TrySetResult();
    }

    /// <summary>The store can't be used, or no longer, because of <paramref name="problem"/>.</summary>
    public void SetProblem(string problem) => Problem = problem;
}
