namespace FestivalOps.Channels.Courier;

/// <summary>Keeps a row that is worked on for longer than its lease, and stops the work when another instance has it.</summary>
internal sealed class LeaseKeeper : IAsyncDisposable
{
    private readonly CancellationTokenSource _over = new();
    private readonly Task _keeping;

    /// <summary>Begins to keep <paramref name="row"/>; <paramref name="lost"/> is cancelled when it is lost.</summary>
    public LeaseKeeper(OutboxDesk desk, OutboxRow row, CancellationTokenSource lost, TimeProvider time) =>
        _keeping = desk.IsShared ? KeepAsync(desk, row, lost, time) : Task.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _keeping;
        _over.Dispose();
    }

    private async Task KeepAsync(OutboxDesk desk, OutboxRow row, CancellationTokenSource lost, TimeProvider time)
    {
        try
        {
            while (true)
            {
                await Task.Delay(OutboxDesk.Lease / 3, time, _over.Token);
                if (await desk.ExtendAsync(row, _over.Token)) continue;
                await lost.CancelAsync();
                return;
            }
        }
        catch (Exception) when (_over.IsCancellationRequested)
        {
            // The work is done.
        }
        catch (Exception)
        {
            // The store is away: before the lease runs out, the work must have ended.
            await lost.CancelAsync();
        }
    }
}
