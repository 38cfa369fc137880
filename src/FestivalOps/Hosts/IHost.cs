using FestivalOps.Hosts.Files;

namespace FestivalOps.Hosts;

/// <summary>A machine that we may read and act on. Safe for many callers at once; at most eight commands run on it at a time, others wait.</summary>
internal interface IHost
{
    /// <summary>Its name in the settings; <see cref="HostsOptions.Local"/> is the machine that the bot runs on.</summary>
    string Name { get; }

    /// <summary>Where it is, for people: nothing secret.</summary>
    string Place { get; }

    /// <summary>Its files.</summary>
    IHostFiles Files { get; }

    /// <summary>
    /// Runs a command to its end. Never throws for what a host can do wrong. A time-out or <paramref name="ct"/> ends the command with all that
    /// it started, and what it said until then is in the result.
    /// </summary>
    /// <param name="command">The command.</param>
    /// <param name="line">Gets each line while the command runs, also beyond what is kept; one call at a time. Null: nobody does.</param>
    /// <param name="ct">Stops it: <see cref="HostOutcome.Cancelled"/>.</param>
    Task<HostResult> RunAsync(HostCommand command, Action<HostLine>? line, CancellationToken ct);
}
