using System.Globalization;
using FestivalOps.Commands.Roles;
using FestivalOps.Hosts;
using FestivalOps.Language;
using FestivalOps.Maintenance.Keeping;
using FestivalOps.Maintenance.Security;
using FestivalOps.Scheduling;
using Microsoft.Extensions.Options;

namespace FestivalOps.Maintenance.SecurityCheck;

/// <summary>金曜日: セキュリティチェック. Known weaknesses of packages, dates of certificates, refused requests. Changes nothing.</summary>
internal sealed class SecurityCheckTask(HostBook hosts, DependencyAudit dependencies, TlsLook tls, AccessCount access, Figures figures, IOptions<SecurityCheckOptions> options) : IScheduledTask
{
    /// <summary>See <see cref="Name"/>.</summary>
    public const string TaskName = "security-check";

    /// <inheritdoc/>
    public string Name => TaskName;

    /// <inheritdoc/>
    public LocalizedText Summary => SecurityCheckTexts.Summary;

    /// <inheritdoc/>
    public TaskSchedule DefaultSchedule { get; } = TaskSchedule.Weekly(DayOfWeek.Friday, new(9, 30));

    /// <inheritdoc/>
    public TimeSpan MissedWithin => TimeSpan.FromHours(24);

    /// <inheritdoc/>
    public TimeSpan Timeout => TimeSpan.FromMinutes(20);

    /// <inheritdoc/>
    public IReadOnlyCollection<Role> AllowedRoles => [Role.Operations, Role.TechnicalLead, Role.Security];

    /// <inheritdoc/>
    public async Task<TaskOutcome> RunAsync(TaskRun run, CancellationToken ct)
    {
        run.Report(1, 3, SecurityCheckTexts.Auditing);
        List<TaskPart> parts = [.. await dependencies.LookAsync(ct)];
        run.Report(2, 3, SecurityCheckTexts.Certificates);
        if (options.Value.CertificateFile.Length > 0) parts.Add(await FileAsync(options.Value.CertificateFile, ct));
        parts.Add(await tls.LookAsync(ct));
        run.Report(3, 3, SecurityCheckTexts.Counting);
        parts.Add(await access.LookAsync(ct));
        await figures.KeepAsync(run, TaskName, parts, ct);
        return parts.Outcome(run, SecurityCheckTexts.Headline(parts.Worst()));
    }

    /// <summary>Reads the <c>notAfter=</c> of openssl; null when there is none.</summary>
    public static DateTimeOffset? NotAfter(string said)
    {
        const string name = "notAfter=";
        var line = said.Split('\n').FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal));
        return line is not null && DateTimeOffset.TryParseExact(
            line[name.Length..].Trim(), ["MMM d HH:mm:ss yyyy 'GMT'", "MMM dd HH:mm:ss yyyy 'GMT'"], CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowInnerWhite, out var end) ? end : null;
    }

    private async Task<TaskPart> FileAsync(string file, CancellationToken ct)
    {
        var result = await hosts.Platform.RunAsync(HostCommands.CertificateDates(file), null, ct);
        if (!result.Succeeded) return result.Part(SecurityTexts.CertificateFile(file), ct);
        return NotAfter(result.Output.Text) is { } end ? tls.Dates(ForeignText.OneLine(file, 150), end) : TaskPart.Failed(SecurityTexts.FileDatesUnreadable(file));
    }
}

/// <summary>What the Friday check says.</summary>
internal static class SecurityCheckTexts
{
    public static readonly LocalizedText Summary = new("セキュリティチェック(依存関係・証明書・403/404/429)", "security check: dependencies, certificates, 403/404/429");

    public static readonly LocalizedText Auditing = new("依存関係の脆弱性を確認しています", "Looking for known weaknesses");

    public static readonly LocalizedText Certificates = new("証明書を確認しています", "Looking at the certificates");

    public static readonly LocalizedText Counting = new("アクセスログを集計しています", "Counting the access log");

    public static LocalizedText Headline(TaskEnd end) => end switch
    {
        TaskEnd.Ok => new("セキュリティチェックで問題は見つかりませんでした", "The security check found nothing to act on"),
        TaskEnd.Warning => new("セキュリティチェックで確認が必要な点があります", "The security check found something to look at"),
        TaskEnd.NotAvailable => new("セキュリティチェックの対象がありません", "There is nothing here that the security check could look at"),
        _ => new("セキュリティチェックで問題が見つかりました", "The security check found trouble"),
    };
}
