namespace FestivalOps.Channels;

/// <summary>Wakes one worker that otherwise looks every now and then. Ringing is cheap and may be done as often as one likes.</summary>
internal sealed class Bell(TimeProvider time)
{
    private TaskCompletionSource _rung = New();

    /// <summary>Wakes the worker, or keeps it from going to sleep.</summary>
    public void Ring() => Volatile.Read(ref _rung).TrySetResult();

    /// <summary>Ends when someone rang since the last wait ended, or after <paramref name="patience"/>. For one worker.</summary>
    public async Task WaitAsync(TimeSpan patience, CancellationToken ct)
    {
        var rung = Volatile.Read(ref _rung);
        try
        {
            await rung.Task.WaitAsync(patience, time, ct);
        }
        catch (TimeoutException)
        {
            return;
        }
        // Who rings before this line rings for the look that follows it.
        Volatile.Write(ref _rung, New());
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
