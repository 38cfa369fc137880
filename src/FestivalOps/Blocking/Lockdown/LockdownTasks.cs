using System.Globalization;
using FestivalOps.Blocking.Firewalls;
using FestivalOps.Commands.Roles;
using FestivalOps.Language;
using FestivalOps.Scheduling;

namespace FestivalOps.Blocking.Lockdown;

/// <summary>
/// One step of a lock-down as a dangerous task: a plan that shows exactly what will change, a second person who approves it, and a step that the
/// hosts' kernels take back by themselves unless someone keeps it (<see cref="KeepLockdownAction"/>). By hand only.
/// </summary>
internal abstract class LockdownStepTask(LockdownStep step, Lockdowns lockdown, LockdownPosts posts) : IScheduledTask
{
    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public LocalizedText Summary => LockdownTexts.Summary(step);

    /// <inheritdoc/>
    public TaskSchedule? DefaultSchedule => null;

    /// <inheritdoc/>
    public TimeSpan Timeout => TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    public bool Changes => true;

    /// <inheritdoc/>
    public bool IsDangerous => true;

    /// <inheritdoc/>
    public IReadOnlyCollection<Role> AllowedRoles => LockdownCommand.Roles;

    /// <inheritdoc/>
    public async Task<TaskPlan?> PlanAsync(TaskRun run, CancellationToken ct)
    {
        if (lockdown.Hosts.Count == 0) return TaskPlan.NotAvailable("", LockdownTexts.NoHosts);
        if (lockdown.Allowed.Count == 0) return TaskPlan.NotAvailable("", LockdownTexts.NobodyAllowed);
        var readings = await lockdown.ReadAsync(ct);
        if (readings.All(r => r.Reading.Problem is not null)) return TaskPlan.Failed("", readings[0].Reading.Problem!);
        if (readings.All(r => r.Reading.State is { } s && s.IsShut == (step == LockdownStep.Lock) && s is { EndsIn: null, LiftedFor: null })) return TaskPlan.NotAvailable("", LockdownTexts.Already(step));
        var minutes = (int)lockdown.Time.TotalMinutes;
        List<PlannedStep> steps =
        [
            .. readings.Where(r => r.Reading.Problem is null).Select(r => new PlannedStep(
                LockdownTexts.Step(step, r.Host), string.Create(CultureInfo.InvariantCulture, $"nftables on {r.Host}: {(step == LockdownStep.Lock ? "drop new connections except from the list" : "accept new connections")} for {minutes} min"))),
        ];
        List<LocalizedText> facts =
        [
            LockdownTexts.ByItself(step, minutes),
            .. lockdown.Allowed.Select(a => LockdownTexts.StillAllowed(a.ToString())),
            .. readings.Select(r => r.Reading.Problem is { } problem ? LockdownTexts.LeftOut(r.Host, problem) : LockdownTexts.Now(r.Host, r.Reading.State!.IsShut)),
            .. lockdown.Ways.Select(w => w.Way is { } way ? LockdownTexts.Tried(w.Host, way) : LockdownTexts.NoWay(w.Host)),
        ];
        return new TaskPlan(string.Join(", ", lockdown.Hosts.Select(h => h.Host)), steps, facts, []) { IsPartial = readings.Any(r => r.Reading.Problem is not null) };
    }

    /// <inheritdoc/>
    public async Task<TaskOutcome> RunAsync(TaskRun run, CancellationToken ct)
    {
        var done = await lockdown.StepAsync(step, ct);
        foreach (var (host, problem) in done) run.WriteLine($"{host}: {problem?.En ?? "done"}");
        List<LocalizedText> details = [.. done.Select(d => d.Problem is { } problem ? LockdownTexts.NotDone(d.Host, problem) : LockdownTexts.Done(step, d.Host))];
        if (done.All(d => d.Problem is not null)) return new(TaskEnd.Failed, LockdownTexts.Nowhere(step), details);
        var end = await posts.BeginAsync(step, run.Id, ct);
        details.Add(LockdownTexts.PressKeep(posts.Clock(end)));
        return new(done.Any(d => d.Problem is not null) ? TaskEnd.Failed : TaskEnd.Ok, LockdownTexts.Begun(step, posts.Clock(end)), details);
    }
}

/// <summary><c>lockdown</c>: begins it.</summary>
internal sealed class LockdownTask(Lockdowns lockdown, LockdownPosts posts) : LockdownStepTask(LockdownStep.Lock, lockdown, posts)
{
    /// <summary>See <see cref="Name"/>.</summary>
    public const string TaskName = "lockdown";

    /// <inheritdoc/>
    public override string Name => TaskName;
}

/// <summary><c>lockdown-lift</c>: lifts it.</summary>
internal sealed class LockdownLiftTask(Lockdowns lockdown, LockdownPosts posts) : LockdownStepTask(LockdownStep.Lift, lockdown, posts)
{
    /// <summary>See <see cref="Name"/>.</summary>
    public const string TaskName = "lockdown-lift";

    /// <inheritdoc/>
    public override string Name => TaskName;
}
