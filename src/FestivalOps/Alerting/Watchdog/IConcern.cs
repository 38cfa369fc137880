using FestivalOps.Language;

namespace FestivalOps.Alerting.Watchdog;

/// <summary>Something about the bot itself that can go wrong, looked at every <see cref="ConcernCycle.Every"/>.</summary>
internal interface IConcern
{
    /// <summary>What the alert is called, as in Prometheus: <c>WatchdogSilent</c>. Unique.</summary>
    string Alert { get; }

    /// <summary>Looks. Null: nothing to say either way.</summary>
    Task<Finding?> LookAsync(CancellationToken ct);
}

/// <summary>What a look found.</summary>
/// <param name="IsTrouble">False: all is well.</param>
/// <param name="Since">Since when, UTC.</param>
/// <param name="Title">What is wrong.</param>
/// <param name="Description">What follows from it and what to do; when all is well, that it is.</param>
/// <param name="CanWait">True: it is a warning that waits for the morning. Default: false, it is critical.</param>
internal sealed record Finding(bool IsTrouble, DateTimeOffset Since, LocalizedText Title, LocalizedText Description, bool CanWait = false);
