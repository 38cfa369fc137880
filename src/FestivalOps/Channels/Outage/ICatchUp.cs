using FestivalOps.Storage;

namespace FestivalOps.Channels.Outage;

/// <summary>
/// What a feature does when Slack is back after an outage. Registered with <see cref="ChannelsSetup.AddCatchUp{T}"/>.
/// </summary>
internal interface ICatchUp
{
    /// <summary>
    /// Called when Slack answers again after at least <see cref="SlackOutage.Threshold"/>, before anything that waited goes out, in one
    /// transaction with all other features. It adds the rows of its catch-up (one for each channel, with <see cref="SlackGap.Key"/> in their
    /// keys, so that they are written once for one outage, by whichever instance) and returns the kinds that the catch-up tells in their
    /// stead: their waiting rows of priority <see cref="OutboxPriority.Note"/> and <see cref="OutboxPriority.Redraw"/> are dropped. May be called
    /// again for the same outage.
    /// </summary>
    /// <exception cref="Exception">The transaction is given up; what waited goes out as it is.</exception>
    Task<IReadOnlyCollection<string>> CatchUpAsync(SlackGap gap, OpsDbContext db, CancellationToken ct);
}
