using System.Text.Json;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FestivalOps.Blocking.Following;

/// <summary>How far a log was read.</summary>
internal sealed class LogPosition
{
    /// <summary>Longest JSON of the files.</summary>
    public const int MaxFiles = 4_000;

    /// <summary>The log, by its name in the settings.</summary>
    public required string Log { get; init; }

    /// <summary>The path that it was read from: another path is another log.</summary>
    public required string Path { get; set; }

    /// <summary>A JSON list of <see cref="ReadFile"/>, the oldest first.</summary>
    public required string Files { get; set; }

    /// <summary>When this was written, UTC.</summary>
    public required DateTimeOffset SavedAt { get; set; }
}

/// <summary>A file of a log and how far it was read. Files are known by how they begin: names change with rotation, and over SFTP there is no inode.</summary>
/// <param name="Head">SHA-256 of its first bytes, hex; empty: it had none.</param>
/// <param name="HeadLength">How many bytes those are.</param>
/// <param name="Offset">So much was read: the beginning of a line.</param>
/// <param name="ReplayFrom">What lies before can not matter to any window: a process that begins reads again from here.</param>
internal sealed record ReadFile(string Head, int HeadLength, long Offset, long ReplayFrom);

/// <summary>How <see cref="LogPosition"/> lies in the store.</summary>
internal sealed class LogPositionMapping : IEntityTypeConfiguration<LogPosition>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<LogPosition> builder)
    {
        builder.ToTable("log_positions");
        builder.HasKey(p => p.Log);
        builder.Property(p => p.Log).HasMaxLength(40);
        builder.Property(p => p.Path).HasMaxLength(1_000);
        builder.Property(p => p.Files).HasMaxLength(LogPosition.MaxFiles);
    }
}

/// <summary>Keeps the positions of logs in the store.</summary>
internal sealed class LogPositions(IDbContextFactory<OpsDbContext> store, TimeProvider time)
{
    /// <summary>How far a log was read; null when it never was, or lay elsewhere.</summary>
    public async Task<(IReadOnlyList<ReadFile> Files, DateTimeOffset SavedAt)?> ReadAsync(string log, string path, CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        var row = await db.Set<LogPosition>().AsNoTracking().SingleOrDefaultAsync(p => p.Log == log, ct);
        return row is null || row.Path != path ? null : (JsonSerializer.Deserialize<List<ReadFile>>(row.Files) ?? [], row.SavedAt);
    }

    /// <summary>Writes how far a log was read.</summary>
    public async Task WriteAsync(string log, string path, IReadOnlyList<ReadFile> files, CancellationToken ct)
    {
        var (json, now) = (JsonSerializer.Serialize(files), time.GetUtcNow());
        await using var db = store.CreateDbContext();
        await db.TurnAsync(
            async token =>
            {
                var written = await db.Set<LogPosition>().Where(p => p.Log == log)
                    .ExecuteUpdateAsync(set => set.SetProperty(p => p.Path, path).SetProperty(p => p.Files, json).SetProperty(p => p.SavedAt, now), token);
                if (written > 0) return written;
                db.Add(new LogPosition { Log = log, Path = path, Files = json, SavedAt = now });
                return await db.SaveChangesAsync(token);
            },
            ct);
    }
}
