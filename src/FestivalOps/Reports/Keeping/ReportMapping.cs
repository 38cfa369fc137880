using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FestivalOps.Reports.Keeping;

/// <summary>How kept figures, posted reports and their files lie in the store.</summary>
internal sealed class ReportMapping :
    IEntityTypeConfiguration<ReportPartRecord>, IEntityTypeConfiguration<ReportPostRecord>, IEntityTypeConfiguration<ReportFileRecord>
{
    private const int MaxPeriod = 24;

    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<ReportPartRecord> builder)
    {
        builder.ToTable("report_parts");
        builder.HasKey(r => new { r.Period, r.Part });
        builder.Property(r => r.Period).HasMaxLength(MaxPeriod);
        builder.Property(r => r.Part).HasMaxLength(40);
    }

    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<ReportPostRecord> builder)
    {
        builder.ToTable("report_posts");
        builder.HasKey(p => p.Id);
        builder.Property(p => p.Id).HasMaxLength(40);
        builder.Property(p => p.Period).HasMaxLength(MaxPeriod);
        builder.HasIndex(p => p.MadeAt);
        builder.Property(p => p.Language).HasConversion<string>().HasMaxLength(8);
        builder.Property(p => p.AskedBy).HasMaxLength(40);
        builder.Property(p => p.Channel).HasMaxLength(40);
        builder.Property(p => p.Ts).HasMaxLength(40);
    }

    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<ReportFileRecord> builder)
    {
        builder.ToTable("report_files");
        builder.HasKey(f => new { f.PostId, f.Name });
        builder.Property(f => f.PostId).HasMaxLength(40);
        builder.Property(f => f.Name).HasMaxLength(120);
        builder.Property(f => f.Title).HasMaxLength(200);
        builder.Property(f => f.AltText).HasMaxLength(1_000);
        builder.Property(f => f.MediaType).HasMaxLength(40);
        builder.HasOne<ReportPostRecord>().WithMany().HasForeignKey(f => f.PostId).OnDelete(DeleteBehavior.Cascade);
    }
}
