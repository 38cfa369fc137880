using FestivalOps.Checks;
using FestivalOps.Checks.Certificates;
using FestivalOps.Checks.History;
using FestivalOps.Language;
using FestivalOps.Scheduling.Calendar;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FestivalOps.Maintenance.Readiness;

/// <summary>Whether the certificate ends in the stretch, or passes one of the guideline's marks (30 and 7 days before), by the last measurement.</summary>
internal sealed class CertificatePart(
    IDbContextFactory<OpsDbContext> store, CheckBook checks, IOptions<CertificateOptions> options, BusinessCalendar calendar) : IReadinessPart
{
    private const string Check = "certificate";

    /// <inheritdoc/>
    public LocalizedText Title => ReadinessTexts.Certificate;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Finding>> LookAsync(Stretch stretch, CancellationToken ct)
    {
        if (checks.ByName.GetValueOrDefault(Check) is not { NotSetUp: null }) return [Finding.NotAvailable(Title, checks.ByName.GetValueOrDefault(Check)?.NotSetUp ?? ReadinessTexts.NoCheck)];
        var (since, until) = (stretch.From - DiskPart.Stale, stretch.From);
        await using var db = store.CreateDbContext();
        var query =
            from run in db.Set<HealthRunRecord>().AsNoTracking()
            join result in db.Set<CheckRecord>().AsNoTracking() on run.Id equals result.RunId
            where result.Check == Check && run.At > since && run.At <= until
            orderby run.At descending
            select new { run.At, result.Value, result.Status, result.SaysJa, result.SaysEn };
        if (await query.FirstOrDefaultAsync(ct) is not { } last) return [Finding.NotAvailable(Title, ReadinessTexts.NoFigures)];
        LocalizedText says = new(last.SaysJa, last.SaysEn);
        if (last.Value is not { } days) return [last.Status == CheckStatus.Unknown ? Finding.NotAvailable(Title, says) : Finding.Act(ReadinessTexts.CertificateBad(says))];

        var end = last.At + TimeSpan.FromDays(days);
        var day = ReadinessTexts.At(end, calendar.Zone);
        if (end <= stretch.From || stretch.Holds(end)) return [Finding.Act(ReadinessTexts.CertificateEnds(day))];
        foreach (var mark in new[] { options.Value.Critical, options.Value.Warning })
        {
            if (stretch.Holds(end - TimeSpan.FromDays(mark))) return [Finding.Act(ReadinessTexts.CertificatePasses(day, Unit.Days.Format(mark)))];
        }
        return [Finding.Fine(ReadinessTexts.CertificateFine(day))];
    }
}
