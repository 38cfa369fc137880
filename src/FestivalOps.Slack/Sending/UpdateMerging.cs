using FestivalOps.Slack.WebApi;

namespace FestivalOps.Slack.Sending;

/// <summary>Of several updates of one message that wait, only the newest is sent; all who wait get its result.</summary>
internal sealed class UpdateMerging
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Slot> _slots = new(StringComparer.Ordinal);

    /// <param name="key">Which message.</param>
    /// <param name="update">The update.</param>
    /// <param name="send">Waits for its turn, then takes the newest update and sends it.</param>
    public Task<MessageUpdateResponse> Run(string key, MessageUpdate update, Func<Func<MessageUpdate>, Task<MessageUpdateResponse>> send)
    {
        lock (_lock)
        {
            if (_slots.TryGetValue(key, out var slot) && !slot.Taken)
            {
                slot.Newest = update;
                return slot.Sending!;
            }
            var mine = new Slot { Newest = update };
            _slots[key] = mine;
            return mine.Sending = Start(key, mine, send);
        }
    }

    private async Task<MessageUpdateResponse> Start(string key, Slot slot, Func<Func<MessageUpdate>, Task<MessageUpdateResponse>> send)
    {
        // Leaves the lock of the caller first: the first part of an async method runs within it.
        await Task.Yield();
        try
        {
            return await send(() =>
            {
                lock (_lock)
                {
                    slot.Taken = true;
                    return slot.Newest;
                }
            }).ConfigureAwait(false);
        }
        finally
        {
            lock (_lock)
                if (_slots.TryGetValue(key, out var current) && ReferenceEquals(current, slot))
                    _slots.Remove(key);
        }
    }

    private sealed class Slot
    {
        public required MessageUpdate Newest { get; set; }

        public bool Taken { get; set; }

        public Task<MessageUpdateResponse>? Sending { get; set; }
    }
}
