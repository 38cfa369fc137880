using FestivalOps.Commands.Roles;
using FestivalOps.Festival;
using FestivalOps.Hosts;
using FestivalOps.Language;
using FestivalOps.Maintenance.Keeping;
using FestivalOps.Scheduling;
using Microsoft.Extensions.Options;

namespace FestivalOps.Maintenance.Backups;

/// <summary>月曜日: バックアップ確認. Looks at the platform's backups, makes a fresh dump beside them, and lists S3. The backups themselves are never changed.</summary>
internal sealed class BackupsTask(HostBook hosts, IOptions<BackupOptions> options, IOptions<FestivalOptions> festival, FreshDump dump, S3Listing s3, Figures figures, TimeProvider time) : IScheduledTask
{
    /// <summary>See <see cref="Name"/>.</summary>
    public const string TaskName = "backups";

    private readonly BackupOptions _options = options.Value;

    // Nothing says that there is a platform: then its folder is not missing, it was never to be there.
    private bool IsSetUp => _options.Folder != BackupOptions.DefaultFolder || hosts.Platform.Name != HostsOptions.Local || festival.Value.IsSetUp;

    /// <inheritdoc/>
    public string Name => TaskName;

    /// <inheritdoc/>
    public LocalizedText Summary => BackupTexts.Summary;

    /// <inheritdoc/>
    public TaskSchedule DefaultSchedule { get; } = TaskSchedule.Weekly(DayOfWeek.Monday, new(9, 30));

    /// <inheritdoc/>
    public TimeSpan MissedWithin => TimeSpan.FromHours(24);

    /// <inheritdoc/>
    public TimeSpan Timeout => TimeSpan.FromHours(3);

    /// <inheritdoc/>
    public bool Changes => true;

    /// <inheritdoc/>
    public IReadOnlyCollection<Role> AllowedRoles => [Role.Operations, Role.TechnicalLead];

    /// <inheritdoc/>
    public async Task<TaskPlan?> PlanAsync(TaskRun run, CancellationToken ct)
    {
        var host = hosts.Platform;
        if (!_options.MakeDump) return new(host.Name, [], [BackupTexts.DumpIsOff], []);
        var listed = await host.Files.ListAsync(_options.Folder, ct);
        if (listed.Value is null) return IsSetUp ? TaskPlan.Failed(host.Name, BackupTexts.NoFolder(listed.Sentence!)) : TaskPlan.NotAvailable(host.Name, BackupTexts.NotSetUp);

        var folder = new BackupFolder(listed.Value);
        var path = $"{_options.Folder.TrimEnd('/')}/{BackupName.OwnPrefix}<time>.dump";
        List<PlannedStep> steps = [];
        if (folder.Leftovers.Count > 0) steps.Add(new(DumpTexts.StepLeftovers(folder.Leftovers.Count), "delete " + string.Join(' ', folder.Leftovers.Select(l => l.Path))));
        steps.Add(new(DumpTexts.StepDump, HostCommands.DumpDatabase(_options.DumpConnection, path + BackupName.PartSuffix).ToString()));
        steps.Add(new(DumpTexts.StepMove, HostCommands.MoveFile(path + BackupName.PartSuffix, path).ToString()));
        var old = folder.Own.Skip(_options.KeepDumps - 1).ToList();
        if (old.Count > 0) steps.Add(new(DumpTexts.StepOld(old.Count), "delete " + string.Join(' ', old.Select(o => o.Path))));
        var space = await host.Files.SpaceAsync(_options.Folder, ct);
        return new(host.Name, steps, [DumpTexts.Source(_options.DumpConnection)], space.Value is null ? [] : [DumpTexts.Room(space.Value.FreeBytes, dump.Needed(folder))]);
    }

    /// <inheritdoc/>
    public async Task<TaskOutcome> RunAsync(TaskRun run, CancellationToken ct)
    {
        var host = hosts.Platform;
        var steps = _options.ReadNewest + 3;
        run.Report(1, steps, BackupTexts.Looking);
        var (parts, read) = (new RunParts(run), 0);
        var listed = await host.Files.ListAsync(_options.Folder, ct);
        if (listed.Value is null)
        {
            // A folder of backups that is not there holds no backups, which is what this is to find.
            parts.Add(IsSetUp ? TaskPart.Failed(BackupTexts.NoFolder(listed.Sentence!)) : TaskPart.NotAvailable(BackupTexts.NotSetUp));
        }
        else
        {
            var folder = new BackupFolder(listed.Value);
            parts.AddRange(folder.Presence(_options, host.Name, time.GetUtcNow()));
            if (folder.Size(_options) is { } size) parts.Add(size);
            foreach (var file in folder.Backups.Take(_options.ReadNewest))
            {
                run.Report(2 + read++, steps, BackupTexts.Reading(file.Name));
                parts.Add(await BackupReading.ReadAsync(host, file, ct));
            }
            run.Report(steps - 1, steps, BackupTexts.Dumping);
            if (_options.MakeDump) parts.AddRange(await dump.MakeAsync(host, folder, ct));
            else parts.Add(TaskPart.NotAvailable(BackupTexts.DumpIsOff));
        }
        run.Report(steps, steps, BackupTexts.ListingS3);
        parts.Add(await s3.LookAsync(ct));
        await KeepAsync(run, parts, ct);
        return parts.Outcome(BackupTexts.Headline(parts.Worst(), read));
    }

    // Each file that could be read says whether it is encrypted; together that is how many.
    private Task KeepAsync(TaskRun run, IEnumerable<TaskPart> parts, CancellationToken ct)
    {
        var each = parts.SelectMany(p => p.Figures).ToList();
        string[] names = each.Count > 0 ? [FigureNames.BackupsEncrypted, FigureNames.BackupsNotEncrypted] : [];
        return figures.KeepAsync(run, TaskName, [.. names.Select(n => (n, each.Where(e => e.Name == n).Sum(e => e.Value)))], ct);
    }
}
