using System.ComponentModel.DataAnnotations;

namespace FestivalOps.Checks.Host;

/// <summary>Limits of the processor, percent in use. Section <c>Checks:Cpu</c>. Guideline: over 80 % a warning, over 90 % critical.</summary>
internal sealed class CpuOptions() : ThresholdOptions(warning: 80, critical: 90, max: 100);

/// <summary>Limits of the memory, percent in use. Section <c>Checks:Memory</c>. Guideline: over 85 % a warning, over 95 % critical.</summary>
internal sealed class MemoryOptions() : ThresholdOptions(warning: 85, critical: 95, max: 100);

/// <summary>Limits of the fullest disk, percent in use. Section <c>Checks:Disk</c>. Guideline: over 80 % a warning, over 90 % critical.</summary>
internal sealed class DiskOptions() : ThresholdOptions(warning: 80, critical: 90, max: 100);

/// <summary>
/// Limits of the five-minute load per processor core. Section <c>Checks:Load</c>. The guideline gives none: above 2 work waits, and only
/// above 10 is it worth waking someone, since a busy machine that answers in time has no outage.
/// </summary>
internal sealed class LoadOptions() : ThresholdOptions(warning: 2, critical: 10, max: 1000);

/// <summary>Where the host's figures come from. Section <c>Checks:Host</c>.</summary>
internal sealed class HostMetricsOptions : IValidatableObject
{
    /// <summary>
    /// <c>Local</c>: the machine that the bot runs on. <c>Prometheus</c>: node_exporter's figures from <c>Platform:Prometheus</c>.
    /// Default: Local.
    /// </summary>
    [EnumDataType(typeof(HostSource))]
    public HostSource Source { get; set; } = HostSource.Local;

    /// <summary>
    /// The <c>instance</c> label of the host in Prometheus, when more than one is scraped: <c>web1:9100</c>. Default: empty, all of them
    /// and the worst counts.
    /// </summary>
    public string? Instance { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        // The label goes into a query; what could end the quoted string is refused instead of escaped.
        if (Instance is { Length: > 0 } instance && instance.AsSpan().IndexOfAny("\"\\\n") >= 0)
            yield return new("Instance must not contain quotes, backslashes or line breaks.", [nameof(Instance)]);
    }
}

/// <summary>Where the host's figures come from.</summary>
internal enum HostSource
{
    /// <summary>The machine that the bot runs on.</summary>
    Local,

    /// <summary>node_exporter, through Prometheus.</summary>
    Prometheus,
}
