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

    /// <summary>The newest run of a task, as a whole.</summary>
    internal sealed record Run(string Task) : EvidenceSource;

    /// <summary>
    /// What the newest run of one of these tasks measured, the first that measured something. All of <paramref name="Wanted"/> must be there and
    /// good; a run that went well without having measured them is no evidence.
    /// </summary>
    internal sealed record Figures(IReadOnlyList<string> Tasks, IReadOnlyList<WantedFigure> Wanted) : EvidenceSource;

    /// <summary>A drill (<c>/fops drill</c>) in the period.</summary>
    internal sealed record Drill : EvidenceSource;
}

/// <summary>A figure that speaks for an item.</summary>
/// <param name="Name">See <see cref="Keeping.FigureNames"/>.</param>
/// <param name="Title">What it is, for people.</param>
/// <param name="Unit">Behind the figure; empty: none.</param>
/// <param name="IsGood">Is it as it should be?</param>
internal sealed record WantedFigure(string Name, LocalizedText Title, string Unit, Func<double, ChecklistOptions, bool> IsGood);

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
