using System.Globalization;
using FestivalOps.Alerting.Commands;
using FestivalOps.Commands.Roles;

namespace FestivalOps.Maintenance.Checklists.Buttons;

/// <summary>What a button of an item carries: the numbers of list and item, <c>12 3</c>.</summary>
internal static class ItemValue
{
    /// <summary>Who works on lists: operations, technical lead, security, and management, to whom policy and training belong, too.</summary>
    public static readonly IReadOnlyCollection<Role> Workers = Doers.WithManagement;

    /// <summary>Who signs: who answers for security (guideline, 緊急連絡先: セキュリティ担当, 技術リード).</summary>
    public static readonly IReadOnlyCollection<Role> Signers = [Role.Security, Role.TechnicalLead];

    /// <summary>Writes it.</summary>
    public static string Of(long list, int item) => string.Create(CultureInfo.InvariantCulture, $"{list} {item}");

    /// <summary>Reads both; null when they are none.</summary>
    public static (long List, int Item)? Read(string value) =>
        value.Split(' ') is [var list, var item] && List(list) is { } id && int.TryParse(item, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (id, number) : null;

    /// <summary>Reads the number of a list; null when it is none.</summary>
    public static long? List(string value) => long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? id : null;
}
