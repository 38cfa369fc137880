using System.ComponentModel.DataAnnotations;
using System.Net;
using FestivalOps.Blocking.Addresses;

namespace FestivalOps.Blocking.Lockdown;

/// <summary>The lock-down: who still comes in, and how it is made sure that we still do. Section <c>Blocking:Lockdown</c>.</summary>
internal sealed class LockdownOptions : IValidatableObject
{
    /// <summary>Addresses and ranges that still come in, beside those of <c>Blocking:NeverBlock</c> and <c>Blocking:TrustedProxies</c>. Default: none.</summary>
    public IList<string> Allow { get; set; } = [];

    /// <summary>So long a step lasts until someone keeps it; then it is taken back by itself. Unit: minutes. Range: 1 to 30. Default: 5.</summary>
    [Range(1, 30)]
    public int Minutes { get; set; } = 5;

    /// <summary>
    /// The host from which it is tried whether a locked host can still be reached: one of <c>Hosts:Remote</c>. Default: empty, this machine, which proves
    /// something for other hosts only.
    /// </summary>
    public string ProbeFrom { get; set; } = "";

    /// <summary>What is tried on this machine when it is locked itself, as seen from <see cref="ProbeFrom"/>: <c>203.0.113.5:22</c>. Default: empty.</summary>
    public string ProbeTo { get; set; } = "";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var range in Allow)
        {
            if (AddressRanges.Complaint(range) is { } wrong) yield return new($"Allow: {wrong}", [nameof(Allow)]);
        }
        if (ProbeTo.Length > 0 && (!IPEndPoint.TryParse(ProbeTo, out var place) || place.Port == 0)) yield return new("ProbeTo must be an address with a port, like 203.0.113.5:22.", [nameof(ProbeTo)]);
    }
}
