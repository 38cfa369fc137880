using FestivalOps.Language;

namespace FestivalOps.Commands.Roles;

/// <summary>The roles of the guideline (連絡先・エスカレーション). Everyone in the workspace may use what needs no role.</summary>
internal enum Role
{
    /// <summary>運用担当者: level 1.</summary>
    Operations,

    /// <summary>技術リード: level 2.</summary>
    TechnicalLead,

    /// <summary>セキュリティ担当.</summary>
    Security,

    /// <summary>経営陣: level 3.</summary>
    Management,

    /// <summary>システム管理者: may do everything.</summary>
    Administrator,
}

/// <summary>Roles by the names that people use.</summary>
internal static class RoleText
{
    public static LocalizedText Name(this Role role) => role switch
    {
        Role.Operations => new("運用担当者", "operations"),
        Role.TechnicalLead => new("技術リード", "technical lead"),
        Role.Security => new("セキュリティ担当", "security"),
        Role.Management => new("経営陣", "management"),
        Role.Administrator => new("システム管理者", "administrator"),
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "This role has no name"),
    };

    /// <summary>"セキュリティ担当・システム管理者", "security or administrator".</summary>
    public static LocalizedText AnyOf(IEnumerable<Role> roles)
    {
        var names = roles.Append(Role.Administrator).Distinct().Select(Name).ToList();
        return new(string.Join("・", names.Select(n => n.Ja)), names.Count == 1 ? names[0].En : $"{string.Join(", ", names.SkipLast(1).Select(n => n.En))} or {names[^1].En}");
    }
}
