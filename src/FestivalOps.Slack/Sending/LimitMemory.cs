using System.Collections.Concurrent;

namespace FestivalOps.Slack.Sending;

/// <summary>Remembers until when a method may not be called, so that one 429 stops everyone who would call it and not only the caller that got it.</summary>
internal sealed class LimitMemory(TimeProvider time)
{
    // Keys are method, token and channel; far more than a workspace has, so reaching it means something else is wrong.
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<string, DateTimeOffset> _until = new(StringComparer.Ordinal);

    public void Remember(string key, TimeSpan wait)
    {
        if (_until.Count >= Most)
            foreach (var (old, until) in _until)
                if (until <= time.GetUtcNow())
                    _until.TryRemove(old, out _);
        if (_until.Count < Most)
            _until[key] = time.GetUtcNow() + (wait < SlackTransport.LongestWait ? wait : SlackTransport.LongestWait);
    }

    /// <summary>How long the method may still not be called; null when it may be.</summary>
    public TimeSpan? Left(string key) => _until.TryGetValue(key, out var until) && until - time.GetUtcNow() is var left && left > TimeSpan.Zero ? left : null;

    public async ValueTask Wait(string key, CancellationToken cancellationToken)
    {
        while (_until.TryGetValue(key, out var until))
        {
            var left = until - time.GetUtcNow();
            if (left <= TimeSpan.Zero)
            {
                _until.TryRemove(KeyValuePair.Create(key, until));
                return;
            }
            await Task.Delay(left, time, cancellationToken).ConfigureAwait(false);
        }
    }
}
