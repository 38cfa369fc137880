using System.Collections.Concurrent;
using System.Globalization;
using FestivalOps.Blocking.Addresses;
using FestivalOps.Blocking.Blocks.Guarding;
using FestivalOps.Blocking.Firewalls;
using FestivalOps.Blocking.Lockdown;
using FestivalOps.Demo.SamplePlatform.Local;
using FestivalOps.Language;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace FestivalOps.ScenarioTests.Staging;

/// <summary>Stages whose firewalls are stand-ins; the real ones have tests of their own.</summary>
internal static class BlocksOnStage
{
    /// <summary>One firewall that blocks, and a log in which 203.0.113.9 did something.</summary>
    public static async Task<(Stage Stage, OneFirewall Firewall)> BlocksAsync(this World world, Transport transport, Store store, string language = "Ja")
    {
        var log = Path.Combine(RunFolder.Current.Create("access"), "access.log");
        var at = TimeProvider.System.GetUtcNow().AddMinutes(-5).ToString("dd/MMM/yyyy:HH:mm:ss +0000", CultureInfo.InvariantCulture);
        await File.WriteAllLinesAsync(log,
        [
            $"203.0.113.9 - - [{at}] \"POST /users/sign_in HTTP/1.1\" 401 162 \"-\" \"a\"", $"203.0.113.9 - - [{at}] \"POST /users/sign_in HTTP/1.1\" 302 162 \"-\" \"a\"",
            $"203.0.113.9 - - [{at}] \"POST /festivals/7/payments HTTP/1.1\" 201 162 \"-\" \"a\"", $"192.0.2.1 - - [{at}] \"GET / HTTP/1.1\" 200 162 \"-\" \"a\"",
        ], TestContext.Current.CancellationToken);
        var firewall = new OneFirewall();
        var stage = await world.NewStageAsync(new(transport, store)
        {
            Settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
            {
                ["Blocking:Mode"] = "Block", ["Blocking:TrustedProxies:0"] = "none", ["Blocking:Logs:access:Path"] = log, ["Channels:Alerts"] = Seed.Alerts, ["Language:Channels"] = language,
            },
            Replace = services => services.AddSingleton<IFirewalls>(firewall).AddSingleton<ISurroundings>(firewall),
        });
        return (stage, firewall);
    }

    /// <summary>One firewall that locks down.</summary>
    public static async Task<(Stage Stage, Wall Wall)> LockdownAsync(this World world, Transport transport, Store store, bool allow = true, FakeTimeProvider? clock = null, string language = "Ja")
    {
        var wall = new Wall();
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { ["Channels:Reports"] = Seed.Ops, ["Channels:Alerts"] = Seed.Ops, ["Language:Channels"] = language };
        if (allow) (settings["Blocking:Lockdown:Allow:0"], settings["Blocking:NeverBlock:0"]) = ("203.0.113.0/24", "198.51.100.7");
        var stage = await world.NewStageAsync(new(transport, store)
        {
            Settings = settings,
            Clock = clock,
            Replace = services => services.AddSingleton<IFirewalls>(wall).AddSingleton<ILockdownProbe>(wall),
        });
        return (stage, wall);
    }
}

/// <summary>One firewall in memory, and a host with one address.</summary>
internal sealed class OneFirewall : IFirewalls, IFirewall, ISurroundings
{
    public ConcurrentDictionary<string, DateTimeOffset?> Refused { get; } = new(StringComparer.Ordinal);

    /// <summary>Why it can't be asked or told anything; null: it can.</summary>
    public LocalizedText? Problem { get; set; }

    public IReadOnlyList<IFirewall> All => [this];

    public IReadOnlyList<ILockdownFirewall> Lockdowns => [];

    public string Host => "web1";

    public FirewallKind Kind => FirewallKind.Nftables;

    public Task<FirewallReading> ReadAsync(CancellationToken ct) => Task.FromResult(Problem is { } problem ? new FirewallReading(null, problem) : new FirewallReading(
        [.. Refused.Select(r => new FirewallEntry(Range(r.Key), r.Value - TimeProvider.System.GetUtcNow()))], null));

    public Task<FirewallAnswer> ApplyAsync(FirewallChange change, CancellationToken ct)
    {
        if (Problem is { } problem) return Task.FromResult(new FirewallAnswer(problem));
        foreach (var range in change.Unblock) Refused.TryRemove(range.ToString(), out _);
        foreach (var entry in change.Block) Refused[entry.Range.ToString()] = TimeProvider.System.GetUtcNow() + entry.For;
        return Task.FromResult(FirewallAnswer.Done);
    }

    public Task<Surroundings> NowAsync(CancellationToken ct) => Task.FromResult(new Surroundings([new(Range("203.0.113.80"), PlaceKind.Own, "web1")], []));

    private static AddressRange Range(string text) => AddressRange.TryParse(text, out var range) ? range : throw new FormatException(text);
}

/// <summary>One lock-down in memory, and the way to its host.</summary>
internal sealed class Wall : IFirewalls, ILockdownFirewall, ILockdownProbe
{
    private LockdownState _state = LockdownState.None;

    public List<string> Says { get; } = [];

    public bool Unreachable { get; set; }

    public IReadOnlyList<IFirewall> All => [];

    public IReadOnlyList<ILockdownFirewall> Lockdowns => [this];

    public string Host => "web1";

    public void RunsOut() => _state = LockdownState.None;

    public Task<LockdownReading> ReadAsync(CancellationToken ct) => Task.FromResult(new LockdownReading(_state, null));

    public Task<FirewallAnswer> LockAsync(IReadOnlyCollection<AddressRange> allow, TimeSpan? time, CancellationToken ct)
    {
        _state = new(IsLocked: true, time, null, [.. allow]);
        return Done($"lock {string.Join(' ', allow)} for {time?.TotalSeconds}");
    }

    public Task<FirewallAnswer> LiftAsync(TimeSpan? time, CancellationToken ct)
    {
        _state = time is null ? LockdownState.None : _state with { LiftedFor = time };
        return Done(time is null ? "lift for good" : $"lift for {time.Value.TotalSeconds}");
    }

    public Task<FirewallAnswer> KeepAsync(LockdownStep step, CancellationToken ct)
    {
        _state = step == LockdownStep.Lock ? _state with { EndsIn = null } : LockdownState.None;
        return Done($"keep {step}");
    }

    public LocalizedText? Way(string host) => LockdownTexts.Way("local", "web1:22");

    public Task<LocalizedText?> TryAsync(string host, CancellationToken ct) => Task.FromResult(Unreachable ? LockdownTexts.NotReached(host, LocalizedText.Same("refused")) : null);

    private Task<FirewallAnswer> Done(string what)
    {
        Says.Add(what);
        return Task.FromResult(FirewallAnswer.Done);
    }
}
