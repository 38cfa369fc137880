using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Blocking.Addresses;
using FestivalOps.Blocking.Deciding;
using FestivalOps.Language;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FestivalOps.Blocking.Simulation;

/// <summary>
/// Simulation: blocks nothing, remembers what it would have blocked, writes it into the log, and raises one incident that counts the addresses.
/// An address' alert ends when its block would have ended.
/// </summary>
internal sealed partial class SimulatedBlocklist(
    IDbContextFactory<OpsDbContext> store, IServiceProvider services, IOptions<BlockingOptions> options, TimeProvider time, ILogger<SimulatedBlocklist> logger) : IBlocklist
{
    /// <summary>All addresses are one incident.</summary>
    public const string GroupKey = "blocking:attacks";

    /// <inheritdoc/>
    public async Task ApplyAsync(string source, IReadOnlyList<BlockDecision> decisions, CancellationToken ct)
    {
        // Of one address and rule the last counts.
        var newest = decisions.GroupBy(d => (d.Address, d.Rule)).Select(g => g.Last()).ToList();
        var now = time.GetUtcNow();
        // What an old log tells of is over.
        var fresh = newest.Where(d => d.At + d.For > now).OrderByDescending(d => d.Outcome).ToList();
        foreach (var decision in fresh) Log.Decided(logger, decision.Outcome, decision.Address.ToString(), source, decision.Line, decision.For, decision.Reason.En);
        // The incident first: when this fails half-way all is told once more, and the intake takes it as known.
        if (fresh.Count > 0) await services.GetRequiredService<IIncidentIntake>().RaiseAsync([.. fresh.Select(d => Alert(d, source))], ct);
        await using var db = store.CreateDbContext();
        await db.TurnAsync(
            async token =>
            {
                foreach (var some in newest.Chunk(500))
                {
                    var names = some.Select(d => d.Address.ToString()).Distinct(StringComparer.Ordinal).ToArray();
                    var known = await db.Set<AttackRecord>().Where(a => EF.Parameter(names).Contains(a.Address)).ToDictionaryAsync(a => (a.Address, a.Rule), token);
                    foreach (var decision in some) Write(db, known.GetValueOrDefault((decision.Address.ToString(), decision.Rule)), decision, source, now);
                    await db.SaveChangesAsync(token);
                    db.ChangeTracker.Clear();
                }
                return true;
            },
            ct);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<KnownAddress>> KnownAsync(CancellationToken ct)
    {
        var since = time.GetUtcNow() - TimeSpan.FromDays(options.Value.ForgiveDays);
        await using var db = store.CreateDbContext();
        var rows = await db.Set<AttackRecord>().AsNoTracking().Where(a => a.Blocks && a.Until > since)
            .OrderByDescending(a => a.Until).Take(options.Value.MostAddresses).Select(a => new { a.Address, a.Until, a.Times }).ToListAsync(ct);
        var known = new List<KnownAddress>();
        foreach (var row in rows)
        {
            if (ClientAddress.TryParse(row.Address.Split('/')[0], out var address)) known.Add(new(address, row.Until, row.Times));
        }
        return known;
    }

    /// <summary>Ends the alerts of addresses whose time is over, and forgets what lies long back. Returns how many ended.</summary>
    public async Task<int> ExpireAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var db = store.CreateDbContext();
        var over = await db.Set<AttackRecord>().AsNoTracking().Where(a => a.Open && a.Until <= now).OrderBy(a => a.Until).Take(500).ToListAsync(ct);
        if (over.Count > 0)
        {
            await services.GetRequiredService<IIncidentIntake>().RaiseAsync([.. over.Select(Ended)], ct);
            await db.TurnAsync(
                async token =>
                {
                    foreach (var row in over)
                        await db.Set<AttackRecord>().Where(a => a.Address == row.Address && a.Rule == row.Rule && a.Until <= now).ExecuteUpdateAsync(set => set.SetProperty(a => a.Open, false), token);
                    return true;
                },
                ct);
        }
        var forgiven = now - TimeSpan.FromDays(options.Value.ForgiveDays);
        await db.TurnAsync(token => db.Set<AttackRecord>().Where(a => !a.Open && a.Until < forgiven).ExecuteDeleteAsync(token), ct);
        return over.Count;
    }

    private static void Write(OpsDbContext db, AttackRecord? known, BlockDecision decision, string source, DateTimeOffset now)
    {
        var (ja, en) = (ForeignText.OneLine(decision.Reason.Ja, AttackRecord.MaxReason), ForeignText.OneLine(decision.Reason.En, AttackRecord.MaxReason));
        var (until, isOpen) = (decision.At + decision.For, decision.At + decision.For > now);
        if (known is null)
        {
            db.Add(new AttackRecord
            {
                Address = decision.Address.ToString(), Rule = decision.Rule, Blocks = decision.Outcome == BlockOutcome.Block, At = decision.At, Until = until,
                Times = decision.Times, Source = source, ReasonJa = ja, ReasonEn = en, Open = isOpen,
            });
        }
        else if (until >= known.Until)
        {
            (known.Blocks, known.At, known.Until, known.Times, known.Source, known.ReasonJa, known.ReasonEn) =
                (decision.Outcome == BlockOutcome.Block, decision.At, until, decision.Times, source, ja, en);
            known.Open |= isOpen;
        }
    }

    private static IncomingAlert Alert(BlockDecision decision, string source)
    {
        var address = decision.Address.ToString();
        var title = decision.Outcome == BlockOutcome.Block ? AttackTexts.WouldBlock(address) : AttackTexts.Warned(address);
        var says = decision.Outcome == BlockOutcome.Block ? AttackTexts.Simulated(decision.Reason, decision.For) : decision.Reason;
        return Alert(address, decision.Rule, source, isFiring: true, decision.At, title, says);
    }

    private static IncomingAlert Ended(AttackRecord row)
    {
        var title = row.Blocks ? AttackTexts.WouldBlock(row.Address) : AttackTexts.Warned(row.Address);
        return Alert(row.Address, row.Rule, row.Source, isFiring: false, row.At, title, AttackTexts.Over);
    }

    private static IncomingAlert Alert(string address, string rule, string source, bool isFiring, DateTimeOffset since, LocalizedText title, LocalizedText says)
    {
        // Not of the log: two logs may tell of one attack.
        var labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["alertname"] = "Attack", ["severity"] = "warning", ["address"] = address, ["rule"] = rule };
        return new(
            AlertSource.Bot, Fingerprint.Of(AlertSource.Bot, labels), GroupKey, isFiring, Severity.Warning, Level: 1, title.Ja, title.En, since, labels,
            new Dictionary<string, string>(StringComparer.Ordinal) { ["description"] = says.Ja, ["description_en"] = says.En, ["target"] = source });
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Simulation: {Outcome} {Address} because of {Source}, line {Line}, for {Duration}. {Reason}. Nothing was blocked")]
        public static partial void Decided(ILogger logger, BlockOutcome outcome, string address, string source, long line, TimeSpan duration, string reason);
    }
}
