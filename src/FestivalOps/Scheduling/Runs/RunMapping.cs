using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FestivalOps.Scheduling.Runs;

/// <summary>How the clocks of the tasks and their runs lie in the store.</summary>
internal sealed class RunMapping : IEntityTypeConfiguration<TaskRunRecord>, IEntityTypeConfiguration<TaskClockRecord>, IEntityTypeConfiguration<TaskOutput>
{
    /// <summary>Longest name of a task. Unit: characters.</summary>
    public const int MaxName = 40;

    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<TaskRunRecord> builder)
    {
        builder.ToTable("task_runs");
        builder.HasKey(r => r.Id);
        builder.Property(r => r.Id).HasMaxLength(40);
        builder.Property(r => r.Task).HasMaxLength(MaxName);
        builder.Property(r => r.DueKey).HasMaxLength(80);
        builder.HasIndex(r => r.DueKey).IsUnique();
        builder.Property(r => r.RunningKey).HasMaxLength(MaxName);
        builder.HasIndex(r => r.RunningKey).IsUnique();
        builder.HasIndex(r => new { r.Task, r.Id });
        builder.Property(r => r.State).HasConversion<string>().HasMaxLength(16);
        builder.Property(r => r.StartedBy).HasMaxLength(40);
        builder.Property(r => r.InstanceId).HasMaxLength(40);
        builder.Property(r => r.StopBy).HasMaxLength(40);
        builder.Property(r => r.SentenceJa).HasMaxLength(TaskRunRecord.MaxSentence);
        builder.Property(r => r.SentenceEn).HasMaxLength(TaskRunRecord.MaxSentence);
        builder.Property(r => r.PostChannel).HasMaxLength(40);
        builder.Property(r => r.PostTs).HasMaxLength(40);
        builder.Property(r => r.OutputFile).HasConversion<string>().HasMaxLength(16).HasDefaultValue(OutputFileState.None);
        builder.Property(r => r.OutputFileError).HasMaxLength(200).HasDefaultValue("");
        builder.Property(r => r.ApprovalId).HasMaxLength(40);
        builder.Property(r => r.ApprovedBy).HasMaxLength(40);
    }

    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<TaskOutput> builder)
    {
        builder.ToTable("task_outputs");
        builder.HasKey(o => o.RunId);
        builder.Property(o => o.RunId).HasMaxLength(40);
        builder.HasOne<TaskRunRecord>().WithOne().HasForeignKey<TaskOutput>(o => o.RunId).OnDelete(DeleteBehavior.Cascade);
    }

    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<TaskClockRecord> builder)
    {
        builder.ToTable("task_clocks");
        builder.HasKey(c => c.Task);
        builder.Property(c => c.Task).HasMaxLength(MaxName);
        builder.Property(c => c.Schedule).HasMaxLength(80);
        builder.Property(c => c.PausedBy).HasMaxLength(40);
        builder.Property(c => c.SkipBy).HasMaxLength(40);
    }
}
