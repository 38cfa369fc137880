using FestivalOps.Alerting.Incidents;
using FestivalOps.Language;

namespace FestivalOps.Alerting.Card;

/// <summary>What a feature adds to the cards of its own incidents: a button that shows more of what it knows. Shown until the incident is resolved.</summary>
internal interface IIncidentButton
{
    /// <summary>The button's <c>action_id</c>; its value is the number of the incident.</summary>
    string ActionId { get; }

    /// <summary>Its label.</summary>
    LocalizedText Label { get; }

    /// <summary>Whether this incident is its own.</summary>
    bool BelongsTo(Incident incident);
}
