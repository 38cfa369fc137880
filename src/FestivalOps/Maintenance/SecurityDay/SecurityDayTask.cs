using FestivalOps.Blocking;
using FestivalOps.Blocking.Following;
using FestivalOps.Blocking.Reading;
using FestivalOps.Commands.Roles;
using FestivalOps.Hosts;
using FestivalOps.Language;
using FestivalOps.Maintenance.Keeping;
using FestivalOps.Scheduling;
using Microsoft.Extensions.Options;

namespace FestivalOps.Maintenance.SecurityDay;

/// <summary>
/// The security card of the day (guideline, 毎日の確認: 不正アクセス試行): who was refused most in the last 24 hours, which users were tried, what is new
/// against the day before. From the logs that are watched for attacks. Changes nothing.
/// </summary>
internal sealed class SecurityDayTask(HostBook hosts, IOptions<BlockingOptions> options, Figures figures, TimeProvider time) : IScheduledTask
{
    /// <summary>See <see cref="Name"/>.</summary>
    public const string TaskName = "security-daily";

    /// <summary>So much of the end of each log is read, and as much of the one that was rotated last: 32 MiB.</summary>
    public const int ReadBytes = 32 * 1024 * 1024;

    private const int Named = 10;

    /// <inheritdoc/>
    public string Name => TaskName;

    /// <inheritdoc/>
    public LocalizedText Summary => SecurityDayTexts.Summary;

    /// <inheritdoc/>
    public TaskSchedule DefaultSchedule { get; } = TaskSchedule.Daily(new(9, 5));

    /// <inheritdoc/>
    public TimeSpan MissedWithin => TimeSpan.FromHours(12);

    /// <inheritdoc/>
    public TimeSpan Timeout => TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public IReadOnlyCollection<Role> AllowedRoles => [Role.Operations, Role.TechnicalLead, Role.Security];

    /// <inheritdoc/>
    public async Task<TaskOutcome> RunAsync(TaskRun run, CancellationToken ct)
    {
        var logs = options.Value.Logs.OrderBy(l => l.Key, StringComparer.Ordinal).ToList();
        if (logs.Count == 0) return new(TaskEnd.NotAvailable, SecurityDayTexts.NoLogs, []);
        var tally = new DayTally(time.GetUtcNow());
        List<TaskPart> parts = [];
        foreach (var (name, log) in logs)
        {
            run.Report(parts.Count + 1, logs.Count, SecurityDayTexts.Reading(name));
            parts.Add(await ReadAsync(name, log, tally, ct));
        }
        if (parts.TrueForAll(p => p.End is TaskEnd.Failed or TaskEnd.NotAvailable)) return parts.Outcome(run, SecurityDayTexts.NothingRead);
        await figures.KeepAsync(run, TaskName, Measured(tally), ct);
        parts.InsertRange(0, Found(tally));
        return parts.Outcome(run, SecurityDayTexts.Headline(tally.Today, tally.Addresses, tally.New));
    }

    private async Task<TaskPart> ReadAsync(string name, WatchedLog log, DayTally tally, CancellationToken ct)
    {
        if (hosts.Find(log.Host) is not { } host) return TaskPart.Failed(SecurityDayTexts.NotRead(name, SecurityDayTexts.NoHost(log.Host)));
        var (newest, older) = await host.Files.TailLogAsync(log.Path, ReadBytes, ct);
        if (newest.Value is not { } file) return newest.Outcome == HostOutcome.NotAvailable ? TaskPart.NotAvailable(SecurityDayTexts.NotRead(name, newest.Sentence!)) : TaskPart.Failed(SecurityDayTexts.NotRead(name, newest.Sentence!));
        var reader = LogReaders.Make(log.GetKind(), options.Value, log.GetZone(), time.GetUtcNow);
        var (lines, unread) = (tally.Lines, tally.Unread);
        if (older is not null) tally.Add(reader, older.Bytes.Span, older.IsCut);
        tally.Add(reader, file.Bytes.Span, file.IsCut);
        (lines, unread) = (tally.Lines - lines, tally.Unread - unread);
        var isCut = file.IsCut || older is { IsCut: true };
        return lines > 0 && unread == lines ? TaskPart.Failed(SecurityDayTexts.NotUnderstood(name, lines))
            : isCut || unread > 0 ? TaskPart.Warning(SecurityDayTexts.Partly(name, lines, unread, isCut))
            : TaskPart.Ok(SecurityDayTexts.Read(name, lines));
    }

    private static IEnumerable<TaskPart> Found(DayTally tally)
    {
        var (today, yesterday) = (tally.Today, tally.Yesterday);
        yield return TaskPart.Ok(SecurityDayTexts.Compared(today, yesterday));
        if (tally.Addresses > 0) yield return TaskPart.Ok(SecurityDayTexts.TopAddresses, [.. tally.Top(Named).Select(t => SecurityDayTexts.Address(t.Address.ToString(), t.Deeds, t.Before))]);
        if (tally.Rest.All > 0) yield return TaskPart.Ok(SecurityDayTexts.Others(tally.Rest));
        if (tally.TopUsers(Named).ToList() is { Count: > 0 } users) yield return TaskPart.Ok(SecurityDayTexts.Users(users));
    }

    private static (string Name, double Value)[] Measured(DayTally tally) =>
    [
        (FigureNames.RefusedRequests, tally.Today.Requests), (FigureNames.FailedLogins, tally.Today.Logins), (FigureNames.RefusedAddresses, tally.Addresses), (FigureNames.NewAddresses, tally.New),
    ];
}
