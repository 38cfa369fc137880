using System.ComponentModel.DataAnnotations;
using FestivalOps.Alerting.Alerts;

namespace FestivalOps.Alerting;

/// <summary>How alerts become incidents. Section <c>Alerting</c>.</summary>
internal sealed class AlertingOptions : IValidatableObject
{
    private static readonly string[] DefaultGroupBy = [AlertLabels.AlertName];
    private static readonly string[] DefaultMajor = ["ApplicationDown", "DatabaseDown"];

    /// <summary>Labels that make alerts one incident when their sender does not group them itself. Empty: <c>alertname</c>.</summary>
    public IList<string> GroupBy { get; set; } = [];

    /// <summary>
    /// Names of alerts that bring the whole system or its security down: level 3 of the guideline while they are critical. Empty:
    /// <c>ApplicationDown</c>, <c>DatabaseDown</c>.
    /// </summary>
    public IList<string> MajorAlerts { get; set; } = [];

    /// <summary>A group that fires again within this time of its end is the same incident again. Unit: minutes. Range: 0 (never) to 1440. Default: 10.</summary>
    [Range(0, 1440)]
    public int ReopenMinutes { get; set; } = 10;

    /// <summary>
    /// An alert of Alertmanager that was not heard of for this long counts as ended; its sender repeats what still fires every few hours
    /// (<c>repeat_interval</c>, which must be shorter). Unit: hours. Range: 1 to 720. Default: 24.
    /// </summary>
    [Range(1, 720)]
    public int ForgetHours { get; set; } = 24;

    /// <summary>How long before its end people are reminded of a silence. Unit: minutes. Range: 0 (never) to 1440. Default: 15.</summary>
    [Range(0, 1440)]
    public int SilenceReminderMinutes { get; set; } = 15;

    /// <summary><see cref="GroupBy"/>, or its default.</summary>
    public IReadOnlyList<string> EffectiveGroupBy => GroupBy.Count > 0 ? [.. GroupBy] : DefaultGroupBy;

    /// <summary><see cref="MajorAlerts"/>, or its default.</summary>
    public IReadOnlyList<string> EffectiveMajorAlerts => MajorAlerts.Count > 0 ? [.. MajorAlerts] : DefaultMajor;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (name, list) in new[] { (nameof(GroupBy), GroupBy), (nameof(MajorAlerts), MajorAlerts) })
        {
            if (list.Any(string.IsNullOrWhiteSpace)) yield return new($"{name} holds an empty name.", [name]);
        }
    }
}

/// <summary>When many groups fire at once, one card stands for all of them. Section <c>Alerting:Storm</c>.</summary>
internal sealed class StormOptions
{
    /// <summary>False: every group opens its own incident, however many there are. Default: true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>How many incidents may open for one channel within a minute; further ones join one incident. Range: 2 to 10,000. Default: 30.</summary>
    [Range(2, 10_000)]
    public int GroupsPerMinute { get; set; } = 30;
}
