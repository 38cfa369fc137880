using FestivalOps.Scheduling.Runs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FestivalOps.Maintenance.Keeping;

/// <summary>A figure that a task has measured, kept so that the next run can say what changed. Figures of one moment belong together.</summary>
internal sealed class KeptFigure
{
    /// <summary>Name of the task that measured it.</summary>
    public required string Task { get; init; }

    /// <summary>What it is, with its unit: <c>database_bytes</c>. At most 160 characters.</summary>
    public required string Name { get; init; }

    /// <summary>When it was measured, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The figure.</summary>
    public required double Value { get; init; }
}

/// <summary>How kept figures lie in the store.</summary>
internal sealed class KeptFigureMapping : IEntityTypeConfiguration<KeptFigure>
{
    /// <summary>Longest name of a figure. Unit: characters.</summary>
    public const int MaxName = 160;

    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<KeptFigure> builder)
    {
        builder.ToTable("kept_figures");
        builder.HasKey(f => new { f.Task, f.At, f.Name });
        builder.Property(f => f.Task).HasMaxLength(RunMapping.MaxName);
        builder.Property(f => f.Name).HasMaxLength(MaxName);
    }
}
