using FestivalOps.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.Options;

namespace FestivalOps.Storage;

/// <summary>This process among several that share a store.</summary>
internal sealed class Instance
{
    /// <summary>Changes with every start.</summary>
    public string Id { get; } = Guid.NewGuid().ToString("N");
}

/// <summary>When a process was last heard of.</summary>
internal sealed class InstanceRecord
{
    /// <summary>See <see cref="Instance.Id"/>.</summary>
    public required string Id { get; init; }

    /// <summary>When it last wrote this row, UTC.</summary>
    public required DateTimeOffset LastSeen { get; set; }
}

/// <summary>How <see cref="InstanceRecord"/> lies in the store.</summary>
internal sealed class InstanceMapping : IEntityTypeConfiguration<InstanceRecord>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<InstanceRecord> builder)
    {
        builder.ToTable("instances");
        builder.HasKey(i => i.Id);
        builder.Property(i => i.Id).HasMaxLength(40);
    }
}

/// <summary>Knows which processes of a shared store are alive.</summary>
internal sealed class InstanceBook(IDbContextFactory<OpsDbContext> store, Instance instance, IOptions<StorageOptions> options, TimeProvider time)
{
    /// <summary>A process that has not written for a minute counts as gone.</summary>
    public static readonly TimeSpan AliveFor = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan ForgetAfter = TimeSpan.FromDays(1);

    /// <summary>Writes that this process is alive.</summary>
    public async Task BeatAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var db = store.CreateDbContext();
        var known = await db.Set<InstanceRecord>().Where(i => i.Id == instance.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.LastSeen, now), ct);
        if (known > 0) return;
        await db.Set<InstanceRecord>().Where(i => i.LastSeen < now - ForgetAfter).ExecuteDeleteAsync(ct);
        db.Add(new InstanceRecord { Id = instance.Id, LastSeen = now });
        await db.SaveChangesAsync(ct);
    }

    /// <summary>The processes that are alive. The embedded store has one (<see cref="StoreLock"/>): every other one in it is gone.</summary>
    public async Task<IReadOnlyList<string>> AliveAsync(CancellationToken ct)
    {
        if (!options.Value.UsesPostgres) return [instance.Id];
        var since = time.GetUtcNow() - AliveFor;
        await using var db = store.CreateDbContext();
        return await db.Set<InstanceRecord>().Where(i => i.LastSeen >= since).Select(i => i.Id).ToListAsync(ct);
    }
}

/// <summary>Writes every few seconds that this process is alive, whatever the rest of it waits for.</summary>
internal sealed partial class InstanceBeat(
    InstanceBook book, StoreState state, TimeProvider time, ILogger<InstanceBeat> logger) : BackgroundService
{
    /// <summary>How often: every 15 seconds, a quarter of <see cref="InstanceBook.AliveFor"/>.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await state.Ready.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            try
            {
                await book.BeatAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                Log.NoBeat(logger, failure, ErrorId.New());
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The sign of life could not be written; after a minute another instance takes over unfinished work. Error id {ErrorId}")]
        public static partial void NoBeat(ILogger logger, Exception failure, string errorId);
    }
}
