using System.ComponentModel.DataAnnotations;

namespace FestivalOps.Alerting.Rules;

/// <summary>
/// How patient the rule of one check is: how long the measurement must be bad before anyone hears of it (Prometheus' <c>for</c>), and how
/// well it must be again, for how long, before the alert ends. Setting keys: <c>Alerting:Rules:NAME:WarningForSeconds</c> and so on.
/// </summary>
internal sealed class RuleTimes
{
    /// <summary>Longest time that can be set: a day.</summary>
    public const int Longest = 86_400;

    /// <summary>How long it must be beyond the warning limit. Unit: seconds. Range: 0 (at once) to 86,400. Default: 300.</summary>
    public int WarningForSeconds { get; set; } = 300;

    /// <summary>How long it must be beyond the critical limit. Unit: seconds. Range: 0 (at once) to 86,400. Default: 300.</summary>
    public int CriticalForSeconds { get; set; } = 300;

    /// <summary>How long it must have been impossible to measure. Unit: seconds. Range: 0 to 86,400. Default: 300.</summary>
    public int UnknownForSeconds { get; set; } = 300;

    /// <summary>How long it must be well again. Unit: seconds. Range: 0 (at once) to 86,400. Default: 300.</summary>
    public int ClearForSeconds { get; set; } = 300;

    /// <summary>
    /// How far inside its limit a value must be to count as well again, in the check's own unit: with 5, a limit of 80 % clears at 75 % and
    /// below. Never asks for less than half of the limit, or for more than 100 %. Range: 0 to 10,000. Default: 0.
    /// </summary>
    public double ClearMargin { get; set; }

    /// <summary>Says in one sentence each what is wrong.</summary>
    public IEnumerable<ValidationResult> Validate(string name)
    {
        (string Key, int Value)[] times =
        [
            (nameof(WarningForSeconds), WarningForSeconds),
            (nameof(CriticalForSeconds), CriticalForSeconds),
            (nameof(UnknownForSeconds), UnknownForSeconds),
            (nameof(ClearForSeconds), ClearForSeconds),
        ];
        foreach (var (key, value) in times.Where(t => t.Value is < 0 or > Longest))
            yield return new($"{name}:{key} must be between 0 and {Longest}, but is {value}.", [$"{name}.{key}"]);
        if (!(ClearMargin is >= 0 and <= 10_000))
            yield return new($"{name}:{nameof(ClearMargin)} must be between 0 and 10000, but is {ClearMargin}.", [$"{name}.{nameof(ClearMargin)}"]);
    }
}
