namespace FestivalOps.Benchmarks.Alerts;

/// <summary>How much is measured.</summary>
/// <param name="Rounds">Rounds of each figure that has rounds.</param>
/// <param name="Accepted">How many distinct alerts are sent at once, one table row each.</param>
/// <param name="PerPost">Alerts in one body.</param>
/// <param name="Senders">Connections that send.</param>
/// <param name="Samples">Single alerts whose way to Slack is timed.</param>
/// <param name="Storm">Groups of the storm.</param>
/// <param name="StormRounds">Rounds of the storm, each of which takes more than a minute for each program.</param>
/// <param name="Killed">Alerts of the runs that end with SIGKILL.</param>
/// <param name="Kills">How often FestivalOps is killed while Slack has a post and the bot does not know.</param>
/// <param name="Timers">Waiting timers, and how long the time is over which they fall due.</param>
/// <param name="TimerRounds">Rounds of each.</param>
/// <param name="Remembered">Alerts whose memory is measured.</param>
/// <param name="Idle">How long a program idles before its memory is read.</param>
internal sealed record AlertEffort(
    int Rounds, IReadOnlyList<int> Accepted, int PerPost, int Senders, int Samples, int Storm, int StormRounds, int Killed, int Kills,
    IReadOnlyList<(int Count, TimeSpan Span)> Timers, int TimerRounds, int Remembered, TimeSpan Idle)
{
    /// <summary>About an hour.</summary>
    public static AlertEffort Full { get; } = new(
        5, [10_000, 50_000], 500, 8, 150, 10_000, 3, 500, 10,
        [(10_000, TimeSpan.FromSeconds(60)), (100_000, TimeSpan.FromSeconds(120))], 3, 100_000, TimeSpan.FromSeconds(30));

    /// <summary>A few minutes: shows that everything works, not what it can do.</summary>
    public static AlertEffort Short { get; } = new(
        1, [10_000], 500, 8, 10, 1_000, 1, 30, 2, [(1_000, TimeSpan.FromSeconds(10)), (5_000, TimeSpan.FromSeconds(10))], 1, 5_000, TimeSpan.FromSeconds(5));
}
