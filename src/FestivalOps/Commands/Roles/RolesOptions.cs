using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace FestivalOps.Commands.Roles;

/// <summary>Who has a role: Slack user ids, Slack user group ids, or both.</summary>
internal sealed class RoleMembers
{
    /// <summary>User ids: <c>U012AB3CD</c> or <c>W012AB3CD</c>.</summary>
    public IList<string> Users { get; set; } = [];

    /// <summary>User group ids: <c>S012AB3CD</c>.</summary>
    public IList<string> UserGroups { get; set; } = [];
}

/// <summary>Who may do what. Section <c>Roles</c>; every role is empty by default.</summary>
internal sealed partial class RolesOptions : IValidatableObject
{
    /// <summary>運用担当者.</summary>
    public RoleMembers Operations { get; set; } = new();

    /// <summary>技術リード.</summary>
    public RoleMembers TechnicalLead { get; set; } = new();

    /// <summary>セキュリティ担当.</summary>
    public RoleMembers Security { get; set; } = new();

    /// <summary>経営陣.</summary>
    public RoleMembers Management { get; set; } = new();

    /// <summary>システム管理者: may do everything.</summary>
    public RoleMembers Administrator { get; set; } = new();

    /// <summary>The members of a role.</summary>
    public RoleMembers Of(Role role) => role switch
    {
        Role.Operations => Operations,
        Role.TechnicalLead => TechnicalLead,
        Role.Security => Security,
        Role.Management => Management,
        Role.Administrator => Administrator,
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "This role has no members"),
    };

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var role in Enum.GetValues<Role>())
        {
            foreach (var user in Of(role).Users.Where(u => !UserId().IsMatch(u)))
                yield return new($"{role}:Users must hold Slack user ids like U012AB3CD, but '{user}' is none.", [$"{role}"]);
            foreach (var group in Of(role).UserGroups.Where(g => !GroupId().IsMatch(g)))
                yield return new($"{role}:UserGroups must hold Slack user group ids like S012AB3CD, but '{group}' is none.", [$"{role}"]);
        }
    }

    [GeneratedRegex("^[UW][A-Z0-9]{2,20}$", RegexOptions.None, 1000)]
    private static partial Regex UserId();

    [GeneratedRegex("^S[A-Z0-9]{2,20}$", RegexOptions.None, 1000)]
    private static partial Regex GroupId();
}
