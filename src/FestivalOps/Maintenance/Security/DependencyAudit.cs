using FestivalOps.Hosts;
using FestivalOps.Language;
using FestivalOps.Maintenance.Application;
using FestivalOps.Maintenance.Keeping;
using Microsoft.Extensions.Options;

namespace FestivalOps.Maintenance.Security;

/// <summary>依存関係脆弱性チェック: what bundler-audit and npm audit know of the packages in use, counted by severity, the worst named.</summary>
internal sealed class DependencyAudit(HostBook hosts, IOptions<ApplicationOptions> application)
{
    private const int Named = 3;

    /// <summary>Asks both, one after the other.</summary>
    public async Task<IReadOnlyList<TaskPart>> LookAsync(CancellationToken ct) => [await GemsAsync(ct), await NpmAsync(ct)];

    private async Task<TaskPart> GemsAsync(CancellationToken ct)
    {
        var result = await hosts.Platform.RunAsync(HostCommands.BundleAudit(application.Value.Place), null, ct);
        // Exit code 1 means that there are some, or that something broke: what it said decides.
        if (result.Outcome == HostOutcome.Done && BundleAuditReport.Read(result.Output.Text) is { } found) return Judge("bundle audit", FigureNames.GemWeaknesses, found);
        if (result.Succeeded) return TaskPart.Failed(SecurityTexts.NotReadable("bundle audit"));
        return result.Part(LocalizedText.Same("bundle audit"), ct);
    }

    private async Task<TaskPart> NpmAsync(CancellationToken ct)
    {
        var result = await hosts.Platform.RunAsync(HostCommands.NpmAudit(application.Value.Place), null, ct);
        if (result.Outcome != HostOutcome.Done) return result.Part(LocalizedText.Same("npm audit"), ct);
        if (NpmAuditReport.Read(result.Output.Text, out var error) is { } report) return Judge("npm audit", FigureNames.NpmWeaknesses, report.Weaknesses);
        return error is { } said ? TaskPart.Failed(SecurityTexts.Says("npm audit", said))
            : result.Succeeded ? TaskPart.Failed(SecurityTexts.NotReadable("npm audit"))
            : result.Part(LocalizedText.Same("npm audit"), ct);
    }

    private static TaskPart Judge(string tool, string figure, IReadOnlyList<Weakness> found) => Judge(tool, found) with { Figures = [(figure, found.Count)] };

    private static TaskPart Judge(string tool, IReadOnlyList<Weakness> found)
    {
        if (found.Count == 0) return TaskPart.Ok(SecurityTexts.NoWeakness(tool));
        var worst = found.OrderBy(f => f.Severity).ToList();
        return TaskPart.Warning(
            SecurityTexts.Weaknesses(tool, found.GroupBy(f => f.Severity).OrderBy(g => g.Key).Select(g => (g.Key, g.Count()))),
            [.. worst.Take(Named).Select(SecurityTexts.Worst), .. worst.Count > Named ? [SecurityTexts.More(worst.Count - Named)] : (LocalizedText[])[]]);
    }
}
