namespace FestivalOps.SlackEmulator.Api;

/// <summary>Token buckets: method tiers, and one post a second and channel with a small burst.</summary>
internal sealed class Pacing(EmulatorOptions options, TimeProvider time)
{
    private const double WorkspacePostsPerMinute = 300;
    private readonly Lock gate = new();
    private readonly Dictionary<string, (double Tokens, DateTimeOffset At)> buckets = new(StringComparer.Ordinal);

    /// <summary>Takes a call of a method.</summary>
    public void Call(ApiMethod method) => Take("method:" + method.Name, method.PerMinute, method.PerMinute / 60d);

    /// <summary>Takes a post to a channel.</summary>
    public void Post(string channelId)
    {
        Take("channel:" + channelId, options.PostBurst, 1);
        Take("posts", WorkspacePostsPerMinute, WorkspacePostsPerMinute / 60);
    }

    public void Clear()
    {
        lock (gate)
            buckets.Clear();
    }

    private void Take(string key, double capacity, double perSecond)
    {
        if (!options.StrictPacing)
            return;
        lock (gate)
        {
            var now = time.GetUtcNow();
            var (tokens, at) = buckets.GetValueOrDefault(key, (capacity, now));
            tokens = Math.Min(capacity, tokens + ((now - at).TotalSeconds * perSecond));
            if (tokens < 1)
            {
                buckets[key] = (tokens, now);
                throw new Refusal("ratelimited") { RetryAfterSeconds = Math.Max(1, (int)Math.Ceiling((1 - tokens) / perSecond)) };
            }
            buckets[key] = (tokens - 1, now);
        }
    }
}
