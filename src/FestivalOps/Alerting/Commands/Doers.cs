using FestivalOps.Commands.Roles;

namespace FestivalOps.Alerting.Commands;

/// <summary>Who may do what with incidents. Reading is for all; the administrator may do everything.</summary>
internal static class Doers
{
    /// <summary>Who works on incidents: 運用担当者, 技術リード, セキュリティ担当 (guideline, 緊急連絡先).</summary>
    public static readonly IReadOnlyCollection<Role> All = [Role.Operations, Role.TechnicalLead, Role.Security];

    /// <summary>Who may say "I have seen it" and open one: management too, since level 3 pages them.</summary>
    public static readonly IReadOnlyCollection<Role> WithManagement = [.. All, Role.Management];
}
