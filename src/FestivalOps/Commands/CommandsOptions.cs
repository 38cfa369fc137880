using System.ComponentModel.DataAnnotations;

namespace FestivalOps.Commands;

/// <summary>How commands are worked off. Section <c>Commands</c>.</summary>
internal sealed class CommandsOptions
{
    /// <summary>How many acknowledged commands may wait. Range: 10 to 100,000. Default: 5,000.</summary>
    [Range(10, 100_000)]
    public int QueueCapacity { get; set; } = 5_000;

    /// <summary>How many are worked on at the same time; most of that time is waiting. Range: 1 to 512. Default: 64.</summary>
    [Range(1, 512)]
    public int Parallel { get; set; } = 64;

    /// <summary>How long one command may take. Unit: seconds. Range: 1 to 1500. Default: 60.</summary>
    [Range(1, 1500)]
    public int TimeoutSeconds { get; set; } = 60;

    /// <summary>
    /// How long the durable audit row may take before a reading command goes on without it and a changing one is refused.
    /// Unit: milliseconds. Range: 50 to 10,000. Default: 1,000.
    /// </summary>
    [Range(50, 10_000)]
    public int AuditTimeoutMilliseconds { get; set; } = 1_000;

    /// <summary>
    /// On shutdown, how long what was accepted may still take. Unit: seconds. Range: 1 to 120. Default: 20. What is not done by then is
    /// told to its person at the next start.
    /// </summary>
    [Range(1, 120)]
    public int DrainSeconds { get; set; } = 20;
}
