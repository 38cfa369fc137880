using System.Globalization;
using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Card;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Blocking.Blocks.Card;
using FestivalOps.Blocking.Blocks.Enforcing;
using FestivalOps.Channels;
using FestivalOps.Language;
using FestivalOps.Storage;
using FestivalOps.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FestivalOps.Blocking.Blocks;

/// <summary>
/// At the start and every minute: ends blocks whose time is over, looks at what each firewall refuses, makes it agree with the blocks, and says what
/// somebody else had changed and which firewall can't be told. Between looks it writes changes into the audit trail.
/// </summary>
internal sealed partial class BlockReconciler(
    Blocklist blocklist, FirewallLanes lanes, BlockAudit audit, Outbox outbox, BlockNews news, IDbContextFactory<OpsDbContext> store, StoreState state, IServiceProvider services,
    IOptions<BlockingOptions> options, TimeProvider time, ILogger<BlockReconciler> logger) : BackgroundService
{
    /// <summary>Pause between two looks: 1 minute.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    /// <summary>Blocks that are over are remembered for 800 days: a yearly comparison of reports.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(800);

    // A moment of agreement that is older only makes less of what differs drift.
    private static readonly TimeSpan KeepEvery = TimeSpan.FromMinutes(5);

    // Cards further up nobody looks at.
    private const int MostRedrawn = 50;

    // What was said last in this process; what a former one said may be over.
    private readonly Dictionary<string, bool> _said = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _kept = new(StringComparer.Ordinal);
    private readonly HashSet<string> _failing = new(StringComparer.Ordinal);
    private string _away = "";
    private bool _isBegun;

    /// <summary>Looks once.</summary>
    public async Task LookAsync(CancellationToken ct)
    {
        while (await blocklist.ExpireAsync(ct) > 0)
        {
            // A storm ends in several goes.
        }
        if (!_isBegun) await BeginAsync(ct);
        if (blocklist.IsBlocking)
        {
            await Task.WhenAll(lanes.All.Select(lane => lane.ReconcileAsync(blocklist.WantedAsync, ct)));
            await TellAsync(ct);
            await KeepAsync(ct);
            await RedrawAsync(ct);
        }
        await using var db = store.CreateDbContext();
        news.Open(await db.Set<AddressBlock>().CountAsync(b => b.State == BlockState.Open, ct));
        var old = time.GetUtcNow() - Kept;
        await db.TurnAsync(token => db.Set<AddressBlock>().Where(b => b.EndedAt < old && b.AuditedVersion == b.Version).ExecuteDeleteAsync(token), ct);
    }

    /// <summary>Writes into the audit trail what it does not have yet.</summary>
    public async Task AuditAsync(CancellationToken ct)
    {
        while (await audit.WriteAsync(ct) > 0)
        {
            // Many changes at once are written in several goes.
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await state.Ready.WaitAsync(stoppingToken);
        await Task.WhenAll(LookingAsync(stoppingToken), AuditingAsync(stoppingToken));
    }

    private async Task LookingAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(Every, time);
        do await UnlessItFailsAsync("The blocks", LookAsync, ct);
        while (await timer.WaitForNextTickAsync(ct));
    }

    private async Task AuditingAsync(CancellationToken ct)
    {
        while (true)
        {
            await UnlessItFailsAsync("The audit of blocks", AuditAsync, ct);
            await news.WaitAsync(Every, ct);
        }
    }

    private async Task UnlessItFailsAsync(string what, Func<CancellationToken, Task> work, CancellationToken ct)
    {
        try
        {
            await work(ct);
            lock (_failing) _failing.Remove(what);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            bool isNew;
            lock (_failing) isNew = _failing.Add(what);
            if (isNew) Log.Failed(logger, failure, what, ErrorId.New());
        }
    }

    // What an earlier process knew of the firewalls.
    private async Task BeginAsync(CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        var known = await db.Set<FirewallSync>().AsNoTracking().ToDictionaryAsync(f => f.Firewall, f => f.At, StringComparer.Ordinal, ct);
        foreach (var lane in lanes.All)
        {
            if (known.TryGetValue(lane.Name, out var at)) lane.AgreedAt = at;
        }
        var left = options.Value.Mode == BlockingMode.Simulate ? await db.Set<AddressBlock>().CountAsync(b => b.State == BlockState.Open, ct) : 0;
        if (left > 0) Log.LeftOver(logger, left);
        _isBegun = true;
    }

    // Which hosts do not have it yet stands on the cards.
    private async Task RedrawAsync(CancellationToken ct)
    {
        var away = string.Join(' ', lanes.Away);
        if (away == _away) return;
        await using var db = store.CreateDbContext();
        await db.TurnAsync(
            async token =>
            {
                var open = await db.Set<AddressBlock>().AsNoTracking().Where(b => b.State == BlockState.Open && b.CardTs != null).OrderByDescending(b => b.Id).Take(MostRedrawn).ToListAsync(token);
                await Outbox.AddAsync(db, [.. open.Select(b => BlockRedrawPost.Row(b, outbox, string.Create(CultureInfo.InvariantCulture, $":{time.GetUtcNow().ToUnixTimeMilliseconds()}")))], token);
                return await db.SaveChangesAsync(token);
            },
            ct);
        outbox.Wake();
        _away = away;
    }

    private async Task KeepAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var due = lanes.All.Where(l => l.AgreedAt is not null && (!_kept.TryGetValue(l.Name, out var at) || now - at >= KeepEvery)).ToList();
        if (due.Count == 0) return;
        await using var db = store.CreateDbContext();
        await db.TurnAsync(
            async token =>
            {
                foreach (var lane in due)
                {
                    var at = lane.AgreedAt!.Value;
                    if (await db.Set<FirewallSync>().SingleOrDefaultAsync(f => f.Firewall == lane.Name, token) is { } known) known.At = at;
                    else db.Add(new FirewallSync { Firewall = lane.Name, At = at });
                }
                return await db.SaveChangesAsync(token);
            },
            ct);
        foreach (var lane in due) _kept[lane.Name] = now;
    }

    private async Task TellAsync(CancellationToken ct)
    {
        var alerts = new List<(string Key, IncomingAlert Alert)>();
        // Who attacks gets in: that can't wait for the morning. What differed agrees again.
        Add("none", "FirewallMissing", Severity.Critical, lanes.All.Count == 0, EnforcingTexts.NoFirewallTitle, lanes.All.Count == 0 ? EnforcingTexts.NoFirewall : EnforcingTexts.SetUp);
        foreach (var lane in lanes.All)
        {
            var (problem, drift) = (lane.Problem, lane.Drift);
            news.Found(lane.Name, problem is not null, drift is null ? 0 : drift.Missing.Count + drift.Extra.Count);
            Add(lane.Name, "FirewallAway", Severity.Critical, problem is not null, EnforcingTexts.AwayTitle(lane.Host), problem is null ? EnforcingTexts.Agrees : EnforcingTexts.Away(problem));
            // Whether it still differs is not known while it is away.
            if (problem is null || drift is not null)
                Add(lane.Name, "FirewallDrift", Severity.Warning, drift is not null, EnforcingTexts.DriftTitle(lane.Host), drift is null ? EnforcingTexts.Agrees : EnforcingTexts.Drift(drift));
        }
        if (alerts.Count == 0) return;
        await services.GetRequiredService<IIncidentIntake>().RaiseAsync([.. alerts.Select(a => a.Alert)], ct);
        foreach (var (key, alert) in alerts) _said[key] = alert.Firing;

        void Add(string firewall, string name, Severity severity, bool fires, LocalizedText title, LocalizedText says)
        {
            var key = $"{name}:{firewall}";
            // That all is well is said at the first look, too: a former process may have said otherwise.
            if (!fires && _said.TryGetValue(key, out var said) && !said) return;
            var labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["alertname"] = name, ["severity"] = severity.Name().En.ToLowerInvariant(), ["firewall"] = firewall };
            var annotations = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["description"] = ForeignText.OneLine(says.Ja, 500), ["description_en"] = ForeignText.OneLine(says.En, 500), ["target"] = firewall,
            };
            alerts.Add((key, new(
                AlertSource.Bot, Fingerprint.Of(AlertSource.Bot, labels), $"blocking:{name}:{firewall}", fires, severity, severity == Severity.Critical ? 2 : 1, title.Ja, title.En, time.GetUtcNow(), labels, annotations)));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "{What} could not be looked at; the next look is in a minute. Error id {ErrorId}")]
        public static partial void Failed(ILogger logger, Exception failure, string what, string errorId);

        [LoggerMessage(LogLevel.Warning, "Blocking:Mode is Simulate, and {Blocks} blocks are open: firewalls are left as they are, also when these blocks end")]
        public static partial void LeftOver(ILogger logger, int blocks);
    }
}
