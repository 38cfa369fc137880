using FestivalOps.Alerting.Alerts;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.Options;

namespace FestivalOps.Alerting.Watchdog;

/// <summary>When an always-firing alert was last heard.</summary>
internal sealed class WatchdogRecord
{
    /// <summary>Its <c>alertname</c>.</summary>
    public required string Name { get; init; }

    /// <summary>When it was last heard, UTC.</summary>
    public required DateTimeOffset HeardAt { get; set; }
}

/// <summary>How <see cref="WatchdogRecord"/> lies in the store.</summary>
internal sealed class WatchdogMapping : IEntityTypeConfiguration<WatchdogRecord>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<WatchdogRecord> builder)
    {
        builder.ToTable("watchdogs");
        builder.HasKey(w => w.Name);
        builder.Property(w => w.Name).HasMaxLength(200);
    }
}

/// <summary>Takes the always-firing alert out of the flow, remembers when it was heard, and misses it when it stays away.</summary>
internal sealed class WatchdogEar(IDbContextFactory<OpsDbContext> store, IOptions<WatchdogOptions> options, TimeProvider time) : IAlertFilter, IConcern
{
    // The same second need not be written again and again.
    private static readonly TimeSpan WriteEvery = TimeSpan.FromSeconds(5);

    private readonly DateTimeOffset _start = time.GetUtcNow();

    /// <inheritdoc/>
    public string Alert => "WatchdogSilent";

    private TimeSpan SilentAfter => TimeSpan.FromSeconds(options.Value.SilentAfterSeconds);

    /// <inheritdoc/>
    public async Task<bool> SwallowAsync(IncomingAlert alert, CancellationToken ct)
    {
        if (alert.Source != AlertSource.Alertmanager || alert.Labels.GetValueOrDefault("alertname") != options.Value.AlertName) return false;
        if (alert.Firing) await HearAsync(ct);
        return true;
    }

    /// <inheritdoc/>
    public async Task<Finding?> LookAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var name = options.Value.AlertName;
        await using var db = store.CreateDbContext();
        var record = await db.Set<WatchdogRecord>().SingleOrDefaultAsync(w => w.Name == name, ct);
        if (record is null && !options.Value.Expected) return null;
        if (record is not null && record.HeardAt > now)
        {
            // The clock was set back: from now on it counts anew, or its silence would go unnoticed until then.
            await WriteAsync(db, now, ct);
            record.HeardAt = now;
        }
        var last = record?.HeardAt ?? _start;
        return now - last > SilentAfter
            ? new(true, last, WatchdogTexts.SilentTitle, WatchdogTexts.Silent(name, now - last))
            : record is null ? null : new(false, now, WatchdogTexts.SilentTitle, WatchdogTexts.Heard);
    }

    private async Task HearAsync(CancellationToken ct)
    {
        var (now, name) = (time.GetUtcNow(), options.Value.AlertName);
        await using var db = store.CreateDbContext();
        if (await db.Set<WatchdogRecord>().AnyAsync(w => w.Name == name && w.HeardAt > now - WriteEvery && w.HeardAt <= now, ct)) return;
        if (await WriteAsync(db, now, ct) > 0) return;
        db.Add(new WatchdogRecord { Name = name, HeardAt = now });
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException) when (!ct.IsCancellationRequested)
        {
            // Another instance heard it for the first time in the same moment; if it was something else, this says so.
            if (await WriteAsync(db, now, ct) == 0) throw;
        }
    }

    private Task<int> WriteAsync(OpsDbContext db, DateTimeOffset at, CancellationToken ct) => db.Set<WatchdogRecord>()
        .Where(w => w.Name == options.Value.AlertName)
        .ExecuteUpdateAsync(set => set.SetProperty(w => w.HeardAt, at), ct);
}
