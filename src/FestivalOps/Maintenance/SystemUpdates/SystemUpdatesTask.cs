using FestivalOps.Commands.Roles;
using FestivalOps.Hosts;
using FestivalOps.Language;
using FestivalOps.Maintenance.Application;
using FestivalOps.Maintenance.Security;
using FestivalOps.Scheduling;
using Microsoft.Extensions.Options;

namespace FestivalOps.Maintenance.SystemUpdates;

/// <summary>
/// 第1営業日: システム更新. Packages of the system, gems, npm packages, one step after the other; a step that fails does not keep the others from being
/// done. What an interrupted upgrade left is finished first. Only the packages of the approved plan are upgraded: when the fresh lists have
/// others, nothing is, and the next run has a plan with them.
/// </summary>
internal sealed class SystemUpdatesTask(HostBook hosts, IOptions<ApplicationOptions> application) : IScheduledTask
{
    /// <summary>See <see cref="Name"/>.</summary>
    public const string TaskName = "system-updates";

    private const int Steps = 6;
    private const string RebootFile = "/var/run/reboot-required";

    /// <inheritdoc/>
    public string Name => TaskName;

    /// <inheritdoc/>
    public LocalizedText Summary => UpdateTexts.Summary;

    /// <inheritdoc/>
    public TaskSchedule DefaultSchedule { get; } = TaskSchedule.BusinessDay(1, new(10, 0));

    /// <inheritdoc/>
    public TimeSpan MissedWithin => TimeSpan.FromHours(8);

    /// <inheritdoc/>
    public TimeSpan Timeout => TimeSpan.FromHours(3);

    /// <inheritdoc/>
    public bool Changes => true;

    /// <inheritdoc/>
    public bool IsDangerous => true;

    /// <inheritdoc/>
    public IReadOnlyCollection<Role> AllowedRoles => [Role.Operations, Role.TechnicalLead];

    private ApplicationPlace Place => application.Value.Place;

    /// <inheritdoc/>
    public async Task<TaskPlan?> PlanAsync(TaskRun run, CancellationToken ct)
    {
        var host = hosts.Platform;
        // How much it is stands first; what the post has no room for is in the file.
        var (steps, facts, each, unplanned) = (new List<PlannedStep>(), new List<LocalizedText>(), new List<LocalizedText>(), new List<TaskPart>());

        var apt = await host.RunAsync(HostCommands.PlanUpgrade, null, ct);
        if (apt.Succeeded)
        {
            var packages = PackagePlan.Apt(apt.Output.Text);
            steps.AddRange([Step(UpdateTexts.Finishing, HostCommands.ConfigurePackages), Step(UpdateTexts.Lists, HostCommands.UpdatePackageLists), Step(UpdateTexts.Upgrade, HostCommands.UpgradePackages)]);
            facts.Add(packages.Count == 0 ? UpdateTexts.NothingToUpgrade : UpdateTexts.Packages(packages));
            each.AddRange(packages.OrderByDescending(p => p.IsSecurity).Select(UpdateTexts.Package));
        }
        else
        {
            unplanned.Add(apt.Part(UpdateTexts.Upgrade, ct));
        }

        var outdated = await host.RunAsync(HostCommands.BundleOutdated(Place), null, ct);
        // Exit code 1: there are some.
        if (outdated is { Outcome: HostOutcome.Done, ExitCode: 0 or 1 })
        {
            var gems = PackagePlan.Gems(outdated.Output.Text);
            steps.Add(Step(UpdateTexts.Gems, HostCommands.BundleUpdate(Place)));
            facts.Add(gems.Count == 0 ? UpdateTexts.GemsUpToDate : UpdateTexts.GemCount(gems));
            each.AddRange(gems.Select(UpdateTexts.Gem));
        }
        else
        {
            unplanned.Add(outdated.Part(UpdateTexts.Gems, ct));
        }

        var npm = await host.RunAsync(HostCommands.NpmAuditFix(Place, dryRun: true), null, ct);
        if (npm.Outcome != HostOutcome.Done) unplanned.Add(npm.Part(UpdateTexts.Npm, ct));
        else if (NpmAuditReport.Read(npm.Output.Text, out _) is not { } fix) unplanned.Add(TaskPart.Failed(UpdateTexts.NotReadable("npm audit fix")));
        else
        {
            steps.Add(Step(UpdateTexts.Npm, HostCommands.NpmAuditFix(Place, dryRun: false)));
            facts.Add(UpdateTexts.NpmWould(fix.Changed ?? 0));
        }
        return unplanned.Plan(host.Name, steps, [.. facts, .. each], []);
    }

    /// <inheritdoc/>
    public async Task<TaskOutcome> RunAsync(TaskRun run, CancellationToken ct)
    {
        var parts = new RunParts(run);
        await UpgradeAsync(run, parts, ct);
        run.Report(4, Steps, UpdateTexts.Gems);
        parts.Add(await GemsAsync(run, ct));
        run.Report(5, Steps, UpdateTexts.Npm);
        parts.Add(await NpmAsync(run, ct));
        run.Report(6, Steps, UpdateTexts.Finishing);
        var reboot = await RebootAsync(ct);
        if (reboot is not null) parts.Add(reboot);
        return parts.Outcome(UpdateTexts.Headline(parts.Worst(), reboot is not null));
    }

    private async Task UpgradeAsync(TaskRun run, RunParts parts, CancellationToken ct)
    {
        run.Report(1, Steps, UpdateTexts.Finishing);
        var finish = await DoAsync(run, HostCommands.ConfigurePackages, UpdateTexts.Finishing, ct);
        if (finish.End != TaskEnd.Ok) parts.Add(finish);
        if (finish.End == TaskEnd.Failed)
        {
            parts.Add(TaskPart.Failed(UpdateTexts.NotReached));
            return;
        }
        var before = await hosts.Platform.RunAsync(HostCommands.PlanUpgrade, null, ct);
        run.Report(2, Steps, UpdateTexts.Lists);
        var lists = await DoAsync(run, HostCommands.UpdatePackageLists, UpdateTexts.Lists, ct);
        parts.Add(lists);
        if (lists.End != TaskEnd.Ok)
        {
            parts.Add(lists with { Says = UpdateTexts.NotReached, Under = [] });
            return;
        }
        var after = await hosts.Platform.RunAsync(HostCommands.PlanUpgrade, null, ct);
        if (!before.Succeeded || !after.Succeeded)
        {
            parts.Add((before.Succeeded ? after : before).Part(UpdateTexts.Upgrade, ct));
            return;
        }
        var (approved, now) = (PackagePlan.Apt(before.Output.Text), PackagePlan.Apt(after.Output.Text));
        if (!approved.SequenceEqual(now)) parts.Add(TaskPart.Warning(UpdateTexts.PlanChanged(now), [.. now.Select(UpdateTexts.Package)]));
        else if (now.Count == 0) parts.Add(TaskPart.Ok(UpdateTexts.NothingToUpgrade));
        else parts.AddRange(await UpgradeAsync(run, now, ct));
    }

    private async Task<IReadOnlyList<TaskPart>> UpgradeAsync(TaskRun run, IReadOnlyList<PackageUpdate> packages, CancellationToken ct)
    {
        run.Report(3, Steps, UpdateTexts.Upgrade);
        var upgrade = await DoAsync(run, HostCommands.UpgradePackages, UpdateTexts.Upgrade, ct);
        if (upgrade.End != TaskEnd.Ok) return [upgrade];
        var left = await hosts.Platform.RunAsync(HostCommands.PlanUpgrade, null, ct);
        var still = left.Succeeded ? PackagePlan.Apt(left.Output.Text) : [];
        return still.Count == 0
            ? [TaskPart.Ok(UpdateTexts.Upgraded(packages), [.. packages.Select(UpdateTexts.Package)])]
            : [TaskPart.Warning(UpdateTexts.StillOld(still))];
    }

    // What could not be planned was not approved.
    private async Task<TaskPart> GemsAsync(TaskRun run, CancellationToken ct)
    {
        var outdated = await hosts.Platform.RunAsync(HostCommands.BundleOutdated(Place), null, ct);
        if (outdated is not { Outcome: HostOutcome.Done, ExitCode: 0 or 1 }) return outdated.Part(UpdateTexts.Gems, ct);
        return await DoAsync(run, HostCommands.BundleUpdate(Place), UpdateTexts.Gems, ct);
    }

    private async Task<TaskPart> NpmAsync(TaskRun run, CancellationToken ct)
    {
        var planned = await hosts.Platform.RunAsync(HostCommands.NpmAuditFix(Place, dryRun: true), null, ct);
        if (planned.Outcome != HostOutcome.Done) return planned.Part(UpdateTexts.Npm, ct);
        if (NpmAuditReport.Read(planned.Output.Text, out var refused) is null) return TaskPart.Failed(refused is null ? UpdateTexts.NotReadable("npm audit fix") : SecurityTexts.Says("npm audit fix", refused));
        var result = await SayAsync(run, HostCommands.NpmAuditFix(Place, dryRun: false), ct);
        if (result.Outcome != HostOutcome.Done) return result.Part(UpdateTexts.Npm, ct);
        // Exit code 1: some weaknesses are left that no compatible version mends.
        if (NpmAuditReport.Read(result.Output.Text, out var error) is { } fix)
            return fix.Weaknesses.Count > 0 ? TaskPart.Warning(UpdateTexts.NpmDid(fix.Changed ?? 0), SecurityTexts.Weaknesses("npm", fix.Weaknesses.GroupBy(w => w.Severity).OrderBy(g => g.Key).Select(g => (g.Key, g.Count())))) : TaskPart.Ok(UpdateTexts.NpmDid(fix.Changed ?? 0));
        return error is not null ? TaskPart.Failed(SecurityTexts.Says("npm audit fix", error)) : TaskPart.Failed(UpdateTexts.NotReadable("npm audit fix"));
    }

    private async Task<TaskPart> DoAsync(TaskRun run, HostCommand command, LocalizedText what, CancellationToken ct)
    {
        var result = await SayAsync(run, command, ct);
        return result.Succeeded ? TaskPart.Ok(UpdateTexts.Done(what)) : result.Part(what, ct);
    }

    private async Task<HostResult> SayAsync(TaskRun run, HostCommand command, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        run.WriteLine($"$ {command}");
        return await hosts.Platform.RunAsync(command, line => run.WriteLine(Logs.PersonalData.Masked(line.Text)), ct);
    }

    private async Task<TaskPart?> RebootAsync(CancellationToken ct)
    {
        if ((await hosts.Platform.Files.HeadAsync(RebootFile, 1024, ct)).Outcome != HostOutcome.Done) return null;
        var packages = await hosts.Platform.Files.HeadAsync(RebootFile + ".pkgs", 4096, ct);
        var names = packages.Value is null ? "" : string.Join(", ", packages.Value.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).Take(10));
        return TaskPart.Warning(UpdateTexts.Reboot(ForeignText.OneLine(names, 200)));
    }

    private static PlannedStep Step(LocalizedText says, HostCommand command) => new(says, command.ToString());
}
