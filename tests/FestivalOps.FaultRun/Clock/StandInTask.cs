using System.Globalization;
using FestivalOps.Language;
using FestivalOps.Scheduling;

namespace FestivalOps.FaultRun.Clock;

/// <summary>
/// One of the tasks that the bot is killed in: daily, five steps, each written down in the journal, and a mark of unfinished work that the
/// next run finds and clears.
/// </summary>
internal sealed class StandInTask(int number, string folder, TimeProvider time) : IScheduledTask
{
    /// <summary>One every three minutes of the day.</summary>
    public const int Count = 480;

    private const int Steps = 5;
    private static readonly TimeSpan StepTakes = TimeSpan.FromSeconds(6);
    private static readonly Lock OneLine = new();

    public string Name { get; } = NameOf(number);

    public LocalizedText Summary { get; } = new("代役", "a stand-in");

    public TaskSchedule DefaultSchedule { get; } = TaskSchedule.Daily(TimeOnly.MinValue.AddMinutes(number * 3));

    /// <summary>Letters only, as the names of tasks are: <c>stand-in-ab</c>.</summary>
    public static string NameOf(int number) => $"stand-in-{(char)('a' + number / 26)}{(char)('a' + number % 26)}";

    public async Task<TaskOutcome> RunAsync(TaskRun run, CancellationToken ct)
    {
        var mark = Path.Combine(folder, Name + ".unfinished");
        Write(run, File.Exists(mark) ? "continue" : "begin");
        await File.WriteAllTextAsync(mark, run.Id, ct);
        for (var step = 1; step <= Steps; step++)
        {
            run.Report(step, Steps, new($"手順 {step}", $"step {step}"));
            run.WriteLine(string.Create(CultureInfo.InvariantCulture, $"step {step}"));
            await Task.Delay(StepTakes, time, ct);
        }
        File.Delete(mark);
        Write(run, "end");
        return TaskOutcome.Ok(new("済み", "done"));
    }

    private void Write(TaskRun run, string what)
    {
        lock (OneLine) File.AppendAllText(Path.Combine(folder, "journal"), $"{what} {run.Id} {Name} {run.Due.UtcDateTime:O}\n");
    }
}
