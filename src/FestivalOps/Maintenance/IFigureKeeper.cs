using System.Globalization;
using FestivalOps.Scheduling;

namespace FestivalOps.Maintenance;

/// <summary>Keeps a figure that a run has measured, for comparisons and reports.</summary>
internal interface IFigureKeeper
{
    /// <summary>Keeps it.</summary>
    /// <param name="task">Name of the task: <c>restore-test</c>.</param>
    /// <param name="name">Name of the figure with its unit, lower case: <c>recovery_seconds</c>.</param>
    /// <param name="value">The figure.</param>
    /// <param name="at">When it was measured, UTC.</param>
    /// <param name="ct">Gives up.</param>
    Task KeepAsync(string task, string name, double value, DateTimeOffset at, CancellationToken ct);
}

/// <summary>Gives figures to every keeper there is, and to the output of the run, which the history keeps.</summary>
internal sealed class Figures(IEnumerable<IFigureKeeper> keepers, TimeProvider time)
{
    /// <summary>Keeps a figure of a run.</summary>
    public async Task KeepAsync(TaskRun run, string task, string name, double value, CancellationToken ct)
    {
        run.WriteLine(string.Create(CultureInfo.InvariantCulture, $"figure {name}={value:0.###}"));
        foreach (var keeper in keepers) await keeper.KeepAsync(task, name, value, time.GetUtcNow(), ct);
    }
}
