using FestivalOps.Telemetry;

namespace FestivalOps.Storage;

/// <summary>Whether the store can be used yet. Set by <see cref="StoreMigration"/> and by who writes all the time, read by whoever writes and by <c>/ready</c>.</summary>
internal sealed class StoreState : IReadiness
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the store has the structure that this version needs.</summary>
    public Task Ready => _ready.Task;

    /// <summary>True once the store has been opened; <see cref="Problem"/> tells whether it answers now.</summary>
    public bool IsReady => _ready.Task.IsCompletedSuccessfully;

    /// <summary>Why the store can't be used, in one English sentence; null when it can.</summary>
    public string? Problem { get; private set; } = "the store has not been opened yet";

    /// <summary>The store can be used from now on.</summary>
    public void SetReady()
    {
        Problem = null;
        _ready.TrySetResult();
    }

    /// <summary>The store could be used and does not answer now; the log has more under <paramref name="errorId"/>.</summary>
    public void SetAway(string errorId) => Problem = $"the store does not answer (error id {errorId})";

    /// <summary>The store can't be used yet, because of <paramref name="problem"/>.</summary>
    public void SetProblem(string problem) => Problem = problem;
}
