using FestivalOps.Blocking.Addresses;
using FestivalOps.Language;

namespace FestivalOps.Blocking.Firewalls;

/// <summary>Which change of a lock-down is meant.</summary>
internal enum LockdownStep
{
    /// <summary>That it began.</summary>
    Lock,

    /// <summary>That it was lifted.</summary>
    Lift,
}

/// <summary>
/// The lock-down of one host: nobody begins a connection to it, or to what its containers publish, except from an allowlist. Connections that are there
/// go on, except from addresses that are blocked. A step for a time is taken back by the host's kernel, also when we are gone. After a restart of
/// the host there is no lock-down. Never throws for what a host can do wrong. One caller at a time.
/// </summary>
internal interface ILockdownFirewall
{
    /// <summary>The host's name in the settings.</summary>
    string Host { get; }

    /// <summary>How it stands.</summary>
    Task<LockdownReading> ReadAsync(CancellationToken ct);

    /// <summary>Locks down at once, in place of a lock-down that is there.</summary>
    /// <param name="allow">Who still comes in; not empty. Ranges may overlap.</param>
    /// <param name="time">Then it ends by itself, to the second; null: it stays.</param>
    /// <param name="ct">Gives up.</param>
    Task<FirewallAnswer> LockAsync(IReadOnlyCollection<AddressRange> allow, TimeSpan? time, CancellationToken ct);

    /// <summary>Lifts it at once; done already when there is none.</summary>
    /// <param name="time">Then it comes back by itself; null: it stays lifted.</param>
    /// <param name="ct">Gives up.</param>
    Task<FirewallAnswer> LiftAsync(TimeSpan? time, CancellationToken ct);

    /// <summary>Makes a step for a time last. A problem when its time is over: it is never taken anew. Lasts it already, nothing changes.</summary>
    Task<FirewallAnswer> KeepAsync(LockdownStep step, CancellationToken ct);
}

/// <summary>How it stands about a lock-down.</summary>
/// <param name="IsLocked">There is one, although perhaps lifted for a time.</param>
/// <param name="EndsIn">So long until it ends by itself; null: it stays, or there is none.</param>
/// <param name="LiftedFor">So long until it comes back by itself; null: it is not lifted, or there is none.</param>
/// <param name="Allowed">Who still comes in.</param>
internal sealed record LockdownState(bool IsLocked, TimeSpan? EndsIn, TimeSpan? LiftedFor, IReadOnlyList<AddressRange> Allowed)
{
    /// <summary>There is none.</summary>
    public static readonly LockdownState None = new(IsLocked: false, null, null, []);

    /// <summary>True when nobody but the allowlist comes in at this moment.</summary>
    public bool IsShut => IsLocked && LiftedFor is null;
}

/// <summary>What a host says of its lock-down.</summary>
/// <param name="State">It; null when it can't be had.</param>
/// <param name="Problem">Why not; null when it was had.</param>
internal sealed record LockdownReading(LockdownState? State, LocalizedText? Problem);
