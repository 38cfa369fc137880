using System.Globalization;
using FestivalOps.Alerting.Watchdog;
using FestivalOps.Language;

namespace FestivalOps.Alerting.Webhook;

/// <summary>Were alerts left out of a webhook? Nobody is told of those, so people are told that there are some.</summary>
internal sealed class LeftOutConcern(TimeProvider time) : IConcern
{
    /// <summary>How long after the last such webhook it is over: 1 hour.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromHours(1);

    private static readonly LocalizedText Title = new("受け取れなかったアラートがあります", "Some alerts were left out of a webhook");
    private static readonly LocalizedText Well = new("この 1 時間、省かれたアラートはありません", "no alert was left out in the last hour");

    private readonly Lock _lock = new();
    private (long Count, DateTimeOffset Since, DateTimeOffset Last)? _met;

    /// <inheritdoc/>
    public string Alert => "AlertsLeftOut";

    /// <summary>A webhook came from which <paramref name="count"/> alerts are missing.</summary>
    public void Met(long count)
    {
        var now = time.GetUtcNow();
        lock (_lock) _met = _met is { } before && now - before.Last <= Lasts ? (before.Count + count, before.Since, now) : (count, now, now);
    }

    /// <inheritdoc/>
    public Task<Finding?> LookAsync(CancellationToken ct)
    {
        (long Count, DateTimeOffset Since, DateTimeOffset Last)? met;
        lock (_lock) met = _met;
        var now = time.GetUtcNow();
        return Task.FromResult<Finding?>(met is { } some && now - some.Last <= Lasts
            ? new(true, some.Since, Title, Says(some.Count))
            : new(false, now, Title, Well));
    }

    private static LocalizedText Says(long count)
    {
        var number = count.ToString("N0", CultureInfo.InvariantCulture);
        return new(
            $"Alertmanager の通知から {number} 件のアラートが省かれました。それらは通知されません。group_by を細かくするか、max_alerts を見直してください (1 回に 10,000 件まで)。",
            $"{number} alerts were left out of Alertmanager's notifications; nobody is told of those. Group into smaller groups (group_by), or look at max_alerts (10,000 in one body at most).");
    }
}
