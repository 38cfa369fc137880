using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Incidents;

namespace FestivalOps.Alerting.Intake;

/// <summary>An incident and what one round of the intake does to it.</summary>
internal sealed class Draft(Incident incident, Verdict verdict, bool isNew)
{
    public Incident Incident => incident;

    /// <summary>Open, Join, Reopen or JoinStorm; NothingNew when alerts only stop, change or are hidden.</summary>
    public Verdict Verdict { get; set; } = verdict;

    public bool IsNew => isNew;

    /// <summary>Alerts that began to fire.</summary>
    public List<Beginning> Begins { get; } = [];

    /// <summary>Firing alerts that a new storm takes over from incidents of the last minute.</summary>
    public int Merged { get; set; }

    /// <summary>Alerts that fire already and are told differently now.</summary>
    public List<IncomingAlert> Changes { get; } = [];

    /// <summary>Alerts that stopped, and why.</summary>
    public List<AlertRecord> Stops { get; } = [];

    /// <summary>Why they stopped, when that was not their sender's word.</summary>
    public string? StopReason { get; set; }

    /// <summary>True when one of its alerts began or ceased to come and go, so that it has to be seen whether any still does.</summary>
    public bool FlappingChanged { get; set; }

    /// <summary>True when what hides its alerts has changed, so that it has to be seen whether anything still shows.</summary>
    public bool HidingChanged { get; set; }
}

/// <summary>An alert that begins to fire.</summary>
/// <param name="Alert">What came.</param>
/// <param name="Known">What is remembered of it from before; null when nothing is.</param>
/// <param name="Hider">What hides it; null when nothing does.</param>
internal sealed record Beginning(IncomingAlert Alert, AlertRecord? Known, Hider? Hider);

/// <summary>What the visible alerts of an incident say.</summary>
/// <param name="Visible">True when any fires and is not hidden.</param>
/// <param name="Level">Their highest level.</param>
/// <param name="Severity">Their worst severity.</param>
/// <param name="HiddenBy">When none is visible: what hides one of them.</param>
internal sealed record Sight(bool Visible, int Level, Severity Severity, string? HiddenBy);
