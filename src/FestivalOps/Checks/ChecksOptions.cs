using System.ComponentModel.DataAnnotations;

namespace FestivalOps.Checks;

/// <summary>How checks are run. Section <c>Checks:Run</c>.</summary>
internal sealed class ChecksOptions : IValidatableObject
{
    /// <summary>
    /// How long one check may take. Unit: seconds. Range: 0.1 to 4.5, so that the card is complete within 5 s. Default: 4.
    /// </summary>
    [Range(0.1, 4.5)]
    public double TimeoutSeconds { get; set; } = 4;

    /// <summary>
    /// How often everything is measured without being asked, so that "since when" is true and the last hour can be drawn.
    /// Unit: seconds; 0 switches it off. Range: 0 or 10 to 3600. Default: 60.
    /// </summary>
    public int EverySeconds { get; set; } = 60;

    /// <summary>
    /// How old a finished round may be to answer another question of the same kind: people who ask at the same moment share one
    /// measurement. Unit: seconds. Range: 0 to 10. Default: 1.
    /// </summary>
    [Range(0.0, 10.0)]
    public double ShareForSeconds { get; set; } = 1;

    /// <summary>After this long without a result, the card says "running". Unit: milliseconds. Range: 0 to 900. Default: 400.</summary>
    [Range(0, 900)]
    public int ShowRunningAfterMilliseconds { get; set; } = 400;

    /// <summary><see cref="TimeoutSeconds"/> as a span.</summary>
    public TimeSpan Timeout => TimeSpan.FromSeconds(TimeoutSeconds);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (EverySeconds is not (0 or (>= 10 and <= 3600)))
            yield return new($"EverySeconds must be 0 (off) or between 10 and 3600, but is {EverySeconds}.", [nameof(EverySeconds)]);
    }
}
