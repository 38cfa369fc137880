using System.Security.Cryptography;
using System.Text;
using FestivalOps.Commands.Roles;
using FestivalOps.Language;
using FestivalOps.Maintenance.Backups;
using FestivalOps.Maintenance.Checklists.Evidence;
using FestivalOps.Maintenance.Keeping;
using FestivalOps.Maintenance.MorningCheck;
using FestivalOps.Maintenance.SecurityAudit;
using FestivalOps.Maintenance.SecurityCheck;
using FestivalOps.Maintenance.SystemUpdates;

namespace FestivalOps.Maintenance.Checklists;

/// <summary>Something that a list asks for.</summary>
/// <param name="Key">See <see cref="ChecklistItem.Key"/>.</param>
/// <param name="Title">The guideline's words.</param>
/// <param name="Role">Who it belongs to.</param>
/// <param name="Source">Where the bot looks for evidence; null: only people can know.</param>
internal sealed record ChecklistPoint(string Key, LocalizedText Title, Role Role, EvidenceSource? Source);

/// <summary>
/// What the guideline asks for (セキュリティチェックリスト), and where the bot finds evidence for it. A run of a task speaks for an item only
/// with what it measured: a run that went well without having looked there verifies nothing.
/// </summary>
internal static class ChecklistPoints
{
    // What the tasks of other folders measure; a task that does not exist here is said to be missing.
    private static readonly EvidenceSource.Figures Refused = new(
        [SecurityCheckTask.TaskName], [.. AccessCount.Statuses.Select(s => new WantedFigure(FigureNames.Answers(s), LocalizedText.Same($"{s}:"), "", None))]);

    private static readonly EvidenceSource.Figures Libraries = new(
        [SecurityCheckTask.TaskName], [new(FigureNames.GemWeaknesses, PointTexts.GemWeaknesses, "", None), new(FigureNames.NpmWeaknesses, PointTexts.NpmWeaknesses, "", None)]);

    private static readonly EvidenceSource.Figures Encrypted = new(
        [BackupsTask.TaskName],
        [new(FigureNames.BackupsEncrypted, PointTexts.Encrypted, "", (count, _) => count > 0), new(FigureNames.BackupsNotEncrypted, PointTexts.NotEncrypted, "", None)]);

    private static readonly EvidenceSource.Figures Score = new(
        [MorningCheckTask.TaskName, SecurityAuditTask.TaskName],
        [
            new(FigureNames.SecurityScore, PointTexts.AuditScore, " %", (score, options) => score <= 100 && score > options.SecurityScore),
            new(FigureNames.CriticalIssues, PointTexts.CriticalIssues, "", None),
        ]);

    private static readonly ChecklistPoint[] Daily =
    [
        new("certificate", PointTexts.Certificate, Role.Operations, new EvidenceSource.Check("certificate")),
        new("access", PointTexts.RefusedAccess, Role.Security, Refused),
        new("score", PointTexts.Score, Role.Security, Score),
        new("api-usage", PointTexts.ApiUsage, Role.Operations, null),
        new("vulnerabilities", PointTexts.Vulnerabilities, Role.Security, Libraries),
    ];

    private static readonly ChecklistPoint[] Weekly =
    [
        new("dependencies", PointTexts.Dependencies, Role.Security, Libraries),
        new("access-log", PointTexts.AccessLog, Role.Security, Refused),
        new("accounts", PointTexts.Accounts, Role.Security, null),
        new("backup-encryption", PointTexts.BackupEncryption, Role.Operations, Encrypted),
        new("patches", PointTexts.Patches, Role.Operations, new EvidenceSource.Run(SystemUpdatesTask.TaskName)),
    ];

    private static readonly ChecklistPoint[] Monthly =
    [
        new("audit", PointTexts.Audit, Role.Security, new EvidenceSource.Run(SecurityAuditTask.TaskName)),
        new("penetration-test", PointTexts.PenetrationTest, Role.Security, null),
        new("policy", PointTexts.Policy, Role.Security, null),
        new("drill", PointTexts.Drill, Role.TechnicalLead, new EvidenceSource.Drill()),
        new("training", PointTexts.Training, Role.Security, null),
    ];

    /// <summary>The points of a list: the guideline's, then those of the settings.</summary>
    public static IReadOnlyList<ChecklistPoint> Of(ChecklistKind kind, ChecklistOptions options) =>
    [
        .. kind switch
        {
            ChecklistKind.Daily => Daily,
            ChecklistKind.Weekly => Weekly,
            _ => Monthly,
        },
        .. options.Of(kind).Select(ChecklistOptions.Read).Where(i => i is not null)
            .Select(i => new ChecklistPoint(KeyOf(i!.Value.Ja), new(i.Value.Ja, i.Value.En), Role.Security, null)),
    ];

    private static bool None(double count, ChecklistOptions options) => count == 0;

    // From the text itself, so that an item stays the same one when the settings are sorted anew.
    private static string KeyOf(string title) => "more-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(title)))[..16];
}
