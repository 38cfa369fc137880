using FestivalOps.Checks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FestivalOps.Alerting.Rules;

/// <summary>
/// What is remembered of one rule between two measurements, so that a time that runs goes on after a restart. Never changed: the
/// evaluator makes the next one. All times are UTC.
/// </summary>
internal sealed record RuleState
{
    /// <summary>Name of the check.</summary>
    public required string Check { get; init; }

    /// <summary>Counts the changes; each names the version that it saw, and fails when another instance was faster.</summary>
    public int Version { get; init; }

    /// <summary>When the rule was last evaluated.</summary>
    public required DateTimeOffset LastAt { get; init; }

    /// <summary>When the check last came out as something else than Unknown.</summary>
    public DateTimeOffset? KnownAt { get; init; }

    /// <summary>Since when every known result was beyond the warning limit (or worse).</summary>
    public DateTimeOffset? WarningSince { get; init; }

    /// <summary>Since when every known result was critical.</summary>
    public DateTimeOffset? CriticalSince { get; init; }

    /// <summary>Since when it can't be measured.</summary>
    public DateTimeOffset? UnknownSince { get; init; }

    /// <summary>Since when it is well inside its limits.</summary>
    public DateTimeOffset? CalmSince { get; init; }

    /// <summary>Since when it is well inside the critical limit.</summary>
    public DateTimeOffset? EasierSince { get; init; }

    /// <summary>What the alert fires as; Ok when it does not.</summary>
    public CheckStatus Fired { get; init; }

    /// <summary>Since when the measurement is bad that the alert fires for; null when it does not.</summary>
    public DateTimeOffset? BadSince { get; init; }

    /// <summary>What the incidents were last told: <see cref="Fired"/>, or a flapping alert that is kept up.</summary>
    public CheckStatus Told { get; init; }

    /// <summary>True while it begins and ends so often that each change is no news.</summary>
    public bool Flapping { get; init; }

    /// <summary>When it began or ended lately: Unix milliseconds, joined by commas, oldest first; at most 50.</summary>
    public string Changes { get; init; } = "";
}

/// <summary>How the rules' memory lies in the store.</summary>
internal sealed class RulesMapping : IEntityTypeConfiguration<RuleState>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<RuleState> builder)
    {
        builder.ToTable("rule_states");
        builder.HasKey(s => s.Check);
        builder.Property(s => s.Check).HasMaxLength(64);
        builder.Property(s => s.Version).IsConcurrencyToken();
        builder.Property(s => s.Fired).HasConversion<string>().HasMaxLength(16);
        builder.Property(s => s.Told).HasConversion<string>().HasMaxLength(16);
        builder.Property(s => s.Changes).HasMaxLength(1000);
    }
}
