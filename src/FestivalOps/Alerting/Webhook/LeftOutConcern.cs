using System.Globalization;
using FestivalOps.Alerting.Watchdog;
using FestivalOps.Language;

namespace FestivalOps.Alerting.Webhook;

/// <summary>Were alerts left out of a webhook, or could not be read in it? Nobody is told of those, so people are told that there are some.</summary>
internal sealed class LeftOutConcern(TimeProvider time) : IConcern
{
    /// <summary>How long after the last such webhook it is over: 1 hour.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromHours(1);

    private static readonly LocalizedText Title = new("受け取れなかったアラートがあります", "Some alerts were left out of a webhook");
    private static readonly LocalizedText Well = new("この 1 時間、省かれたアラートはありません", "no alert was left out in the last hour");

    private readonly Lock _lock = new();
    private Missing? _met;

    /// <inheritdoc/>
    public string Alert => "AlertsLeftOut";

    /// <summary>A webhook came from which <paramref name="count"/> alerts are missing.</summary>
    public void Met(long count) => Add(m => m with { Truncated = m.Truncated + count });

    /// <summary>A webhook came of which not every alert could be read.</summary>
    public void NotRead(UnreadableAlerts alerts) => Add(m => m with { Unreadable = m.Unreadable + alerts.Count, Example = alerts.First });

    /// <summary>A webhook with the right secret was refused as a whole; what stood in it is not known.</summary>
    public void Refused(string reason) => Add(m => m with { Refused = m.Refused + 1, Reason = reason });

    /// <inheritdoc/>
    public Task<Finding?> LookAsync(CancellationToken ct)
    {
        Missing? met;
        lock (_lock) met = _met;
        var now = time.GetUtcNow();
        return Task.FromResult<Finding?>(met is { } some && now - some.Last <= Lasts
            ? new(true, some.Since, Title, Says(some))
            : new(false, now, Title, Well));
    }

    private void Add(Func<Missing, Missing> more)
    {
        var now = time.GetUtcNow();
        lock (_lock) _met = more(_met is { } known && now - known.Last <= Lasts ? known : new(0, 0, "", 0, "", now, now)) with { Last = now };
    }

    private static LocalizedText Says(Missing some)
    {
        var parts = new List<LocalizedText>();
        if (some.Truncated > 0)
        {
            var number = Number(some.Truncated);
            parts.Add(new(
                $"Alertmanager の通知から {number} 件のアラートが省かれました。それらは通知されません。group_by を細かくするか、max_alerts を見直してください (1 回に 10,000 件まで)。",
                $"{number} alerts were left out of Alertmanager's notifications; nobody is told of those. Group into smaller groups (group_by), or look at max_alerts (10,000 in one body at most)."));
        }
        if (some.Unreadable > 0)
        {
            var number = Number(some.Unreadable);
            parts.Add(new(
                $"{number} 件のアラートを読み取れませんでした。それらは通知されません。送信元の設定を確認してください (送信元に返した最後の理由:「{some.Example}」)。",
                $"{number} alerts could not be read; nobody is told of those. Look at what sends them (the last one: {some.Example})."));
        }
        if (some.Refused > 0)
        {
            var number = Number(some.Refused);
            parts.Add(new(
                $"{number} 回の通知を丸ごと拒否しました。中のアラートは通知されません。送信元の設定を確認してください (送信元に返した最後の理由:「{some.Reason}」)。",
                $"{number} webhooks were refused as a whole; nobody is told of what stood in them. Look at what sends them (the last reason: {some.Reason})."));
        }
        return new(string.Concat(parts.Select(p => p.Ja)), string.Join(' ', parts.Select(p => p.En)));
    }

    private static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>What was missing since <paramref name="Since"/>, the last of it at <paramref name="Last"/>.</summary>
    private sealed record Missing(long Truncated, long Unreadable, string Example, long Refused, string Reason, DateTimeOffset Since, DateTimeOffset Last);
}
