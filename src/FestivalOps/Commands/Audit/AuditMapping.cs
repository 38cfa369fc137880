using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FestivalOps.Commands.Audit;

/// <summary>How <see cref="AuditEntry"/> and <see cref="PendingWork"/> lie in the store.</summary>
internal sealed class AuditMapping : IEntityTypeConfiguration<AuditEntry>, IEntityTypeConfiguration<PendingWork>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("audit_entries");
        builder.HasKey(e => e.Sequence);
        builder.Property(e => e.Sequence).ValueGeneratedNever();
        builder.Property(e => e.Event).HasConversion<string>().HasMaxLength(16);
        builder.Property(e => e.CommandId).HasMaxLength(40);
        builder.Property(e => e.UserId).HasMaxLength(40);
        builder.Property(e => e.ChannelId).HasMaxLength(40);
        builder.Property(e => e.Text).HasMaxLength(AuditEntry.MaxText);
        builder.Property(e => e.Detail).HasMaxLength(AuditEntry.MaxText);
        builder.Property(e => e.ErrorId).HasMaxLength(16);
        builder.Property(e => e.PreviousHash).HasMaxLength(64);
        builder.Property(e => e.Hash).HasMaxLength(64);
        builder.HasIndex(e => e.At);
        builder.HasIndex(e => e.UserId);
    }

    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<PendingWork> builder)
    {
        builder.ToTable("pending_work");
        builder.HasKey(p => p.CommandId);
        builder.Property(p => p.CommandId).HasMaxLength(40);
        builder.Property(p => p.Instance).HasMaxLength(40);
        builder.Property(p => p.UserId).HasMaxLength(40);
        builder.Property(p => p.ChannelId).HasMaxLength(40);
        builder.Property(p => p.Text).HasMaxLength(AuditEntry.MaxText);
        builder.Property(p => p.ResponseUrl).HasMaxLength(PendingWork.MaxResponseUrl);
    }
}
