using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FestivalOps.Blocking.Simulation;

/// <summary>What was decided about an address by one rule, the last time.</summary>
internal sealed class AttackRecord
{
    /// <summary>Longest address as text: an IPv6 range.</summary>
    public const int MaxAddress = 50;

    /// <summary>Longest name of a rule.</summary>
    public const int MaxRule = 40;

    /// <summary>Longest reason in one language.</summary>
    public const int MaxReason = 300;

    /// <summary>Who: an address, or the /64 of one.</summary>
    public required string Address { get; init; }

    /// <summary>The rule that was met.</summary>
    public required string Rule { get; init; }

    /// <summary>True: it was to be blocked; false: people were told.</summary>
    public required bool Blocks { get; set; }

    /// <summary>When, by the log, UTC.</summary>
    public required DateTimeOffset At { get; set; }

    /// <summary>Until when, UTC.</summary>
    public required DateTimeOffset Until { get; set; }

    /// <summary>How often it was to be blocked.</summary>
    public required int Times { get; set; }

    /// <summary>The log that told of it, by its name in the settings.</summary>
    public required string Source { get; set; }

    /// <summary>Why, in Japanese.</summary>
    public required string ReasonJa { get; set; }

    /// <summary>Why, in English.</summary>
    public required string ReasonEn { get; set; }

    /// <summary>True until its alert has ended.</summary>
    public required bool Open { get; set; }
}

/// <summary>How <see cref="AttackRecord"/> lies in the store.</summary>
internal sealed class AttackMapping : IEntityTypeConfiguration<AttackRecord>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<AttackRecord> builder)
    {
        builder.ToTable("attacks");
        builder.HasKey(a => new { a.Address, a.Rule });
        builder.Property(a => a.Address).HasMaxLength(AttackRecord.MaxAddress);
        builder.Property(a => a.Rule).HasMaxLength(AttackRecord.MaxRule);
        builder.Property(a => a.Source).HasMaxLength(40);
        builder.Property(a => a.ReasonJa).HasMaxLength(AttackRecord.MaxReason);
        builder.Property(a => a.ReasonEn).HasMaxLength(AttackRecord.MaxReason);
        builder.HasIndex(a => new { a.Open, a.Until });
        builder.HasIndex(a => a.Until);
    }
}
