using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace FestivalOps.Channels;

/// <summary>Which channel hears what. Section <c>Channels</c>. All are Slack channel ids (<c>C012AB3CD</c>); all empty by default.</summary>
internal sealed partial class ChannelsOptions : IValidatableObject
{
    /// <summary>Critical incidents. Empty: <see cref="Alerts"/>.</summary>
    public string Critical { get; set; } = "";

    /// <summary>Incidents. Empty: nothing is posted, and the bot says so at its start and in <c>/fops health</c>.</summary>
    public string Alerts { get; set; } = "";

    /// <summary>What is only for information. Empty: <see cref="Alerts"/>.</summary>
    public string Information { get; set; } = "";

    /// <summary>What concerns the team and the bot itself: hand-over, restarts, reachability. Empty: <see cref="Alerts"/>.</summary>
    public string Operations { get; set; } = "";

    /// <summary>Runs of scheduled tasks and reports. Empty: <see cref="Operations"/>.</summary>
    public string Reports { get; set; } = "";

    /// <summary>Where runs and reports are posted; empty when no channel is set at all.</summary>
    public string ForReports => Reports.Length > 0 ? Reports : Operations.Length > 0 ? Operations : Alerts;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (name, id) in new[] { (nameof(Critical), Critical), (nameof(Alerts), Alerts), (nameof(Information), Information), (nameof(Operations), Operations), (nameof(Reports), Reports) })
        {
            if (id.Length > 0 && !ChannelId().IsMatch(id))
                yield return new($"{name} must be a Slack channel id like C012AB3CD (channel → details → bottom), but is '{id}'.", [name]);
        }
    }

    [GeneratedRegex("^[CG][A-Z0-9]{2,20}$", RegexOptions.None, 1000)]
    private static partial Regex ChannelId();
}
