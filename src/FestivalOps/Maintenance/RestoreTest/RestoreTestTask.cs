using System.Text.RegularExpressions;
using FestivalOps.Commands.Roles;
using FestivalOps.Festival;
using FestivalOps.Hosts;
using FestivalOps.Language;
using FestivalOps.Maintenance.Backups;
using FestivalOps.Maintenance.Keeping;
using FestivalOps.Maintenance.Logs;
using FestivalOps.Scheduling;
using Microsoft.Extensions.Options;
using Npgsql;

namespace FestivalOps.Maintenance.RestoreTest;

/// <summary>
/// バックアップリストア テスト (月1回): restores the newest backup into a scratch database on a server for tests, measures how long that takes, and
/// compares its rows with the platform's, which is only read. The scratch database is dropped at the end; when the run is killed, by the next.
/// </summary>
internal sealed partial class RestoreTestTask(
    HostBook hosts, IOptions<RestoreTestOptions> options, IOptions<BackupOptions> backups, IOptions<FestivalOptions> festival, Figures figures, TimeProvider time)
    : IScheduledTask
{
    /// <summary>See <see cref="Name"/>.</summary>
    public const string TaskName = "restore-test";

    private static readonly TimeSpan DropPatience = TimeSpan.FromSeconds(60);

    private readonly RestoreTestOptions _options = options.Value;

    /// <inheritdoc/>
    public string Name => TaskName;

    /// <inheritdoc/>
    public LocalizedText Summary => RestoreTexts.Summary;

    /// <inheritdoc/>
    public TaskSchedule DefaultSchedule { get; } = TaskSchedule.First(DayOfWeek.Monday, new(10, 30), OnHoliday.After);

    /// <inheritdoc/>
    public TimeSpan MissedWithin => TimeSpan.FromHours(24);

    /// <inheritdoc/>
    public TimeSpan Timeout => TimeSpan.FromHours(4);

    /// <inheritdoc/>
    public bool Changes => true;

    /// <inheritdoc/>
    public IReadOnlyCollection<Role> AllowedRoles => [Role.Operations, Role.TechnicalLead];

    /// <inheritdoc/>
    public async Task<TaskPlan?> PlanAsync(TaskRun run, CancellationToken ct)
    {
        var host = hosts.Platform;
        if (!_options.IsSet) return TaskPlan.NotAvailable(host.Name, RestoreTexts.NotSetUp);
        var scratch = new ScratchDatabase(_options);
        try
        {
            if (await RefusalAsync(scratch, ct) is { } refusal) return TaskPlan.Failed(host.Name, refusal);
            var (choice, why) = await ChooseAsync(host, ct);
            if (choice is null) return TaskPlan.Failed(host.Name, why!);
            var leftovers = await scratch.ListAsync(ct);
            var name = ScratchDatabase.Prefix + "<time>";
            var restore = HostCommands.RestoreDump(choice.Kind, choice.File.Path, scratch.Target(name) with { Password = "" }, TimeSpan.FromMinutes(_options.TimeoutMinutes));
            List<PlannedStep> steps = [.. leftovers.Select(l => new PlannedStep(RestoreTexts.StepDropLeftovers, $"DROP DATABASE {l} WITH (FORCE)"))];
            steps.Add(new(RestoreTexts.StepCreate, $"CREATE DATABASE {name}"));
            steps.Add(new(RestoreTexts.StepRestore, restore.ToString()));
            steps.Add(new(RestoreTexts.StepDrop, $"DROP DATABASE {name} WITH (FORCE)"));
            return new(host.Name, steps, [RestoreTexts.Target(scratch.Place, name)], [RestoreTexts.Source(choice.File.Name, choice.File.Length)]);
        }
        catch (NpgsqlException failure)
        {
            return TaskPlan.Failed(host.Name, RestoreTexts.ServerAway(scratch.Place, Words(failure)));
        }
    }

    /// <inheritdoc/>
    public async Task<TaskOutcome> RunAsync(TaskRun run, CancellationToken ct)
    {
        if (!_options.IsSet) return TaskOutcome.NotAvailable(RestoreTexts.NotSetUp);
        var scratch = new ScratchDatabase(_options);
        var parts = new RunParts(run);
        TimeSpan? took = null;
        try
        {
            if (await RefusalAsync(scratch, ct) is { } refusal) return TaskOutcome.Failed(refusal);
            run.Report(1, 5, RestoreTexts.CleaningUp);
            var leftovers = await scratch.ListAsync(ct);
            foreach (var leftover in leftovers) await scratch.DropAsync(leftover, ct);
            if (leftovers.Count > 0) parts.Add(TaskPart.Ok(RestoreTexts.LeftoversDropped(leftovers.Count)));
            took = await RestoreAsync(run, scratch, parts, ct);
        }
        catch (NpgsqlException failure)
        {
            ct.ThrowIfCancellationRequested();
            parts.Add(TaskPart.Failed(RestoreTexts.ServerAway(scratch.Place, Words(failure))));
        }
        return parts.Outcome(RestoreTexts.Headline(parts.Worst(), took));
    }

    private async Task<TimeSpan?> RestoreAsync(TaskRun run, ScratchDatabase scratch, RunParts parts, CancellationToken ct)
    {
        var host = hosts.Platform;
        run.Report(2, 5, RestoreTexts.Choosing);
        var (choice, why) = await ChooseAsync(host, ct);
        if (choice is null)
        {
            parts.Add(TaskPart.Failed(why!));
            return null;
        }
        if (choice.IsOwn) parts.Add(TaskPart.Warning(RestoreTexts.OwnDumpUsed(choice.File.Name)));

        var name = ScratchDatabase.NewName(time.GetUtcNow());
        try
        {
            run.Report(3, 5, RestoreTexts.Restoring(choice.File.Name));
            var begin = time.GetTimestamp();
            await scratch.CreateAsync(name, ct);
            var result = await host.RunAsync(HostCommands.RestoreDump(choice.Kind, choice.File.Path, scratch.Target(name), TimeSpan.FromMinutes(_options.TimeoutMinutes)), null, ct);
            var took = time.GetElapsedTime(begin);
            if (Trouble(result, choice, ct) is { } trouble) parts.Add(trouble);
            if (parts.Any(p => p.End is TaskEnd.Failed or TaskEnd.NotAvailable)) return null;

            run.Report(4, 5, RestoreTexts.Comparing);
            if (!await CompareAsync(scratch, name, choice, took, parts, ct)) return null;
            await figures.KeepAsync(run, TaskName, [(FigureNames.RecoverySeconds, took.TotalSeconds)], ct);
            return took;
        }
        finally
        {
            run.Report(5, 5, RestoreTexts.Dropping);
            if (await DropAsync(scratch, name) is { } left) parts.Add(left);
        }
    }

    private async Task<bool> CompareAsync(ScratchDatabase scratch, string name, BackupChoice choice, TimeSpan took, RunParts parts, CancellationToken ct)
    {
        var restored = await DatabaseRows.ReadAsync(scratch.ConnectionString(name), ct);
        if (restored.Tables.Count == 0)
        {
            parts.Add(TaskPart.Failed(RestoreTexts.NoTables(choice.File.Name)));
            return false;
        }
        parts.Add(TaskPart.Ok(RestoreTexts.Restored(choice.File.Name, choice.File.Length, took, restored.Bytes)));
        if (string.IsNullOrWhiteSpace(festival.Value.Database))
        {
            parts.Add(TaskPart.NotAvailable(RestoreTexts.NothingCompared));
            return true;
        }
        try
        {
            parts.Add(RowComparison.Compare(restored, await DatabaseRows.ReadAsync(festival.Value.Database, ct), _options));
        }
        catch (NpgsqlException failure)
        {
            parts.Add(TaskPart.NotAvailable(RestoreTexts.PlatformAway(Words(failure))));
        }
        return true;
    }

    // A server that the platform lives on, or a name that is the platform's, would be an accident waiting to happen.
    private async Task<LocalizedText?> RefusalAsync(ScratchDatabase scratch, CancellationToken ct)
    {
        var server = await scratch.ServerAsync(ct);
        if (string.IsNullOrWhiteSpace(festival.Value.Database)) return null;
        var platform = new NpgsqlConnectionStringBuilder(festival.Value.Database) { Pooling = false, Timeout = 5 };
        if (scratch.Home == platform.Database) return RestoreTexts.PlatformName(scratch.Home);
        if (_options.AllowPlatformServer) return null;
        if (scratch.Place == $"{platform.Host}:{platform.Port}") return RestoreTexts.PlatformServer;
        try
        {
            await using var connection = new NpgsqlConnection(platform.ConnectionString);
            await connection.OpenAsync(ct);
            return server != 0 && await DatabaseRows.ServerAsync(connection, ct) == server ? RestoreTexts.PlatformServer : null;
        }
        catch (NpgsqlException)
        {
            // The platform is away, which is when a tested restore is worth most; its address is another one.
            return null;
        }
    }

    private async Task<(BackupChoice? Choice, LocalizedText? Why)> ChooseAsync(IHost host, CancellationToken ct)
    {
        var listed = await host.Files.ListAsync(backups.Value.Folder, ct);
        if (listed.Value is null) return (null, BackupTexts.NoFolder(listed.Sentence!));
        var choice = await BackupChoice.NewestAsync(host, new(listed.Value), ct);
        return (choice, choice is null ? RestoreTexts.NoneRestorable(backups.Value.Folder) : null);
    }

    // pg_restore and psql go on after an error (an extension that needs a superuser, say): what matters is whether the rows are there.
    private static TaskPart? Trouble(HostResult result, BackupChoice choice, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (result.ExitCode == 9) return TaskPart.Failed(RestoreTexts.HoldsCommands(choice.File.Name));
        var errors = Errors().Matches(result.Error.Text);
        var goesOn = result.Outcome == HostOutcome.Done && (result.ExitCode == 0 || (choice.Kind == DumpKind.Custom && result.Error.Text.Contains("errors ignored on restore", StringComparison.Ordinal)));
        if (!goesOn) return result.Part(RestoreTexts.Restore, ct) with { End = TaskEnd.Failed };
        return errors.Count == 0 ? null : TaskPart.Warning(RestoreTexts.RestoredWithErrors(errors.Count, PersonalData.Masked(errors[0].Value)));
    }

    private async Task<TaskPart?> DropAsync(ScratchDatabase scratch, string name)
    {
        // Also when the run was stopped: it has 20 seconds from then on, and what is not done is the next run's.
        using var patience = new CancellationTokenSource(DropPatience, time);
        try
        {
            await scratch.DropAsync(name, patience.Token);
            return null;
        }
        catch (Exception failure) when (failure is NpgsqlException or OperationCanceledException)
        {
            return TaskPart.Warning(RestoreTexts.NotDropped(name, Words(failure)));
        }
    }

    private static string Words(Exception failure) => PersonalData.Masked(failure is PostgresException refusal ? refusal.MessageText : failure.Message);

    [GeneratedRegex("(ERROR|FATAL):[^\\n]{0,300}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Errors();
}
