using FestivalOps.Alerting.Alerts;
using FestivalOps.Language;

namespace FestivalOps.Alerting.Silences;

/// <summary>A wish not to be told of certain alerts for a while.</summary>
/// <param name="Matchers">What it hides, as written; empty: everything, which only a maintenance window may.</param>
/// <param name="StartsAt">From when, UTC.</param>
/// <param name="EndsAt">Until when, UTC; at most <see cref="Silence.Longest"/> later.</param>
/// <param name="Reason">Why, or the name of the maintenance. Foreign text.</param>
/// <param name="IsMaintenance">True for a maintenance window.</param>
/// <param name="Seen">How many firing alerts its preview showed; null: there was none.</param>
internal sealed record SilenceRequest(string Matchers, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string Reason, bool IsMaintenance, int? Seen = null);

/// <summary>What a silence would hide now.</summary>
/// <param name="Problem">Why it can't be made: matchers that can't be read, times that are over; null when it can.</param>
/// <param name="Incidents">How many open incidents it would hide entirely.</param>
/// <param name="Alerts">How many firing alerts it would hide.</param>
/// <param name="Sample">The first of these alerts, worst first; at most 10.</param>
internal sealed record SilencePreview(LocalizedText? Problem, int Incidents, int Alerts, IReadOnlyList<AlertRecord> Sample);

/// <summary>How a wish for a silence came out.</summary>
/// <param name="Silence">The silence as it is now; null when there is none.</param>
/// <param name="IsDone">True when this wish made or ended it.</param>
/// <param name="Says">One sentence for who asked.</param>
internal sealed record SilenceOutcome(Silence? Silence, bool IsDone, LocalizedText Says);

/// <summary>What people do with silences and maintenance windows, from dialogs and commands alike.</summary>
internal interface ISilenceDesk
{
    /// <summary>Says what a silence would hide now; changes nothing.</summary>
    Task<SilencePreview> PreviewAsync(SilenceRequest request, CancellationToken ct);

    /// <summary>Makes it. Refused with a sentence for matchers that can't be read and for times that are over or too long.</summary>
    Task<SilenceOutcome> CreateAsync(SilenceRequest request, string userId, string channelId, CancellationToken ct);

    /// <summary>Ends it now. What it hid is told again.</summary>
    Task<SilenceOutcome> EndAsync(long id, string userId, CancellationToken ct);

    /// <summary>Those that hold now or begin later, the one that ends first first.</summary>
    Task<IReadOnlyList<Silence>> ListAsync(CancellationToken ct);
}
