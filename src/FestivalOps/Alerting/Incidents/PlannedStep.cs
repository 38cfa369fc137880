using System.Text.Json;

namespace FestivalOps.Alerting.Incidents;

/// <summary>A step of the ladder that is still to come, as the card shows it ("15 分後に技術リードへ").</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Level">Level of the ladder: 1 to 3.</param>
/// <param name="Roles">Names of the roles that are told (<see cref="FestivalOps.Commands.Roles.Role"/>).</param>
/// <param name="WaitsForMorning">True when the time is the next opening of business hours, not a count-down.</param>
internal sealed record PlannedStep(DateTimeOffset At, int Level, IReadOnlyList<string> Roles, bool WaitsForMorning)
{
    /// <summary>Reads <see cref="Incident.Plan"/>.</summary>
    public static IReadOnlyList<PlannedStep> Read(string json) => JsonSerializer.Deserialize<List<PlannedStep>>(json) ?? [];

    /// <summary>Writes <see cref="Incident.Plan"/>.</summary>
    public static string Write(IEnumerable<PlannedStep> steps) => JsonSerializer.Serialize(steps);
}

/// <summary>Why the plan of an incident is made anew.</summary>
internal enum PlanCause
{
    /// <summary>It was opened, or is shown again after having been hidden.</summary>
    Opened,

    /// <summary>Its level went up.</summary>
    Worsened,

    /// <summary>It came back: a promise or a snooze ran out, an acknowledgement was undone, it was reopened.</summary>
    CameBack,

    /// <summary>A person asked for the next level now.</summary>
    ByHand,

    /// <summary>Nobody is to be paged any more: taken, snoozed, hidden, resolved.</summary>
    Quiet,
}

/// <summary>
/// Sets <see cref="Incident.Step"/>, <see cref="Incident.NextStepAt"/> and <see cref="Incident.Plan"/> within a change. The ladder
/// implements it; it is pure apart from what it writes into the incident, and never touches the store.
/// </summary>
internal interface IIncidentPlan
{
    /// <summary>Makes the plan anew.</summary>
    void Plan(Incident incident, PlanCause cause, DateTimeOffset now);
}
