using System.Globalization;
using System.Text;
using FestivalOps.Blocking.Addresses;
using FestivalOps.Hosts;

namespace FestivalOps.Blocking.Firewalls;

/// <summary>The lock-down by an nftables table of its own, in which the lock and its lifting are elements of sets that end by themselves.</summary>
internal sealed class NftablesLockdown(IHost host) : ILockdownFirewall
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly FirewallHands _hands = new(host, FirewallKind.Nftables);

    /// <inheritdoc/>
    public string Host { get; } = host.Name;

    /// <inheritdoc/>
    public async Task<LockdownReading> ReadAsync(CancellationToken ct)
    {
        var (result, problem) = await _hands.RunAsync(HostCommands.NftablesLock with { Timeout = Patience }, ct);
        if (problem is not null) return new(null, problem);
        var state = LockdownState.None;
        var allowed = new List<AddressRange>();
        foreach (var line in result.Output.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var words = line.Split(' ');
            if (words is ["lock", var end] && Time(end, out var endsIn)) state = state with { IsLocked = true, EndsIn = endsIn };
            else if (words is ["unlock", var back] && Time(back, out var liftedFor)) state = state with { LiftedFor = liftedFor };
            else if (words is ["allow", var text] && AddressRange.TryParse(text, out var range)) allowed.Add(range);
            else return new(null, FirewallTexts.Unreadable(Host, FirewallKind.Nftables, line));
        }
        return new(state.IsLocked ? state with { Allowed = allowed } : LockdownState.None, null);
    }

    /// <inheritdoc/>
    public async Task<FirewallAnswer> LockAsync(IReadOnlyCollection<AddressRange> allow, TimeSpan? time, CancellationToken ct)
    {
        var known = allow.Distinct().ToList();
        foreach (var range in known)
        {
            if (!FirewallLimits.Takes(range)) return new(FirewallTexts.CannotTake(range));
        }
        if (known.Count == 0) return new(FirewallTexts.EmptyAllowlist);
        if (known.Count > FirewallLimits.MostAllowed) return new(FirewallTexts.TooManyAllowed(known.Count));
        // The kernel's ranges must not overlap.
        var widest = known.Where(r => !known.Exists(o => o.Prefix < r.Prefix && o.Overlaps(r)));
        return await DoAsync(HostCommands.LockNftables, $"for {Seconds(time)}\n{string.Concat(widest.Select(r => $"allow {r}\n"))}", ct);
    }

    /// <inheritdoc/>
    public Task<FirewallAnswer> LiftAsync(TimeSpan? time, CancellationToken ct) => DoAsync(HostCommands.UnlockNftables, $"for {Seconds(time)}\n", ct);

    /// <inheritdoc/>
    public Task<FirewallAnswer> KeepAsync(LockdownStep step, CancellationToken ct) =>
        DoAsync(HostCommands.KeepNftables, step == LockdownStep.Lock ? "lock\n" : "unlock\n", ct);

    private async Task<FirewallAnswer> DoAsync(HostCommand command, string input, CancellationToken ct)
    {
        var (_, problem) = await _hands.RunAsync(command with { Input = Encoding.ASCII.GetBytes(input), Timeout = Patience }, ct);
        return problem is null ? FirewallAnswer.Done : new(problem);
    }

    // 0 is for good: what is to end now ends in a second.
    private static string Seconds(TimeSpan? time) => (time is null ? 0 : Math.Max(1, HostFirewall.Seconds(time))).ToString(CultureInfo.InvariantCulture);

    private static bool Time(string text, out TimeSpan? time)
    {
        var isNumber = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds);
        time = seconds == 0 ? null : TimeSpan.FromSeconds(seconds);
        return isNumber;
    }
}
