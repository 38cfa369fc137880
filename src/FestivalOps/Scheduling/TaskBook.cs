using FestivalOps.Language;
using Microsoft.Extensions.Options;

namespace FestivalOps.Scheduling;

/// <summary>A task with what the settings make of it.</summary>
/// <param name="Task">The task.</param>
/// <param name="Schedule">When it runs; null: only by hand.</param>
/// <param name="MissedWithin">How late it is still done.</param>
/// <param name="Timeout">How long it may take.</param>
internal sealed record PlannedTask(IScheduledTask Task, TaskSchedule? Schedule, TimeSpan MissedWithin, TimeSpan Timeout)
{
    /// <summary>See <see cref="IScheduledTask.Name"/>.</summary>
    public string Name => Task.Name;
}

/// <summary>All tasks by name, in the order of their registration; those that only people start stand at the end.</summary>
internal sealed class TaskBook
{
    private readonly Dictionary<string, PlannedTask> _byName;

    /// <summary>Makes the book; two tasks of one name are a mistake in the code.</summary>
    /// <exception cref="ArgumentException">A name is taken twice.</exception>
    public TaskBook(IEnumerable<IScheduledTask> tasks, IOptionsMonitor<TaskOptions> options)
    {
        Tasks = [.. tasks.OrderBy(task => task.DefaultSchedule is null).Select(task => Plan(task, options.Get(SchedulingSetup.Section(task.Name))))];
        _byName = Tasks.ToDictionary(t => t.Name, StringComparer.Ordinal);
    }

    /// <summary>Every task.</summary>
    public IReadOnlyList<PlannedTask> Tasks { get; }

    /// <summary>The task of this name, or null.</summary>
    public PlannedTask? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The name that was probably meant, or null.</summary>
    public string? NearestTo(string typed) => Nearest.To(typed, _byName.Keys);

    private static PlannedTask Plan(IScheduledTask task, TaskOptions options) => new(
        task,
        !options.Enabled ? null : options.At.Length > 0 ? TaskSchedule.Read(options.At) : task.DefaultSchedule,
        options.MissedWithinHours is { } hours ? TimeSpan.FromHours(hours) : task.MissedWithin,
        options.TimeoutMinutes is { } minutes ? TimeSpan.FromMinutes(minutes) : task.Timeout);
}
