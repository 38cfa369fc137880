using System.Text.Json;
using FestivalOps.Hosts;
using FestivalOps.Language;
using FestivalOps.Maintenance.Application;
using FestivalOps.Maintenance.Keeping;
using Microsoft.Extensions.Options;

namespace FestivalOps.Maintenance.Security;

/// <summary>What the application's own security audit found.</summary>
/// <param name="Score">0 to 100; null: the report has none.</param>
/// <param name="Critical">Critical issues, one line each; foreign text.</param>
/// <param name="Warnings">How many warnings.</param>
/// <param name="Passed">How many checks were passed.</param>
/// <param name="Json">The whole report.</param>
internal sealed record AuditReport(double? Score, IReadOnlyList<string> Critical, int Warnings, int Passed, string Json);

/// <summary>セキュリティ監査実行: <c>SecurityAuditService.generate_security_report</c> by rails runner.</summary>
internal sealed class RailsAudit(HostBook hosts, IOptions<ApplicationOptions> application)
{
    /// <summary>The score is to stay above (guideline, 日次セキュリティチェック: &gt; 80%).</summary>
    public const double Target = 80;

    // What an initializer says on standard output must not be taken for the report.
    private const string Mark = "festivalops-report:";
    private const string Code = $"require \"json\"; puts \"{Mark}\" + SecurityAuditService.generate_security_report.to_json";
    private const int MostIssues = 100;
    private const int Named = 3;

    /// <summary>Runs it. The part judges the score and the critical issues; the report is null when there is none.</summary>
    public async Task<(TaskPart Part, AuditReport? Report)> RunAsync(TimeSpan timeout, CancellationToken ct)
    {
        var command = HostCommands.RailsRunner(application.Value.Place, Code) with { Timeout = timeout, OutputLimit = 4 * 1024 * 1024, Alone = false };
        var result = await hosts.Platform.RunAsync(command, null, ct);
        if (!result.Succeeded)
        {
            return (result.Error.Text.Contains("uninitialized constant SecurityAuditService", StringComparison.Ordinal)
                ? TaskPart.NotAvailable(SecurityTexts.NoAuditService)
                : result.Part(SecurityTexts.Audit, ct), null);
        }
        if (Read(result.Output.Text) is not { } report) return (TaskPart.Failed(SecurityTexts.NotReadable("SecurityAuditService")), null);
        return (Judge(report), report);
    }

    /// <summary>Reads what rails runner said; null when there is no report in it.</summary>
    public static AuditReport? Read(string output)
    {
        var begin = output.LastIndexOf(Mark, StringComparison.Ordinal);
        if (begin < 0) return null;
        var text = output[(begin + Mark.Length)..];
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        if (end >= 0) text = text[..end];
        try
        {
            using var json = JsonDocument.Parse(text);
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("audit", out var audit) || audit.ValueKind != JsonValueKind.Object) return null;
            double? score = audit.TryGetProperty("overall_score", out var s) ? Number(s) : null;
            return new(score, [.. List(audit, "critical_issues").Take(MostIssues).Select(Issue)], List(audit, "warnings").Count, List(audit, "passed_checks").Count, text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static TaskPart Judge(AuditReport report)
    {
        LocalizedText[] under = [.. report.Critical.Take(Named).Select(SecurityTexts.Issue), .. report.Critical.Count > Named ? [SecurityTexts.More(report.Critical.Count - Named)] : (LocalizedText[])[]];
        var says = SecurityTexts.Score(report);
        var part = report.Critical.Count > 0 ? TaskPart.Failed(says, under) : report.Score is > Target ? TaskPart.Ok(says) : TaskPart.Warning(says);
        return part with
        {
            Figures = [.. report.Score is { } score ? [(FigureNames.SecurityScore, score)] : ((string, double)[])[], (FigureNames.CriticalIssues, report.Critical.Count)],
        };
    }

    private static double? Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble(),
        // A BigDecimal of Rails is a string in JSON.
        JsonValueKind.String when double.TryParse(value.GetString(), System.Globalization.CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    private static List<JsonElement> List(JsonElement audit, string name) =>
        audit.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];

    // A sentence, or an object with one.
    private static string Issue(JsonElement issue)
    {
        if (issue.ValueKind == JsonValueKind.Object)
        {
            foreach (var name in (string[])["message", "title", "description", "issue", "name"])
            {
                if (issue.TryGetProperty(name, out var words) && words.ValueKind == JsonValueKind.String) return Logs.PersonalData.Masked(ForeignText.OneLine(words.GetString(), 200));
            }
        }
        return Logs.PersonalData.Masked(ForeignText.OneLine(issue.ValueKind == JsonValueKind.String ? issue.GetString() : issue.GetRawText(), 200));
    }
}
