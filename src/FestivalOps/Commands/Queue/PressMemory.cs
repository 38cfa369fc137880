using System.Collections.Concurrent;

namespace FestivalOps.Commands.Queue;

/// <summary>Remembers presses for a moment, so that a double press does nothing twice.</summary>
internal sealed class PressMemory
{
    /// <summary>Two presses of one button by one person within 2 seconds are one.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Keep = TimeSpan.FromMinutes(5);

    private const int Sweep = 1_000;

    private readonly ConcurrentDictionary<(string User, string Message, string Action, string Value), DateTimeOffset> _presses = new();

    /// <summary>True for the first press, false for its echo.</summary>
    public bool IsFirst(WorkItem item, PressedButton button)
    {
        // Presses of ephemeral messages have no message ts; their value tells them apart.
        if (_presses.Count > Sweep)
        {
            foreach (var (old, at) in _presses)
            {
                if (item.ReceivedAt - at >= Keep) _presses.TryRemove(new(old, at));
            }
        }
        var key = (item.UserId, button.MessageTs, button.ActionId, button.Value);
        var first = false;
        _presses.AddOrUpdate(
            key,
            _ =>
            {
                first = true;
                return item.ReceivedAt;
            },
            (_, last) =>
            {
                // When they were pressed counts, not when a worker came to them, nor in which order.
                first = (item.ReceivedAt - last).Duration() >= Window;
                return first ? item.ReceivedAt : last;
            });
        return first;
    }
}
