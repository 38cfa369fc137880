using System.Globalization;
using FestivalOps.Benchmarks.Comparison;

namespace FestivalOps.Benchmarks.Alerts;

/// <summary>What the figures share: the programs, the stand-in for Slack, the lines of the report.</summary>
/// <param name="Effort">How much is measured.</param>
/// <param name="Make">Makes the programs.</param>
/// <param name="Slack">What the stand-in for Slack has seen.</param>
/// <param name="Problem">Why Alertmanager can't be run here; null when it can.</param>
/// <param name="WithOurs">False: Alertmanager alone, to see what this machine makes of it.</param>
internal sealed record AlertScene(AlertEffort Effort, Contestants Make, SlackSide Slack, string? Problem, bool WithOurs)
{
    /// <summary>True when Alertmanager takes part.</summary>
    public bool WithTheirs => Problem is null;

    /// <summary>The figures of the last line by name, in their order; <c>none</c> until measured.</summary>
    public Dictionary<string, string> Last { get; } = new(StringComparer.Ordinal)
    {
        ["alerts_ratio"] = "none",
        ["post_p99_ms"] = "none",
        ["kill_lost"] = "none",
        ["kill_doubled"] = "none",
        ["timers_p99_ms_10k"] = "none",
        ["timers_p99_ms_100k"] = "none",
        ["memory_ratio"] = "none",
    };

    /// <summary>Both programs, ours first in even rounds and last in odd ones, so that whatever else the machine does favours nobody.</summary>
    public IEnumerable<Contestant> Both(int round, Func<Contestant> ours, Func<Contestant> theirs)
    {
        List<Func<Contestant>> all = [];
        if (WithOurs) all.Add(ours);
        if (WithTheirs) all.Add(theirs);
        if (round % 2 == 1) all.Reverse();
        return all.Select(make => make());
    }

    /// <summary>A line of the report.</summary>
    public static void Say(string text) => Console.WriteLine(text);

    /// <summary>A row of a table.</summary>
    public static void Row(params string[] cells) => Say(string.Concat(cells.Select((cell, n) => cell.PadRight(n == 0 ? 16 : 28))).TrimEnd());

    /// <summary>The value that <paramref name="part"/> of them do not exceed.</summary>
    public static double At(IReadOnlyList<double> sorted, double part) => sorted[(int)Math.Ceiling((sorted.Count - 1) * part)];

    /// <summary>A number as the last line has it.</summary>
    public static string Text(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>Ours over theirs, round by round; null without theirs.</summary>
    public static Spread? Ratio(IReadOnlyList<double> ours, IReadOnlyList<double> theirs) =>
        theirs.Count == 0 ? null : Spread.Of(ours.Zip(theirs, (a, b) => a / b));
}
