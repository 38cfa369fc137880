using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Incidents;

namespace FestivalOps.Tests.Alerting;

/// <summary>Writes down what is raised, as an intake would see it: what changes nothing is no news.</summary>
internal sealed class FakeIntake : IIncidentIntake
{
    private readonly Dictionary<string, (bool Firing, Severity Severity)> _known = [];

    /// <summary>Everything that was raised, oldest first.</summary>
    public List<IncomingAlert> Raised { get; } = [];

    /// <summary>What a person would have heard of: alerts that began, ended or changed their severity.</summary>
    public List<IncomingAlert> News { get; } = [];

    /// <summary>When set, nothing can be raised.</summary>
    public Exception? Broken { get; set; }

    /// <summary>Called before each acceptance.</summary>
    public Func<Task>? Before { get; set; }

    public async Task<IReadOnlyList<long>> RaiseAsync(IReadOnlyCollection<IncomingAlert> alerts, CancellationToken ct)
    {
        if (Before is { } before) await before();
        if (Broken is { } broken) throw broken;
        foreach (var alert in alerts)
        {
            Raised.Add(alert);
            var was = _known.GetValueOrDefault(alert.Fingerprint);
            if (was.Firing != alert.Firing || (alert.Firing && was.Severity != alert.Severity)) News.Add(alert);
            _known[alert.Fingerprint] = (alert.Firing, alert.Severity);
        }
        return [];
    }
}
