using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FestivalOps.Escalation;

/// <summary>How the exceptions from the rotation and what is known of people's reachability lie in the store.</summary>
internal sealed class EscalationMapping : IEntityTypeConfiguration<OnCallChange>, IEntityTypeConfiguration<ReachabilityRecord>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<OnCallChange> builder)
    {
        builder.ToTable("on_call_changes");
        builder.HasKey(c => c.Id);
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.Kind).HasConversion<string>().HasMaxLength(16);
        builder.Property(c => c.Role).HasConversion<string>().HasMaxLength(24);
        builder.Property(c => c.UserId).HasMaxLength(40);
        builder.Property(c => c.Author).HasMaxLength(40);
        builder.HasIndex(c => c.EndsAt);
    }

    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<ReachabilityRecord> builder)
    {
        builder.ToTable("reachability");
        builder.HasKey(r => new { r.UserId, r.Carrier });
        builder.Property(r => r.UserId).HasMaxLength(40);
        builder.Property(r => r.Carrier).HasConversion<string>().HasMaxLength(16);
        builder.Property(r => r.Error).HasMaxLength(500);
    }
}
