using FestivalOps.Blocking.Addresses;
using FestivalOps.Blocking.Blocks;
using FestivalOps.Blocking.Blocks.Enforcing;
using FestivalOps.Blocking.Blocks.Guarding;
using FestivalOps.Blocking.Deciding;
using FestivalOps.Blocking.Firewalls;
using FestivalOps.Language;
using FestivalOps.Storage;
using FestivalOps.Tests.Alerting;
using FestivalOps.Tests.SamplePlatform;
using FestivalOps.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace FestivalOps.Tests.Blocking.Blocks;

/// <summary>A bot that blocks for real, on two firewalls that the test holds.</summary>
internal sealed class BlockStage : IAsyncDisposable
{
    private readonly FakeFirewalls _firewalls;
    private readonly FakeSurroundings _around;

    private BlockStage(AlertStage alerts, FakeFirewalls firewalls, FakeSurroundings around) => (Alerts, _firewalls, _around) = (alerts, firewalls, around);

    public AlertStage Alerts { get; }

    public FakeTimeProvider Clock => Alerts.Clock;

    public DateTimeOffset Now => Clock.GetUtcNow();

    public FakeFirewall One => _firewalls.Fakes[0];

    public FakeFirewall Two => _firewalls.Fakes[1];

    public List<ProtectedPlace> Places => _around.Places;

    public Blocklist Blocklist => Alerts.Get<Blocklist>();

    public BlockReconciler Reconciler => Alerts.Get<BlockReconciler>();

    public static async Task<BlockStage> OpenAsync(Engine engine, PostgresFixture postgres, params (string Key, string Value)[] settings)
    {
        var firewalls = new FakeFirewalls();
        var around = new FakeSurroundings();
        var alerts = await AlertStage.OpenAsync(
            engine, postgres, services => services.AddSingleton<IFirewalls>(firewalls).AddSingleton<ISurroundings>(around), [("Blocking:Mode", "Block"), .. settings]);
        foreach (var fake in firewalls.Fakes) fake.Clock = alerts.Clock;
        return new(alerts, firewalls, around);
    }

    /// <summary>Another process on the same store and the same firewalls.</summary>
    public AlertStage Another() => Alerts.Another(("Blocking:Mode", "Block"));

    public static AddressRange Range(string text) => AddressRange.TryParse(text, out var range) ? range : throw new FormatException(text);

    public BlockDecision Decision(string address, double hours = 1, int times = 1) => new(
        BlockOutcome.Block, Range(address).First, "BruteForce", Now, TimeSpan.FromHours(hours), times, new("20 件", "20 of them"), 20) { Evidence = $"{address} - - \"GET /wp-login.php HTTP/1.1\" 404" };

    public Task DecidesAsync(params BlockDecision[] decisions) => DecidesAsync(Blocklist, decisions);

    public static Task DecidesAsync(Blocklist blocklist, params BlockDecision[] decisions) => blocklist.ApplyAsync("access", decisions, Ct);

    public Task<BlockAnswer> BlocksAsync(string address, double? hours = 1, string reason = "", string user = "U0SATO", bool permanent = false) =>
        Blocklist.BlockAsync(new(Range(address), hours is { } some ? Now.AddHours(some) : null, permanent, reason), user, AlertStage.Alerts, Ct);

    public async Task<List<AddressBlock>> RowsAsync()
    {
        await using var db = Alerts.Db();
        return await db.Set<AddressBlock>().AsNoTracking().OrderBy(b => b.Id).ToListAsync(Ct);
    }

    public async Task<AddressBlock> RowAsync(long id = 1) => (await RowsAsync()).Single(b => b.Id == id);

    /// <summary>Every change is where it was sent.</summary>
    public Task ToldAsync() => Task.WhenAll(Alerts.Get<FirewallLanes>().All.Select(l => l.TellAsync(new([], []))));

    public ValueTask DisposeAsync() => Alerts.DisposeAsync();

    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;
}

/// <summary>A firewall in memory: it can be away, hang, or be changed by somebody else.</summary>
internal sealed class FakeFirewall(string host) : IFirewall
{
    private readonly Lock _lock = new();
    private readonly Dictionary<AddressRange, DateTimeOffset?> _refused = [];

    public FakeTimeProvider Clock { get; set; } = new();

    public string Host => host;

    public FirewallKind Kind => FirewallKind.Nftables;

    public bool IsAway { get; set; }

    /// <summary>Holds every answer until it is completed.</summary>
    public TaskCompletionSource? Hang { get; set; }

    public int Asked { get; private set; }

    public int Told { get; private set; }

    /// <summary>What it refuses now.</summary>
    public List<string> Refused
    {
        get
        {
            lock (_lock) return [.. _refused.Where(r => r.Value is null || r.Value > Clock.GetUtcNow()).Select(r => r.Key.ToString()).Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>Until when it refuses these; null: without end.</summary>
    public DateTimeOffset? Until(string range)
    {
        lock (_lock) return _refused[BlockStage.Range(range)];
    }

    /// <summary>Somebody else does something.</summary>
    public void Meddle(Action<Dictionary<AddressRange, DateTimeOffset?>> change)
    {
        lock (_lock) change(_refused);
    }

    public async Task<FirewallReading> ReadAsync(CancellationToken ct)
    {
        Asked++;
        if (Hang is { } hang) await hang.Task;
        if (IsAway) return new(null, new("接続できません。", "it can't be reached."));
        var now = Clock.GetUtcNow();
        lock (_lock) return new([.. _refused.Where(r => r.Value is null || r.Value > now).Select(r => new FirewallEntry(r.Key, r.Value - now))], null);
    }

    public async Task<FirewallAnswer> ApplyAsync(FirewallChange change, CancellationToken ct)
    {
        if (change.Block.Count + change.Unblock.Count == 0) return FirewallAnswer.Done;
        Told++;
        if (Hang is { } hang) await hang.Task;
        if (IsAway) return new(new LocalizedText("接続できません。", "it can't be reached."));
        lock (_lock)
        {
            foreach (var range in change.Unblock) _refused.Remove(range);
            foreach (var entry in change.Block) _refused[entry.Range] = Clock.GetUtcNow() + entry.For;
        }
        return FirewallAnswer.Done;
    }
}

internal sealed class FakeFirewalls : IFirewalls
{
    public FakeFirewall[] Fakes { get; } = [new("web1"), new("web2")];

    public IReadOnlyList<IFirewall> All => Fakes;

    public IReadOnlyList<ILockdownFirewall> Lockdowns => [];
}

internal sealed class FakeSurroundings : ISurroundings
{
    public List<ProtectedPlace> Places { get; } = [];

    public Task<Surroundings> NowAsync(CancellationToken ct) => Task.FromResult(new Surroundings([.. Places], []));
}
