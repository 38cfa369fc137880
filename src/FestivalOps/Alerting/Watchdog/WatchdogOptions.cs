using System.ComponentModel.DataAnnotations;

namespace FestivalOps.Alerting.Watchdog;

/// <summary>The alert that Prometheus always fires, so that its silence is noticed. Section <c>Alerting:Watchdog</c>.</summary>
internal sealed class WatchdogOptions
{
    /// <summary>Its <c>alertname</c>. It makes no incident. Up to 200 characters. Default: <c>Watchdog</c>.</summary>
    [Required]
    [StringLength(200, MinimumLength = 1)]
    public string AlertName { get; set; } = "Watchdog";

    /// <summary>
    /// After this long without it an incident is opened. It must be longer than Alertmanager's <c>repeat_interval</c> of the route that sends
    /// it. Unit: seconds. Range: 60 to 86,400. Default: 600.
    /// </summary>
    [Range(60, 86_400)]
    public int SilentAfterSeconds { get; set; } = 600;

    /// <summary>True: it is missed also when it was never heard. Default: false, it is missed once it has been heard.</summary>
    public bool Expected { get; set; }
}
