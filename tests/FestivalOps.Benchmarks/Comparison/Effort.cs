namespace FestivalOps.Benchmarks.Comparison;

/// <summary>How much is measured.</summary>
/// <param name="Rounds">Measured rounds; one more goes before them, to warm up.</param>
/// <param name="Commands">Commands in one round, at most what the bot's queue holds.</param>
/// <param name="Connections">Connections that send them.</param>
/// <param name="SteadySeconds">How long the fixed rate of 1,000 a second is held; unit: seconds.</param>
/// <param name="SteadyRounds">How often.</param>
/// <param name="Starts">How often each program is started to see its first answer.</param>
/// <param name="Idle">How long a program idles before its memory is read.</param>
internal sealed record Effort(int Rounds, int Commands, int Connections, int SteadySeconds, int SteadyRounds, int Starts, TimeSpan Idle)
{
    /// <summary>About three minutes.</summary>
    public static Effort Full { get; } = new(7, 20_000, 64, 10, 3, 3, TimeSpan.FromSeconds(30));

    /// <summary>Under half a minute: shows that everything works, not what it can do.</summary>
    public static Effort Short { get; } = new(1, 2_000, 32, 2, 1, 1, TimeSpan.FromSeconds(2));

    /// <summary>About half a minute: the full load alone, without Bolt, to see what a change does to it.</summary>
    public static Effort Burst { get; } = new(7, 20_000, 64, 1, 1, 1, TimeSpan.Zero) { WithBolt = false };

    /// <summary>Whether Bolt is compared, too. Default: true.</summary>
    public bool WithBolt { get; init; } = true;
}
