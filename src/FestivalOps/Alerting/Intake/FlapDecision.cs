using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Rules;
using Microsoft.Extensions.Options;

namespace FestivalOps.Alerting.Intake;

/// <summary>
/// Decides whether an alert of the webhook comes and goes, by the settings of our own checks (<see cref="RulesOptions.FlapChanges"/>). Those decide for
/// themselves, before they come here. Pure.
/// </summary>
internal sealed class FlapDecision(IOptions<RulesOptions> options)
{
    private readonly TimeSpan _window = TimeSpan.FromSeconds(options.Value.FlapWindowSeconds);
    private readonly TimeSpan _steady = TimeSpan.FromSeconds(options.Value.FlapSteadySeconds);

    /// <summary>Notes that <paramref name="alert"/> began or stopped; true when it comes and goes now.</summary>
    public bool Note(AlertRecord alert, DateTimeOffset now)
    {
        if (alert.Source != AlertSource.Alertmanager) return false;
        alert.Changes = FlapTimes.Add(alert.Changes, now, _window);
        if (alert.SteadyAt is null && FlapTimes.Count(alert.Changes) < options.Value.FlapChanges) return false;
        alert.SteadyAt = now + _steady;
        return true;
    }
}
