using System.Threading.Channels;
using Microsoft.Extensions.Options;

namespace FestivalOps.Commands.Queue;

/// <summary>What was acknowledged and waits to be done. It is bounded: what doesn't fit is refused to the person's face, never dropped.</summary>
internal sealed class WorkQueue(Burst burst, IOptions<CommandsOptions> options)
{
    private readonly Channel<WorkItem> _items = System.Threading.Channels.Channel.CreateBounded<WorkItem>(
        new BoundedChannelOptions(options.Value.QueueCapacity) { FullMode = BoundedChannelFullMode.Wait });

    private volatile bool _closed;

    /// <summary>False when the queue is full or the bot is stopping.</summary>
    public bool HasRoom => !_closed && _items.Reader.Count < options.Value.QueueCapacity;

    /// <summary>How many wait now.</summary>
    public int Waiting => _items.Reader.Count;

    /// <summary>False when the queue is full or the bot is stopping: tell the person to try again.</summary>
    public bool TryAccept(WorkItem item)
    {
        burst.Arrive();
        return _items.Writer.TryWrite(item);
    }

    /// <summary>No more from now on; what waits is still done.</summary>
    public void Close()
    {
        _closed = true;
        _items.Writer.TryComplete();
    }

    /// <summary>What waits, oldest first, until the queue is closed and empty.</summary>
    public IAsyncEnumerable<WorkItem> TakeAsync(CancellationToken ct) => _items.Reader.ReadAllAsync(ct);
}
