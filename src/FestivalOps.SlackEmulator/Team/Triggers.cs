using System.Globalization;

namespace FestivalOps.SlackEmulator.Team;

/// <summary>What came of showing a <c>trigger_id</c>.</summary>
internal enum TriggerUse
{
    Good,
    Invalid,
    Used,
    Expired,
}

/// <summary><c>trigger_id</c>s: good once, for three seconds.</summary>
internal sealed class Triggers(TimeProvider time)
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(10);
    private readonly Lock gate = new();
    private readonly Dictionary<string, Trigger> all = new(StringComparer.Ordinal);

    /// <summary>Issues one for what a person just did.</summary>
    /// <param name="userId">Who did it.</param>
    /// <param name="viewId">The view it happened in, on which <c>views.push</c> builds.</param>
    public string Issue(string userId, string? viewId = null)
    {
        var now = time.GetUtcNow();
        var id = string.Create(CultureInfo.InvariantCulture, $"{now.ToUnixTimeMilliseconds()}.{Math.Abs(Seed.Team.GetHashCode(StringComparison.Ordinal))}.{Ids.Secret()}");
        lock (gate)
        {
            foreach (var old in all.Where(t => now - t.Value.At > Memory).Select(t => t.Key).ToList())
                all.Remove(old);
            all[id] = new Trigger(userId, viewId, now, IsUsed: false);
        }
        return id;
    }

    /// <summary>Uses one up.</summary>
    public TriggerUse Use(string id, out string userId, out string? viewId)
    {
        lock (gate)
        {
            (userId, viewId) = ("", null);
            if (!all.TryGetValue(id, out var trigger))
                return TriggerUse.Invalid;
            (userId, viewId) = (trigger.User, trigger.View);
            if (trigger.IsUsed)
                return TriggerUse.Used;
            if (time.GetUtcNow() - trigger.At > Life)
                return TriggerUse.Expired;
            all[id] = trigger with { IsUsed = true };
            return TriggerUse.Good;
        }
    }

    private sealed record Trigger(string User, string? View, DateTimeOffset At, bool IsUsed);
}
