using FestivalOps.Alerting.Alerts;

namespace FestivalOps.Alerting.Card;

/// <summary>Knows what was measured in the last hour before an alert's card is drawn.</summary>
internal interface ILastHour
{
    /// <summary>
    /// The values of the hour before <paramref name="until"/>, oldest first and evenly spaced; null where nothing was measured. Empty when
    /// there is nothing to draw: an alert from elsewhere, a check without a number.
    /// </summary>
    Task<IReadOnlyList<double?>> ReadAsync(AlertRecord alert, DateTimeOffset until, CancellationToken ct);
}

/// <summary>The last hour of a bot that keeps no values: nothing. The rules take its place.</summary>
internal sealed class NoLastHour : ILastHour
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<double?>> ReadAsync(AlertRecord alert, DateTimeOffset until, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<double?>>([]);
}
