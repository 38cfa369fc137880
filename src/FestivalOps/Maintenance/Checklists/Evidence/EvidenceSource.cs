using FestivalOps.Language;

namespace FestivalOps.Maintenance.Checklists.Evidence;

/// <summary>Where the bot looks for evidence of an item.</summary>
internal abstract record EvidenceSource
{
    private EvidenceSource()
    {
    }

    /// <summary>The newest result of a health check.</summary>
    internal sealed record Check(string Name) : EvidenceSource;

    /// <summary>
    /// The newest run of one of these tasks that tells of it. With <paramref name="Mentions"/> a line of the run must hold one of these words
    /// (without regard to case); empty: the run as a whole is the evidence.
    /// </summary>
    internal sealed record Run(IReadOnlyList<string> Tasks, IReadOnlyList<LocalizedText> Mentions) : EvidenceSource;

    /// <summary>A percentage on such a line, held against <see cref="ChecklistOptions.SecurityScore"/>.</summary>
    internal sealed record Score(IReadOnlyList<string> Tasks, IReadOnlyList<LocalizedText> Mentions) : EvidenceSource;

    /// <summary>A drill (<c>/fops drill</c>) in the period.</summary>
    internal sealed record Drill : EvidenceSource;
}

/// <summary>What was found.</summary>
/// <param name="Verdict">What it means for the item.</param>
/// <param name="Says">The evidence in one line; null when there is no source. Foreign text in parts.</param>
/// <param name="At">From when it is, UTC; null when there is none.</param>
internal sealed record Found(EvidenceVerdict Verdict, LocalizedText? Says, DateTimeOffset? At)
{
    /// <summary>Only people can know.</summary>
    public static readonly Found Nothing = new(EvidenceVerdict.None, null, null);

    /// <summary>Nothing from the period; says why.</summary>
    public static Found NotAvailable(LocalizedText why) => new(EvidenceVerdict.NotAvailable, EvidenceTexts.NotAvailable(why), null);
}
