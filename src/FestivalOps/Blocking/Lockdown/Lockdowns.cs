using FestivalOps.Blocking.Addresses;
using FestivalOps.Blocking.Firewalls;
using FestivalOps.Language;
using Microsoft.Extensions.Options;

namespace FestivalOps.Blocking.Lockdown;

/// <summary>All hosts that can be locked down, as one.</summary>
internal sealed class Lockdowns(IFirewalls firewalls, ILockdownProbe probe, IOptions<BlockingOptions> blocking, IOptions<LockdownOptions> options)
{
    /// <summary>So long a step lasts until someone keeps it.</summary>
    public TimeSpan Time => TimeSpan.FromMinutes(options.Value.Minutes);

    /// <summary>The hosts.</summary>
    public IReadOnlyList<ILockdownFirewall> Hosts => firewalls.Lockdowns;

    /// <summary>Who still comes in: the lock-down's own list, who is never blocked, and the proxies.</summary>
    public IReadOnlyList<AddressRange> Allowed =>
    [
        .. options.Value.Allow.Concat(blocking.Value.NeverBlock).Concat(blocking.Value.TrustedProxies.Where(p => p != BlockingOptions.NoProxies))
            .Select(text => AddressRange.TryParse(text, out var range) ? range : default).Where(r => r.First.Bits != 0).Distinct().OrderBy(r => r.First.Bits),
    ];

    /// <summary>How it stands about each host.</summary>
    public async Task<IReadOnlyList<(string Host, LockdownReading Reading)>> ReadAsync(CancellationToken ct) =>
        await Task.WhenAll(Hosts.Select(async h => (h.Host, await h.ReadAsync(ct))));

    /// <summary>How each host can be tried; null: it can't.</summary>
    public IReadOnlyList<(string Host, LocalizedText? Way)> Ways => [.. Hosts.Select(h => (h.Host, probe.Way(h.Host)))];

    /// <summary>Does a step on all hosts, for <see cref="Time"/>. What went wrong, by host; null: nothing.</summary>
    public Task<IReadOnlyList<(string Host, LocalizedText? Problem)>> StepAsync(LockdownStep step, CancellationToken ct) =>
        EachAsync(h => step == LockdownStep.Lock ? h.LockAsync(Allowed, Time, ct) : h.LiftAsync(Time, ct));

    /// <summary>Takes a step back at once.</summary>
    public Task<IReadOnlyList<(string Host, LocalizedText? Problem)>> UndoAsync(LockdownStep step, CancellationToken ct) =>
        EachAsync(h => step == LockdownStep.Lock ? h.LiftAsync(null, ct) : h.LockAsync(Allowed, null, ct));

    /// <summary>Tries each host with a new connection, and only if all can be reached makes the step last.</summary>
    public async Task<IReadOnlyList<(string Host, LocalizedText? Problem)>> KeepAsync(LockdownStep step, CancellationToken ct)
    {
        var tried = await Task.WhenAll(Hosts.Select(async h => (h.Host, await probe.TryAsync(h.Host, ct))));
        return tried.Any(t => t.Item2 is not null) ? tried : await EachAsync(h => h.KeepAsync(step, ct));
    }

    private async Task<IReadOnlyList<(string Host, LocalizedText? Problem)>> EachAsync(Func<ILockdownFirewall, Task<FirewallAnswer>> step) =>
        await Task.WhenAll(Hosts.Select(async h => (h.Host, (await step(h)).Problem)));
}
