using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FestivalOps.Checks.History;

/// <summary>How rounds, results and states lie in the store.</summary>
internal sealed class HistoryMapping :
    IEntityTypeConfiguration<HealthRunRecord>, IEntityTypeConfiguration<CheckRecord>, IEntityTypeConfiguration<CheckState>
{
    /// <summary>Longest finding kept. Unit: characters.</summary>
    public const int MaxSays = 500;

    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<HealthRunRecord> builder)
    {
        builder.ToTable("health_runs");
        builder.HasKey(r => r.Id);
        builder.Property(r => r.Id).HasMaxLength(40);
        builder.Property(r => r.Selection).HasMaxLength(64);
        builder.HasIndex(r => r.At);
        builder.HasMany(r => r.Checks).WithOne().HasForeignKey(c => c.RunId).OnDelete(DeleteBehavior.Cascade);
    }

    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<CheckRecord> builder)
    {
        builder.ToTable("check_results");
        builder.HasKey(c => new { c.RunId, c.Check });
        builder.Property(c => c.Check).HasMaxLength(64);
        builder.Property(c => c.Status).HasConversion<string>().HasMaxLength(16);
        builder.Property(c => c.Unit).HasConversion<string>().HasMaxLength(16);
        builder.Property(c => c.SaysJa).HasMaxLength(MaxSays);
        builder.Property(c => c.SaysEn).HasMaxLength(MaxSays);
    }

    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<CheckState> builder)
    {
        builder.ToTable("check_states");
        builder.HasKey(s => s.Check);
        builder.Property(s => s.Check).HasMaxLength(64);
        builder.Property(s => s.Status).HasConversion<string>().HasMaxLength(16);
    }
}
