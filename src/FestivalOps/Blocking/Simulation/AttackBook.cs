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
/// What was decided about addresses, whether they are blocked or it is only said, and the one incident that counts them. An address' alert ends
/// when its time is over.
/// </summary>
internal sealed class AttackBook(IDbContextFactory<OpsDbContext> store, IServiceProvider services, IOptions<BlockingOptions> options, TimeProvider time)
{
    /// <summary>All addresses are one incident.</summary>
    public const string GroupKey = "blocking:attacks";

    private bool IsBlocking => options.Value.Mode == BlockingMode.Block;

    /// <summary>Of one address and rule the last counts.</summary>
    public static List<BlockDecision> Newest(IEnumerable<BlockDecision> decisions) => [.. decisions.GroupBy(d => (d.Address, d.Rule)).Select(g => g.Last())];

    /// <summary>What people are told of a decision.</summary>
    public IncomingAlert Alert(BlockDecision decision, string source)
    {
        var address = decision.Address.ToString();
        var blocks = decision.Outcome == BlockOutcome.Block;
        var says = !blocks ? decision.Reason
            : IsBlocking ? AttackTexts.BlockedFor(decision.Reason, decision.For)
            : AttackTexts.Simulated(decision.Reason, decision.For);
        return Alert(address, decision.Rule, source, isFiring: true, decision.At, Title(address, blocks), says);
    }

    /// <summary>Remembers decisions, in the caller's transaction. What is known and lasts longer stays.</summary>
    public async Task WriteAsync(OpsDbContext db, IReadOnlyCollection<BlockDecision> newest, string source, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        foreach (var some in newest.Chunk(500))
        {
            var names = some.Select(d => d.Address.ToString()).Distinct(StringComparer.Ordinal).ToArray();
            var known = await db.Set<AttackRecord>().Where(a => EF.Parameter(names).Contains(a.Address)).ToDictionaryAsync(a => (a.Address, a.Rule), ct);
            foreach (var decision in some) Write(db, known.GetValueOrDefault((decision.Address.ToString(), decision.Rule)), decision, source, now);
            await db.SaveChangesAsync(ct);
            db.ChangeTracker.Clear();
        }
    }

    /// <summary>Addresses that were to be blocked, as far back as they are not forgiven.</summary>
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
        if (over.Count > 0) await EndAsync(db, over, AttackTexts.Over, ct);
        var forgiven = now - TimeSpan.FromDays(options.Value.ForgiveDays);
        await db.TurnAsync(token => db.Set<AttackRecord>().Where(a => !a.Open && a.Until < forgiven).ExecuteDeleteAsync(token), ct);
        return over.Count;
    }

    /// <summary>Ends the alert of an address now: people let it in.</summary>
    public async Task EndAsync(string address, LocalizedText why, CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        var open = await db.Set<AttackRecord>().AsNoTracking().Where(a => a.Open && a.Blocks && a.Address == address).ToListAsync(ct);
        if (open.Count > 0) await EndAsync(db, open, why, ct);
    }

    /// <summary>An address' block was made longer: so is its alert.</summary>
    public async Task ExtendAsync(string address, DateTimeOffset until, CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        await db.TurnAsync(
            token => db.Set<AttackRecord>().Where(a => a.Open && a.Blocks && a.Address == address && a.Until < until).ExecuteUpdateAsync(set => set.SetProperty(a => a.Until, until), token), ct);
    }

    private async Task EndAsync(OpsDbContext db, List<AttackRecord> rows, LocalizedText why, CancellationToken ct)
    {
        await services.GetRequiredService<IIncidentIntake>().RaiseAsync([.. rows.Select(r => Ended(r, why))], ct);
        var now = time.GetUtcNow();
        await db.TurnAsync(
            async token =>
            {
                foreach (var row in rows)
                {
                    // One that was decided anew meanwhile lasts longer.
                    await db.Set<AttackRecord>().Where(a => a.Address == row.Address && a.Rule == row.Rule && a.Until == row.Until)
                        .ExecuteUpdateAsync(set => set.SetProperty(a => a.Open, false).SetProperty(a => a.Until, row.Until < now ? row.Until : now), token);
                }
                return true;
            },
            ct);
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

    private IncomingAlert Ended(AttackRecord row, LocalizedText why) => Alert(row.Address, row.Rule, row.Source, isFiring: false, row.At, Title(row.Address, row.Blocks), why);

    private LocalizedText Title(string address, bool blocks) => !blocks ? AttackTexts.Warned(address) : IsBlocking ? AttackTexts.Blocked(address) : AttackTexts.WouldBlock(address);

    private static IncomingAlert Alert(string address, string rule, string source, bool isFiring, DateTimeOffset since, LocalizedText title, LocalizedText says)
    {
        // Not of the log: two logs may tell of one attack.
        var labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["alertname"] = "Attack", ["severity"] = "warning", ["address"] = address, ["rule"] = rule };
        return new(
            AlertSource.Bot, Fingerprint.Of(AlertSource.Bot, labels), GroupKey, isFiring, Severity.Warning, Level: 1, title.Ja, title.En, since, labels,
            new Dictionary<string, string>(StringComparer.Ordinal) { ["description"] = $"{address}: {says.Ja}", ["description_en"] = $"{address}: {says.En}", ["target"] = source });
    }
}
