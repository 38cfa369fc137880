using System.Globalization;
using FestivalOps.Scheduling;

namespace FestivalOps.Maintenance.Keeping;

/// <summary>Keeps what a run has measured, for comparisons, checklists and reports, and writes it into the run's output.</summary>
internal sealed class Figures(KeptFigures kept, TimeProvider time)
{
    /// <summary>Keeps the figures of parts (<see cref="TaskPart.Figures"/>), all of one moment.</summary>
    public Task KeepAsync(TaskRun run, string task, IEnumerable<TaskPart> parts, CancellationToken ct) => KeepAsync(run, task, [.. parts.SelectMany(p => p.Figures)], ct);

    /// <summary>Keeps figures of one moment.</summary>
    /// <param name="run">Gets a line for each.</param>
    /// <param name="task">Name of the task: <c>restore-test</c>.</param>
    /// <param name="figures">By their names (<see cref="FigureNames"/>); may be none.</param>
    /// <param name="ct">Gives up.</param>
    public async Task KeepAsync(TaskRun run, string task, IReadOnlyCollection<(string Name, double Value)> figures, CancellationToken ct)
    {
        if (figures.Count == 0) return;
        foreach (var (name, value) in figures) run.WriteLine(string.Create(CultureInfo.InvariantCulture, $"figure {name}={value:0.###}"));
        await kept.KeepAsync(task, time.GetUtcNow(), figures, ct);
    }
}

/// <summary>Names of figures that something else than their own task reads: they never change, whatever the sentences say.</summary>
internal static class FigureNames
{
    /// <summary>Score of the application's security audit. Unit: percent.</summary>
    public const string SecurityScore = "security_score";

    /// <summary>Its critical issues.</summary>
    public const string CriticalIssues = "security_critical_issues";

    /// <summary>Known weaknesses of gems.</summary>
    public const string GemWeaknesses = "gem_weaknesses";

    /// <summary>Known weaknesses of npm packages.</summary>
    public const string NpmWeaknesses = "npm_weaknesses";

    /// <summary>Of the backups that were read, how many are encrypted.</summary>
    public const string BackupsEncrypted = "backups_encrypted";

    /// <summary>Of the backups that were read, how many are not.</summary>
    public const string BackupsNotEncrypted = "backups_not_encrypted";

    /// <summary>How long the restore of a backup took. Unit: seconds.</summary>
    public const string RecoverySeconds = "recovery_seconds";

    /// <summary>Requests that were refused in 24 hours.</summary>
    public const string RefusedRequests = "refused_requests_24h";

    /// <summary>Log-ins that failed in 24 hours.</summary>
    public const string FailedLogins = "failed_logins_24h";

    /// <summary>Addresses that were refused in 24 hours.</summary>
    public const string RefusedAddresses = "refused_addresses_24h";

    /// <summary>Of these, how many were not in the 24 hours before.</summary>
    public const string NewAddresses = "new_refused_addresses_24h";

    /// <summary>How many requests were answered with a status: <c>answers_403</c>.</summary>
    public static string Answers(int status) => string.Create(CultureInfo.InvariantCulture, $"answers_{status}");
}
