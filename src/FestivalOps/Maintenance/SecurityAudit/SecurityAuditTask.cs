using System.Text.Json;
using FestivalOps.Commands.Roles;
using FestivalOps.Language;
using FestivalOps.Maintenance.Keeping;
using FestivalOps.Maintenance.Logs;
using FestivalOps.Maintenance.Security;
using FestivalOps.Scheduling;

namespace FestivalOps.Maintenance.SecurityAudit;

/// <summary>四半期メンテナンス: セキュリティ監査. The application's own audit, kept as JSON in the run's output; dependencies, TLS, firewall. Changes nothing.</summary>
internal sealed class SecurityAuditTask(RailsAudit audit, DependencyAudit dependencies, TlsLook tls, Firewall firewall, Figures figures) : IScheduledTask
{
    /// <summary>See <see cref="Name"/>.</summary>
    public const string TaskName = "security-audit";

    // What the history keeps of one run, less the lines of the parts.
    private const int MostJson = 24_000;
    private const int LongestLine = 1_900;
    private static readonly TimeSpan AuditTimeout = TimeSpan.FromMinutes(10);
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <inheritdoc/>
    public string Name => TaskName;

    /// <inheritdoc/>
    public LocalizedText Summary => SecurityAuditTexts.Summary;

    /// <inheritdoc/>
    public TaskSchedule DefaultSchedule { get; } = TaskSchedule.QuarterBusinessDay(1, new(10, 0));

    /// <inheritdoc/>
    public TimeSpan MissedWithin => TimeSpan.FromHours(72);

    /// <inheritdoc/>
    public TimeSpan Timeout => TimeSpan.FromMinutes(40);

    /// <inheritdoc/>
    public IReadOnlyCollection<Role> AllowedRoles => [Role.Operations, Role.TechnicalLead, Role.Security];

    /// <inheritdoc/>
    public async Task<TaskOutcome> RunAsync(TaskRun run, CancellationToken ct)
    {
        run.Report(1, 4, SecurityAuditTexts.Auditing);
        var (part, report) = await audit.RunAsync(AuditTimeout, ct);
        List<TaskPart> parts = [part];
        run.Report(2, 4, SecurityAuditTexts.Dependencies);
        parts.AddRange(await dependencies.LookAsync(ct));
        run.Report(3, 4, SecurityAuditTexts.Tls);
        parts.Add(await tls.LookAsync(ct));
        run.Report(4, 4, SecurityAuditTexts.Firewall);
        parts.Add(await firewall.LookAsync(ct));
        await figures.KeepAsync(run, TaskName, parts, ct);
        var outcome = parts.Outcome(run, SecurityAuditTexts.Headline(parts.Worst()));
        if (report is not null) Keep(run, report.Json);
        return outcome;
    }

    // Line by line, as the history keeps it; personal data is taken out of each.
    private static void Keep(TaskRun run, string json)
    {
        using var report = JsonDocument.Parse(json);
        var kept = 0;
        foreach (var line in JsonSerializer.Serialize(report.RootElement, Indented).Split('\n'))
        {
            if ((kept += line.Length + 1) > MostJson)
            {
                run.WriteLine("… (the report is longer than what is kept)");
                return;
            }
            run.WriteLine(PersonalData.Masked(line.Length > LongestLine ? line[..LongestLine] + "…" : line));
        }
    }
}

/// <summary>What the quarterly audit says.</summary>
internal static class SecurityAuditTexts
{
    public static readonly LocalizedText Summary = new("四半期セキュリティ監査(監査レポート・依存関係・TLS・ファイアウォール)", "quarterly security audit: the application's report, dependencies, TLS, firewall");

    public static readonly LocalizedText Auditing = new("アプリケーションの監査を実行しています", "Running the application's audit");

    public static readonly LocalizedText Dependencies = new("依存関係の脆弱性を確認しています", "Looking for known weaknesses");

    public static readonly LocalizedText Tls = new("TLS を確認しています", "Looking at TLS");

    public static readonly LocalizedText Firewall = new("ファイアウォールを確認しています", "Looking at the firewall");

    public static LocalizedText Headline(TaskEnd end) => end switch
    {
        TaskEnd.Ok => new("セキュリティ監査で問題は見つかりませんでした", "The security audit found nothing to act on"),
        TaskEnd.Warning => new("セキュリティ監査で確認が必要な点があります", "The security audit found something to look at"),
        TaskEnd.NotAvailable => new("セキュリティ監査の対象がありません", "There is nothing here that the audit could look at"),
        _ => new("セキュリティ監査で問題が見つかりました", "The security audit found trouble"),
    };
}
