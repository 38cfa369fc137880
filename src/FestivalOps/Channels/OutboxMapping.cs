using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FestivalOps.Channels;

/// <summary>How <see cref="OutboxRow"/> lies in the store.</summary>
internal sealed class OutboxMapping : IEntityTypeConfiguration<OutboxRow>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<OutboxRow> builder)
    {
        builder.ToTable("outbox");
        builder.HasKey(r => r.Id);
        builder.Property(r => r.Id).HasMaxLength(40);
        builder.Property(r => r.Key).HasMaxLength(OutboxRow.MaxKey);
        builder.HasIndex(r => r.Key).IsUnique();
        builder.Property(r => r.Kind).HasMaxLength(64);
        builder.Property(r => r.Subject).HasMaxLength(64);
        builder.Property(r => r.Argument).HasMaxLength(4000);
        builder.Property(r => r.Carrier).HasConversion<string>().HasMaxLength(16);
        builder.Property(r => r.Target).HasMaxLength(320);
        builder.Property(r => r.State).HasConversion<string>().HasMaxLength(16);
        builder.Property(r => r.LeaseOwner).HasMaxLength(40);
        builder.Property(r => r.ResultChannel).HasMaxLength(40);
        builder.Property(r => r.ResultTs).HasMaxLength(40);
        builder.Property(r => r.Reason).HasMaxLength(500);
        builder.Property(r => r.Lane).HasMaxLength(360);
        // The next row of a lane, whatever else waits; only of what waits, so that it stays small. With the time, so that what is put off is
        // passed over without being read.
        builder.HasIndex(r => new { r.Lane, r.Priority, r.Id, r.NotBefore }).HasFilter("state = 'Waiting'");
        builder.HasIndex(r => new { r.Lane, r.LeaseUntil }).HasFilter("lease_until IS NOT NULL");
        builder.HasIndex(r => new { r.Subject, r.Kind });
    }
}
