using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FestivalOps.Maintenance.Checklists;

/// <summary>How checklists lie in the store. The migration adds triggers that refuse every change of a signed one.</summary>
internal sealed class ChecklistMapping : IEntityTypeConfiguration<Checklist>, IEntityTypeConfiguration<ChecklistItem>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<Checklist> builder)
    {
        builder.ToTable("checklists");
        builder.HasKey(c => c.Id);
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.Kind).HasConversion<string>().HasMaxLength(16);
        builder.Property(c => c.PeriodKey).HasMaxLength(40);
        builder.HasIndex(c => c.PeriodKey).IsUnique();
        builder.Property(c => c.State).HasConversion<string>().HasMaxLength(16);
        builder.HasIndex(c => new { c.State, c.Kind });
        builder.HasIndex(c => c.SealOrder).IsUnique();
        builder.Property(c => c.OpenedBy).HasMaxLength(40);
        builder.Property(c => c.SignedBy).HasMaxLength(40);
        builder.Property(c => c.Seal).HasMaxLength(64);
        builder.Property(c => c.PreviousSeal).HasMaxLength(64);
        builder.Property(c => c.AuditHash).HasMaxLength(64);
        builder.Property(c => c.PostChannel).HasMaxLength(40);
        builder.Property(c => c.PostTs).HasMaxLength(40);
        builder.Ignore(c => c.Period);
    }

    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<ChecklistItem> builder)
    {
        builder.ToTable("checklist_items");
        builder.HasKey(i => new { i.ChecklistId, i.Number });
        builder.HasOne<Checklist>().WithMany().HasForeignKey(i => i.ChecklistId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(i => i.Key).HasMaxLength(64);
        builder.Property(i => i.TitleJa).HasMaxLength(ChecklistItem.MaxTitle);
        builder.Property(i => i.TitleEn).HasMaxLength(ChecklistItem.MaxTitle);
        builder.Property(i => i.Role).HasConversion<string>().HasMaxLength(24);
        builder.Property(i => i.AssignedTo).HasMaxLength(40);
        builder.Property(i => i.DoneBy).HasMaxLength(40);
        builder.Property(i => i.Note).HasMaxLength(ChecklistItem.MaxNote);
        builder.Property(i => i.Verdict).HasConversion<string>().HasMaxLength(16);
        builder.Property(i => i.EvidenceJa).HasMaxLength(ChecklistItem.MaxNote);
        builder.Property(i => i.EvidenceEn).HasMaxLength(ChecklistItem.MaxNote);
    }
}
