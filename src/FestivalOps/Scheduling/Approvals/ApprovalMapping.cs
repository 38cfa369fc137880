using FestivalOps.Scheduling.Runs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FestivalOps.Scheduling.Approvals;

/// <summary>How <see cref="Approval"/> lies in the store.</summary>
internal sealed class ApprovalMapping : IEntityTypeConfiguration<Approval>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<Approval> builder)
    {
        builder.ToTable("task_approvals");
        builder.HasKey(a => a.Id);
        builder.Property(a => a.Id).HasMaxLength(40);
        builder.Property(a => a.Task).HasMaxLength(RunMapping.MaxName);
        builder.Property(a => a.PlanRunId).HasMaxLength(40);
        builder.Property(a => a.Hash).HasMaxLength(64);
        builder.Property(a => a.AskedBy).HasMaxLength(40);
        builder.Property(a => a.State).HasConversion<string>().HasMaxLength(16);
        builder.Property(a => a.OpenKey).HasMaxLength(RunMapping.MaxName);
        builder.HasIndex(a => a.OpenKey).IsUnique();
        builder.Property(a => a.DecidedBy).HasMaxLength(40);
        builder.Property(a => a.RunId).HasMaxLength(40);
        builder.Property(a => a.PostChannel).HasMaxLength(40);
        builder.Property(a => a.PostTs).HasMaxLength(40);
        builder.HasIndex(a => a.AskedAt);
    }
}
