using FestivalOps.Checks;
using FestivalOps.Checks.History;
using FestivalOps.Language;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FestivalOps.Maintenance.Readiness;

/// <summary>When the fullest disk would be full, from the figures of the health check.</summary>
internal sealed class DiskPart(IDbContextFactory<OpsDbContext> store, CheckBook checks, IOptions<ReadinessOptions> options) : IReadinessPart
{
    /// <summary>Most figures that are read: 100,000, two weeks of one every twelve seconds.</summary>
    public const int MostFigures = 100_000;

    /// <summary>Older than this, the newest figure says nothing of today: 24 hours.</summary>
    public static readonly TimeSpan Stale = TimeSpan.FromHours(24);

    /// <summary>Fewer hours than this with a figure are too few: 24.</summary>
    public const int FewestHours = 24;

    /// <summary>A shorter time than this is too short: 2 days. A day alone holds the nightly backup and no trend.</summary>
    public static readonly TimeSpan ShortestSpan = TimeSpan.FromDays(2);

    private const string Check = "disk";

    /// <inheritdoc/>
    public LocalizedText Title => ReadinessTexts.Disk;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Finding>> LookAsync(Stretch stretch, CancellationToken ct)
    {
        if (checks.ByName.GetValueOrDefault(Check) is not { NotSetUp: null }) return [Finding.NotAvailable(Title, checks.ByName.GetValueOrDefault(Check)?.NotSetUp ?? ReadinessTexts.NoCheck)];
        var hours = await HoursAsync(stretch.From, ct);
        if (hours.Count == 0) return [Finding.NotAvailable(Title, ReadinessTexts.NoFigures)];
        if (stretch.From - hours[^1].At > Stale) return [Finding.NotAvailable(Title, ReadinessTexts.OldFigures(SpokenTime.Span(stretch.From - hours[^1].At)))];
        if (DiskForecast.Of(hours, FewestHours, ShortestSpan) is not { } line)
            return [Finding.NotAvailable(Title, ReadinessTexts.FewFigures(hours.Count, Unit.Percent.Format(hours[^1].Percent)))];

        var limit = options.Value.DiskLimit;
        // The line, not the newest hour: that may hold a nightly backup.
        var percent = Math.Clamp(line.AtNewest, 0, 100);
        var now = Unit.Percent.Format(percent);
        if (line.Reaches(limit, percent, days: 365) is not { } full) return [Finding.Fine(ReadinessTexts.DiskSteady(now))];
        if (percent >= limit) return [Finding.Act(ReadinessTexts.DiskFullNow(now, Unit.Percent.Format(limit)))];
        var days = Math.Max(0, (full - stretch.From).TotalDays);
        var says = ReadinessTexts.DiskForecast(now, line.PerDay, Unit.Percent.Format(limit), days);
        return [stretch.Holds(full) || full <= stretch.From ? Finding.Act(says) : Finding.Fine(says)];
    }

    private async Task<List<(DateTimeOffset At, double Percent)>> HoursAsync(DateTimeOffset until, CancellationToken ct)
    {
        var since = until - TimeSpan.FromDays(options.Value.DiskHistoryDays);
        await using var db = store.CreateDbContext();
        var query =
            (from run in db.Set<HealthRunRecord>().AsNoTracking()
             join result in db.Set<CheckRecord>().AsNoTracking() on run.Id equals result.RunId
             where run.At >= since && run.At <= until && result.Check == Check && result.Value != null
             orderby run.At descending
             select new { run.At, Value = result.Value!.Value }).Take(MostFigures);
        var hours = new SortedDictionary<long, (double Sum, int Count)>();
        await foreach (var figure in query.AsAsyncEnumerable().WithCancellation(ct))
        {
            var hour = figure.At.ToUnixTimeSeconds() / 3600;
            var (sum, count) = hours.GetValueOrDefault(hour);
            hours[hour] = (sum + figure.Value, count + 1);
        }
        return [.. hours.Select(h => (DateTimeOffset.FromUnixTimeSeconds(h.Key * 3600 + 1800), h.Value.Sum / h.Value.Count))];
    }
}
