using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Alerting.Silences;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FestivalOps.Alerting;

/// <summary>How incidents, their alerts and their timeline lie in the store.</summary>
internal sealed class AlertingMapping :
    IEntityTypeConfiguration<Incident>,
    IEntityTypeConfiguration<IncidentEvent>,
    IEntityTypeConfiguration<AlertRecord>,
    IEntityTypeConfiguration<InboxRow>,
    IEntityTypeConfiguration<Silence>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<Incident> builder)
    {
        builder.ToTable("incidents");
        builder.HasKey(i => i.Id);
        builder.Property(i => i.Id).ValueGeneratedNever();
        builder.Property(i => i.Version).IsConcurrencyToken();
        builder.Property(i => i.GroupKey).HasMaxLength(Incident.MaxGroupKey);
        builder.Property(i => i.OpenKey).HasMaxLength(Incident.MaxGroupKey);
        builder.HasIndex(i => i.OpenKey).IsUnique();
        builder.HasIndex(i => i.GroupKey);
        builder.HasIndex(i => i.NextStepAt);
        builder.HasIndex(i => new { i.State, i.OpenedAt });
        builder.HasIndex(i => new { i.ChannelId, i.OpenedAt });
        // Partial: nearly all are not hidden, and a search for those must not begin here.
        builder.HasIndex(i => i.HiddenBy).HasFilter("hidden_by IS NOT NULL");
        builder.Property(i => i.Source).HasConversion<string>().HasMaxLength(16);
        builder.Property(i => i.TitleJa).HasMaxLength(Incident.MaxTitle);
        builder.Property(i => i.TitleEn).HasMaxLength(Incident.MaxTitle);
        builder.Property(i => i.State).HasConversion<string>().HasMaxLength(16);
        builder.Property(i => i.AcknowledgedBy).HasMaxLength(40);
        builder.Property(i => i.ResolvedBy).HasMaxLength(40);
        builder.Property(i => i.SnoozedBy).HasMaxLength(40);
        builder.Property(i => i.AssignedTo).HasMaxLength(40);
        builder.Property(i => i.HiddenBy).HasMaxLength(64);
        builder.Property(i => i.ChannelId).HasMaxLength(40);
        builder.Property(i => i.CardChannel).HasMaxLength(40);
        builder.Property(i => i.CardTs).HasMaxLength(40);
        builder.Property(i => i.NextStepRule).HasMaxLength(24);
        builder.Property(i => i.Plan).HasMaxLength(4000);
    }

    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<IncidentEvent> builder)
    {
        builder.ToTable("incident_events");
        builder.HasKey(e => new { e.IncidentId, e.Number });
        builder.Property(e => e.Kind).HasConversion<string>().HasMaxLength(24);
        builder.Property(e => e.Actor).HasMaxLength(40);
        builder.Property(e => e.Data).HasMaxLength(IncidentEvent.MaxData);
    }

    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<AlertRecord> builder)
    {
        builder.ToTable("alerts");
        builder.HasKey(a => a.Fingerprint);
        builder.Property(a => a.Fingerprint).HasMaxLength(40);
        builder.Property(a => a.Source).HasConversion<string>().HasMaxLength(16);
        builder.Property(a => a.TitleJa).HasMaxLength(Incident.MaxTitle);
        builder.Property(a => a.TitleEn).HasMaxLength(Incident.MaxTitle);
        builder.Property(a => a.HiddenBy).HasMaxLength(64);
        builder.Property(a => a.Labels).HasMaxLength(8000);
        builder.Property(a => a.Annotations).HasMaxLength(8000);
        builder.Property(a => a.Name).HasMaxLength(AlertLabels.MaxValue);
        builder.HasIndex(a => new { a.IncidentId, a.Firing });
        builder.HasIndex(a => new { a.Name, a.Firing });
        builder.HasIndex(a => a.HiddenBy).HasFilter("hidden_by IS NOT NULL");
        builder.Property(a => a.Changes).HasMaxLength(1000);
        builder.HasIndex(a => a.SteadyAt).HasFilter("steady_at IS NOT NULL");
    }

    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<InboxRow> builder)
    {
        builder.ToTable("alert_inbox");
        builder.HasKey(r => r.Id);
        builder.Property(r => r.Id).HasMaxLength(40);
        builder.Property(r => r.Instance).HasMaxLength(40);
    }

    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<Silence> builder)
    {
        builder.ToTable("silences");
        builder.HasKey(s => s.Id);
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.Matchers).HasMaxLength(1000);
        builder.Property(s => s.Reason).HasMaxLength(500);
        builder.Property(s => s.Author).HasMaxLength(40);
        builder.Property(s => s.ChannelId).HasMaxLength(40);
        builder.Property(s => s.EndedBy).HasMaxLength(40);
        builder.HasIndex(s => s.ClosedAt);
    }
}
