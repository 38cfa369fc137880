using System.Globalization;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.Channels;

/// <summary>
/// Takes the intent to tell someone. The caller adds rows in the transaction of its own change and calls <see cref="Wake"/> after the
/// commit; without the call they go out at the next look, a second later.
/// </summary>
internal sealed class Outbox(TimeProvider time)
{
    private readonly Bell _bell = new(time);
    private readonly Lock _lock = new();
    private (long Millisecond, int Count) _last;

    /// <summary>Makes a row that waits from now on.</summary>
    /// <param name="key">See <see cref="OutboxRow.Key"/>; at most <see cref="OutboxRow.MaxKey"/> characters.</param>
    /// <param name="kind">See <see cref="IPostKind.Kind"/>.</param>
    /// <param name="subject">See <see cref="OutboxRow.Subject"/>.</param>
    /// <param name="carrier">How it goes out.</param>
    /// <param name="target">Where it goes.</param>
    /// <param name="priority">What goes first.</param>
    /// <param name="argument">See <see cref="OutboxRow.Argument"/>.</param>
    public OutboxRow Row(
        string key, string kind, string subject, Carrier carrier, string target, OutboxPriority priority, string argument = "")
    {
        var now = time.GetUtcNow();
        return new()
        {
            Id = NextId(now),
            Key = key,
            Kind = kind,
            Subject = subject,
            Argument = argument,
            Carrier = carrier,
            Target = target,
            Priority = priority,
            CreatedAt = now,
            NotBefore = now,
        };
    }

    /// <summary>
    /// Adds rows to the caller's transaction; the caller saves. A row whose key is there already, waiting, sent or dropped, is left out: the
    /// same thing is told once.
    /// </summary>
    public static async Task AddAsync(OpsDbContext db, IReadOnlyCollection<OutboxRow> rows, CancellationToken ct)
    {
        if (rows.Count == 0) return;
        var keys = rows.Select(r => r.Key).ToList();
        var known = (await db.Set<OutboxRow>().Where(r => keys.Contains(r.Key)).Select(r => r.Key).ToListAsync(ct)).ToHashSet(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            if (known.Add(row.Key)) db.Add(row);
        }
    }

    // UUID version 7 with its 12 free bits as a counter: rows of one change keep their order, also within one millisecond and when the
    // clock is set back.
    private string NextId(DateTimeOffset now)
    {
        const int most = 0xfff;
        (long Millisecond, int Count) mine;
        lock (_lock)
        {
            var millisecond = now.ToUnixTimeMilliseconds();
            mine = millisecond > _last.Millisecond ? (millisecond, 0) : _last.Count < most ? (_last.Millisecond, _last.Count + 1) : (_last.Millisecond + 1, 0);
            _last = mine;
        }
        return string.Create(CultureInfo.InvariantCulture, $"{mine.Millisecond:x12}7{mine.Count:x3}{Guid.CreateVersion7(now).ToString("N")[16..]}");
    }

    /// <summary>Says that there may be something to send. Cheap; may be called as often as one likes.</summary>
    public void Wake() => _bell.Ring();

    /// <summary>Ends when someone woke it since the last call, or after <paramref name="patience"/>.</summary>
    public Task WaitAsync(TimeSpan patience, CancellationToken ct) => _bell.WaitAsync(patience, ct);
}
