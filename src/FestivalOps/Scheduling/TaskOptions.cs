using System.ComponentModel.DataAnnotations;

namespace FestivalOps.Scheduling;

/// <summary>When one task runs. Section <c>Schedule:NAME</c>, with the task's name in one word: <c>Schedule:MorningCheck</c>.</summary>
internal sealed class TaskOptions : IValidatableObject
{
    /// <summary>False: it does not run by the clock; by hand it still does. Default: true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// When it runs, in the team's zone: <c>daily 09:00</c>, <c>Monday 10:00</c>, <c>first Sunday 01:00</c>, <c>business day 2 09:00</c>,
    /// <c>quarter business day 1 09:00</c>, <c>before holidays 3 15:00</c>; all but the last three may end in <c>, holiday before</c>, <c>, holiday after</c> or
    /// <c>, holiday skip</c>. Default: empty, the task's own, which is the guideline's.
    /// </summary>
    public string At { get; set; } = "";

    /// <summary>After a downtime it is still done this late; later it is skipped and said. Unit: hours. Range: 0 to 168. Default: empty, the task's own.</summary>
    [Range(0, 168)]
    public int? MissedWithinHours { get; set; }

    /// <summary>How long a run may take. Unit: minutes. Range: 1 to 1440. Default: empty, the task's own.</summary>
    [Range(1, 1440)]
    public int? TimeoutMinutes { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (At.Length > 0 && TaskSchedule.Read(At) is null)
            yield return new("At must be a schedule like 'daily 09:00', 'Monday 10:00, holiday after', 'first Sunday 01:00', 'business day 2 09:00', 'quarter business day 1 09:00' or 'before holidays 3 15:00'.", [nameof(At)]);
    }
}
