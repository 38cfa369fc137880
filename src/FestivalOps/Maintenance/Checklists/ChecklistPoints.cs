using System.Security.Cryptography;
using System.Text;
using FestivalOps.Commands.Roles;
using FestivalOps.Language;
using FestivalOps.Maintenance.Checklists.Evidence;

namespace FestivalOps.Maintenance.Checklists;

/// <summary>Something that a list asks for.</summary>
/// <param name="Key">See <see cref="ChecklistItem.Key"/>.</param>
/// <param name="Title">The guideline's words.</param>
/// <param name="Role">Who it belongs to.</param>
/// <param name="Source">Where the bot looks for evidence; null: only people can know.</param>
internal sealed record ChecklistPoint(string Key, LocalizedText Title, Role Role, EvidenceSource? Source);

/// <summary>
/// What the guideline asks for (セキュリティチェックリスト), and where the bot finds evidence for it. A run of a task speaks for an item only
/// with a line that mentions it: a run that went well without having looked there verifies nothing.
/// </summary>
internal static class ChecklistPoints
{
    // The runs that other folders name; one that does not exist here is said to be missing.
    private const string MorningCheck = "morning-check", SecurityCheck = "security-check", SecurityAudit = "security-audit", Backups = "backups", Updates = "system-updates";

    // Words that a line about it holds, in either language.
    private static readonly LocalizedText[] Refused = [LocalizedText.Same("403"), LocalizedText.Same("404"), LocalizedText.Same("429")];
    private static readonly LocalizedText[] Libraries = [LocalizedText.Same("bundle"), LocalizedText.Same("npm"), LocalizedText.Same("gem"), new("脆弱性", "vulnerab")];
    private static readonly LocalizedText[] Encrypted = [new("暗号", "encrypt")];
    private static readonly LocalizedText[] Score = [new("セキュリティスコア", "security score"), new("監査スコア", "audit score"), new("セキュリティ監査", "security audit")];

    private static readonly ChecklistPoint[] Daily =
    [
        new("certificate", PointTexts.Certificate, Role.Operations, new EvidenceSource.Check("certificate")),
        new("access", PointTexts.RefusedAccess, Role.Security, new EvidenceSource.Run([MorningCheck, SecurityCheck], Refused)),
        new("score", PointTexts.Score, Role.Security, new EvidenceSource.Score([MorningCheck, SecurityAudit], Score)),
        new("api-usage", PointTexts.ApiUsage, Role.Operations, null),
        new("vulnerabilities", PointTexts.Vulnerabilities, Role.Security, new EvidenceSource.Run([SecurityCheck], Libraries)),
    ];

    private static readonly ChecklistPoint[] Weekly =
    [
        new("dependencies", PointTexts.Dependencies, Role.Security, new EvidenceSource.Run([SecurityCheck], Libraries)),
        new("access-log", PointTexts.AccessLog, Role.Security, new EvidenceSource.Run([SecurityCheck], Refused)),
        new("accounts", PointTexts.Accounts, Role.Security, null),
        new("backup-encryption", PointTexts.BackupEncryption, Role.Operations, new EvidenceSource.Run([Backups], Encrypted)),
        new("patches", PointTexts.Patches, Role.Operations, new EvidenceSource.Run([Updates], [])),
    ];

    private static readonly ChecklistPoint[] Monthly =
    [
        new("audit", PointTexts.Audit, Role.Security, new EvidenceSource.Run([SecurityAudit], [])),
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

    // From the text itself, so that an item stays the same one when the settings are sorted anew.
    private static string KeyOf(string title) => "more-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(title)))[..16];
}
