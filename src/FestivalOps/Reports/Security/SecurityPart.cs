using FestivalOps.Blocking;
using FestivalOps.Blocking.Blocks;
using FestivalOps.Blocking.Simulation;
using FestivalOps.Checks.History;
using FestivalOps.Language;
using FestivalOps.Maintenance.Checklists;
using FestivalOps.Maintenance.Keeping;
using FestivalOps.Maintenance.SecurityCheck;
using FestivalOps.Reports.Figures;
using FestivalOps.Reports.Making;
using FestivalOps.Reports.Periods;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FestivalOps.Reports.Security;

/// <summary>The audit's score over time, suspicious requests, what was blocked, the certificate, the checklists: from what the bot's tasks and checks have kept.</summary>
internal sealed class SecurityPart(IDbContextFactory<OpsDbContext> store, IOptions<BlockingOptions> blocking, TimeProvider time) : IReportPart
{
    /// <inheritdoc/>
    public string Name => "security";

    /// <inheritdoc/>
    public LocalizedText Title => FigureTexts.ChapterTitle(Chapter.Security);

    /// <inheritdoc/>
    public Task<PartAnswer> AskAsync(IReadOnlyList<PeriodSpan> spans, CancellationToken ct) => PartAnswer.EachAsync(spans, span => OneAsync(span, ct));

    private async Task<IReadOnlyList<Figure>> OneAsync(PeriodSpan span, CancellationToken ct)
    {
        var at = time.GetUtcNow();
        await using var db = store.CreateDbContext();
        var figures = new List<Figure>();
        figures.AddRange(Score(span, await KeptAsync(db, FigureNames.SecurityScore, span, at, ct), at));
        var critical = await KeptAsync(db, FigureNames.CriticalIssues, span, at, ct);
        figures.Add(critical.Count == 0 ? FigureKinds.Critical.Missing(SecurityTexts.NoAudit, SecurityTexts.AuditSource, at, mayCome: false) : FigureKinds.Critical.Of((decimal)critical[^1].Value, SecurityTexts.AuditSource, at));
        figures.Add(await UnauthorisedAsync(db, span, at, ct));
        figures.Add(await BlockedAsync(db, span, at, ct));
        figures.Add(await CertificateAsync(db, span, at, ct));
        figures.AddRange(await ChecklistsAsync(db, span, at, ct));
        return figures;
    }

    private static IEnumerable<Figure> Score(PeriodSpan span, List<KeptFigure> kept, DateTimeOffset at)
    {
        var source = SecurityTexts.AuditSource;
        if (kept.Count == 0) return [FigureKinds.Score.Missing(SecurityTexts.NoAudit, source, at, false), FigureKinds.WorstScore.Missing(SecurityTexts.NoAudit, source, at, false)];
        return
        [
            FigureKinds.Score.Of((decimal)kept[^1].Value, source, at, SecurityTexts.Audits(kept.Count)), FigureKinds.WorstScore.Of((decimal)kept.Min(k => k.Value), source, at),
            .. span.Period.Kind == ReportKind.Daily ? [] : kept.GroupBy(k => span.Day(k.At)).Select(d => FigureKinds.Score.Of((decimal)d.Last().Value, source, at, day: d.Key)),
        ];
    }

    // Each look counts the days before it, so looks are added, and their number says how far they reach.
    private static async Task<Figure> UnauthorisedAsync(OpsDbContext db, PeriodSpan span, DateTimeOffset at, CancellationToken ct)
    {
        var (sum, looks) = (0.0, 0);
        foreach (var status in AccessCount.Statuses)
        {
            var found = await KeptAsync(db, FigureNames.Answers(status), span, at, ct);
            (sum, looks) = (sum + found.Sum(f => f.Value), Math.Max(looks, found.Count));
        }
        return looks == 0
            ? FigureKinds.Unauthorised.Missing(SecurityTexts.NoLook, SecurityTexts.AccessSource, at, mayCome: false)
            : FigureKinds.Unauthorised.Of((decimal)sum, SecurityTexts.AccessSource, at, SecurityTexts.Looks(looks));
    }

    // What was only simulated is no block, and is said as what it is.
    private async Task<Figure> BlockedAsync(OpsDbContext db, PeriodSpan span, DateTimeOffset at, CancellationToken ct)
    {
        var (begin, until) = (span.Begin, span.Until(at));
        if (blocking.Value.Mode == BlockingMode.Simulate)
        {
            var would = await db.Set<AttackRecord>().Where(a => a.Blocks && a.At >= begin && a.At < until).Select(a => a.Address).Distinct().CountAsync(ct);
            return FigureKinds.Blocked.Missing(would == 0 ? SecurityTexts.NotBlocking : SecurityTexts.WouldBlock(would), SecurityTexts.Blocklist, at, mayCome: false);
        }
        var made = db.Set<AddressBlock>().AsNoTracking().Where(b => b.CreatedAt >= begin && b.CreatedAt < until && (b.State == BlockState.Open || b.EndedWhy == BlockEnd.Expired || b.EndedWhy == BlockEnd.ByHand));
        var count = await made.Select(b => b.Addresses).Distinct().CountAsync(ct);
        var byHand = await made.Where(b => b.Source == AddressBlock.Manual).Select(b => b.Addresses).Distinct().CountAsync(ct);
        var worst = await made.GroupBy(b => b.Addresses).Select(g => new { Addresses = g.Key, Times = g.Max(b => b.Times) }).OrderByDescending(g => g.Times).ThenBy(g => g.Addresses).Take(3).ToListAsync(ct);
        return FigureKinds.Blocked.Of(count, SecurityTexts.Blocklist, at, count == 0 ? null : SecurityTexts.BlockedOf(count - byHand, byHand, string.Join(", ", worst.Select(w => $"{w.Addresses} ×{w.Times}"))));
    }

    private static async Task<Figure> CertificateAsync(OpsDbContext db, PeriodSpan span, DateTimeOffset at, CancellationToken ct)
    {
        var (begin, until) = (span.Begin, span.Until(at));
        var newest = await (
            from run in db.Set<HealthRunRecord>().AsNoTracking()
            join result in db.Set<CheckRecord>().AsNoTracking() on run.Id equals result.RunId
            where run.At >= begin && run.At < until && result.Check == "certificate" && result.Value != null
            orderby run.At descending
            select result.Value).FirstOrDefaultAsync(ct);
        return newest is { } days
            ? FigureKinds.CertificateDays.Of((decimal)days, SecurityTexts.CertificateSource, at, SecurityTexts.AtEnd)
            : FigureKinds.CertificateDays.Missing(SecurityTexts.NoCertificate, SecurityTexts.CertificateSource, at, mayCome: false);
    }

    private static async Task<IReadOnlyList<Figure>> ChecklistsAsync(OpsDbContext db, PeriodSpan span, DateTimeOffset at, CancellationToken ct)
    {
        var (first, last, source) = (span.Period.First, span.Period.Last, SecurityTexts.ChecklistSource);
        // A list belongs to the report of the day on which its period ends.
        var lists = await db.Set<Checklist>().AsNoTracking().Where(c => c.LastDay >= first && c.LastDay <= last).Select(c => new { c.Id, c.State }).ToListAsync(ct);
        if (lists.Count == 0) return [FigureKinds.Checklists.Missing(SecurityTexts.NoChecklist, source, at, false), FigureKinds.SignedChecklists.Missing(SecurityTexts.NoChecklist, source, at, false)];
        var ids = lists.Select(l => l.Id).ToList();
        var all = await db.Set<ChecklistItem>().Where(i => ids.Contains(i.ChecklistId)).CountAsync(ct);
        var done = await db.Set<ChecklistItem>().Where(i => ids.Contains(i.ChecklistId) && i.DoneAt != null).CountAsync(ct);
        return
        [
            all == 0 ? FigureKinds.Checklists.Missing(SecurityTexts.NoChecklist, source, at, false) : FigureKinds.Checklists.Of(100m * done / all, source, at, SecurityTexts.Done(done, all)),
            FigureKinds.SignedChecklists.Of(lists.Count(l => l.State == ChecklistState.Signed), source, at, SecurityTexts.OfLists(lists.Count)),
        ];
    }

    private static Task<List<KeptFigure>> KeptAsync(OpsDbContext db, string name, PeriodSpan span, DateTimeOffset now, CancellationToken ct)
    {
        var (from, until) = (span.Begin, span.Until(now));
        return db.Set<KeptFigure>().AsNoTracking().Where(f => f.Name == name && f.At >= from && f.At < until).OrderBy(f => f.At).Take(5_000).ToListAsync(ct);
    }
}
