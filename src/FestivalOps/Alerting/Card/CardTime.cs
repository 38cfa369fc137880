using FestivalOps.Language;

namespace FestivalOps.Alerting.Card;

/// <summary>
/// The moment in which a card is drawn. Times on it are absolute, in the team's zone: a card stays, and nobody redraws it because time passes.
/// </summary>
/// <param name="Now">When it is drawn, UTC.</param>
/// <param name="Zone">The team's zone.</param>
internal sealed record CardTime(DateTimeOffset Now, TimeZoneInfo Zone)
{
    /// <summary>See <see cref="SpokenTime.At"/>.</summary>
    public LocalizedText At(DateTimeOffset at) => SpokenTime.At(at, Now, Zone);
}
