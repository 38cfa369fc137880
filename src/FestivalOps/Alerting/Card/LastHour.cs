using FestivalOps.Alerting.Alerts;
using FestivalOps.Checks.History;

namespace FestivalOps.Alerting.Card;

/// <summary>Knows what was measured in the last hour before an alert's card is drawn.</summary>
internal interface ILastHour
{
    /// <summary>
    /// The values of the hour before <paramref name="until"/>, oldest first, <see cref="Sparkline.Width"/> evenly spaced ones: the worst of
    /// each span, so that a peak is never averaged away; null where nothing was measured. Empty when there is nothing to draw: an alert from
    /// elsewhere, a check without a number.
    /// </summary>
    Task<IReadOnlyList<double?>> ReadAsync(AlertRecord alert, DateTimeOffset until, CancellationToken ct);
}

/// <summary>The last hour of our own checks, from their kept results.</summary>
internal sealed class LastHour(RecentValues values, TimeProvider time) : ILastHour
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<double?>> ReadAsync(AlertRecord alert, DateTimeOffset until, CancellationToken ct)
    {
        if (!AlertLabels.Read(alert.Labels).TryGetValue("check", out var check)) return [];
        var begin = until - Hour;
        var series = await values.OfAsync(check, time.GetUtcNow() - begin, ct);
        var slots = new double?[Sparkline.Width];
        foreach (var point in series.Points.Where(p => p.At >= begin && p.At <= until && p.Value is { } value && double.IsFinite(value)))
        {
            ref var slot = ref slots[Math.Min(slots.Length - 1, (int)((point.At - begin) / Hour * slots.Length))];
            var isWorse = series.Threshold is { LowIsBad: true } ? point.Value < slot : point.Value > slot;
            if (slot is null || isWorse) slot = point.Value;
        }
        return slots.Any(v => v is not null) ? slots : [];
    }
}
