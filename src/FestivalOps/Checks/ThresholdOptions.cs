using System.ComponentModel.DataAnnotations;

namespace FestivalOps.Checks;

/// <summary>
/// The two limits of one check, from the guideline's section on alert metrics unless the check says otherwise. Setting keys:
/// <c>Checks:NAME:Warning</c> and <c>Checks:NAME:Critical</c>.
/// </summary>
internal class ThresholdOptions : IValidatableObject
{
    private readonly double _max;
    private readonly bool _lowIsBad;

    /// <summary>Limits with their defaults; <paramref name="max"/> is the largest value that makes sense.</summary>
    protected ThresholdOptions(double warning, double critical, double max, bool lowIsBad = false) =>
        (Warning, Critical, _max, _lowIsBad) = (warning, critical, max, lowIsBad);

    /// <summary>Beyond this it is a warning.</summary>
    public double Warning { get; set; }

    /// <summary>Beyond this it is critical.</summary>
    public double Critical { get; set; }

    /// <summary>The limits as a check uses them.</summary>
    public Threshold Threshold => new(Warning, Critical, _lowIsBad);

    /// <summary>Says in one sentence what is wrong with the limits.</summary>
    public virtual IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!(Warning >= 0 && Warning <= _max))
            yield return new($"Warning must be between 0 and {_max}, but is {Warning}.", [nameof(Warning)]);
        if (!(Critical >= 0 && Critical <= _max))
            yield return new($"Critical must be between 0 and {_max}, but is {Critical}.", [nameof(Critical)]);
        if (_lowIsBad ? Critical > Warning : Critical < Warning)
            yield return new(
                $"Critical ({Critical}) must lie {(_lowIsBad ? "below" : "above")} Warning ({Warning}): the warning comes first.",
                [nameof(Critical)]);
    }
}
