using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.RegularExpressions;
using FestivalOps.Commands.Roles;

namespace FestivalOps.Escalation.OnCall;

/// <summary>Who has the duty of a role, week by week.</summary>
internal sealed class DutyRotation
{
    /// <summary>Slack user ids in the order of their weeks. Empty (default): everyone who has the role is on call.</summary>
    public IList<string> Rotation { get; set; } = [];

    /// <summary>A day in the week of the first of them: <c>yyyy-MM-dd</c>. Default: 2026-01-05, a Monday.</summary>
    public string StartsOn { get; set; } = "2026-01-05";

    /// <summary>Slack user group that always holds who is on call (<c>S012AB3CD</c>), for mentions by hand. Default: empty, none.</summary>
    public string UserGroup { get; set; } = "";
}

/// <summary>Who is on call. Section <c>OnCall</c>. The week turns in the team's zone.</summary>
internal sealed partial class OnCallOptions : IValidatableObject
{
    /// <summary>運用担当者.</summary>
    public DutyRotation Operations { get; set; } = new();

    /// <summary>技術リード.</summary>
    public DutyRotation TechnicalLead { get; set; } = new();

    /// <summary>セキュリティ担当.</summary>
    public DutyRotation Security { get; set; } = new();

    /// <summary>経営陣.</summary>
    public DutyRotation Management { get; set; } = new();

    /// <summary>システム管理者.</summary>
    public DutyRotation Administrator { get; set; } = new();

    /// <summary>Day of the week of the hand-over. Default: Monday.</summary>
    public DayOfWeek HandOverDay { get; set; } = DayOfWeek.Monday;

    /// <summary>Time of the hand-over: <c>HH:mm</c>. Default: 09:00.</summary>
    public string HandOverTime { get; set; } = "09:00";

    /// <summary>The rotation of a role.</summary>
    public DutyRotation Of(Role role) => role switch
    {
        Role.Operations => Operations,
        Role.TechnicalLead => TechnicalLead,
        Role.Security => Security,
        Role.Management => Management,
        Role.Administrator => Administrator,
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "This role has no rotation"),
    };

    /// <summary>The time of the hand-over.</summary>
    public TimeOnly Turn() => TimeOnly.ParseExact(HandOverTime, "HH:mm", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!TimeOnly.TryParseExact(HandOverTime, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            yield return new($"HandOverTime must be a time like 09:00, but is '{HandOverTime}'.", [nameof(HandOverTime)]);
        foreach (var role in Enum.GetValues<Role>())
        {
            var duty = Of(role);
            foreach (var user in duty.Rotation.Where(u => !UserId().IsMatch(u)))
                yield return new($"{role}:Rotation must hold Slack user ids like U012AB3CD, but '{user}' is none.", [$"{role}"]);
            if (!DateOnly.TryParseExact(duty.StartsOn, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
                yield return new($"{role}:StartsOn must be a day like 2026-01-05, but is '{duty.StartsOn}'.", [$"{role}"]);
            if (duty.UserGroup.Length > 0 && !GroupId().IsMatch(duty.UserGroup))
                yield return new($"{role}:UserGroup must be a Slack user group id like S012AB3CD, but is '{duty.UserGroup}'.", [$"{role}"]);
        }
    }

    [GeneratedRegex("^[UW][A-Z0-9]{2,20}$", RegexOptions.None, 1000)]
    private static partial Regex UserId();

    [GeneratedRegex("^S[A-Z0-9]{2,20}$", RegexOptions.None, 1000)]
    private static partial Regex GroupId();
}
