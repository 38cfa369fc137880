using FestivalOps.Blocking.Addresses;

namespace FestivalOps.Blocking.Firewalls;

/// <summary>A firewall that can't be locked down, and says so: nothing in it would take the lock back when we are gone.</summary>
internal sealed class NoLockdown(string host, FirewallKind kind) : ILockdownFirewall
{
    /// <inheritdoc/>
    public string Host => host;

    private FirewallAnswer No => new(FirewallTexts.CannotLock(host, kind));

    /// <inheritdoc/>
    public Task<LockdownReading> ReadAsync(CancellationToken ct) => Task.FromResult(new LockdownReading(null, No.Problem));

    /// <inheritdoc/>
    public Task<FirewallAnswer> LockAsync(IReadOnlyCollection<AddressRange> allow, TimeSpan? time, CancellationToken ct) => Task.FromResult(No);

    /// <inheritdoc/>
    public Task<FirewallAnswer> LiftAsync(TimeSpan? time, CancellationToken ct) => Task.FromResult(No);

    /// <inheritdoc/>
    public Task<FirewallAnswer> KeepAsync(LockdownStep step, CancellationToken ct) => Task.FromResult(No);
}
