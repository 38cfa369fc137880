using FestivalOps.Language;

namespace FestivalOps.Reports.Keeping;

/// <summary>What one part said of a closed period.</summary>
internal sealed class ReportPartRecord
{
    /// <summary>See <see cref="Periods.Period.Key"/>.</summary>
    public required string Period { get; init; }

    /// <summary>See <see cref="Making.IReportPart.Name"/>.</summary>
    public required string Part { get; init; }

    /// <summary>When it was first kept, UTC.</summary>
    public required DateTimeOffset KeptAt { get; init; }

    /// <summary>The figures, JSON.</summary>
    public required string Figures { get; set; }

    /// <summary>False when a later question may bring more.</summary>
    public required bool IsComplete { get; set; }
}

/// <summary>A report that was posted, or is to be.</summary>
internal sealed class ReportPostRecord
{
    /// <summary>Names it; sorts by time.</summary>
    public required string Id { get; init; }

    /// <summary>See <see cref="Periods.Period.Key"/>.</summary>
    public required string Period { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>The whole report, JSON packed with gzip.</summary>
    public required byte[] Packed { get; init; }

    /// <summary>The language of its posts and files.</summary>
    public required SpokenLanguage Language { get; init; }

    /// <summary>Slack id of who asked for it; empty: the clock.</summary>
    public required string AskedBy { get; init; }

    /// <summary>The channel of its card; empty: it is only mailed.</summary>
    public required string Channel { get; set; }

    /// <summary>Slack's <c>ts</c> of its card; null until it is there.</summary>
    public string? Ts { get; set; }
}

/// <summary>A file of a report, until it is in Slack and in the mail, or can't be.</summary>
internal sealed class ReportFileRecord
{
    /// <summary>The report.</summary>
    public required string PostId { get; init; }

    /// <summary>Its name, like no other in the thread.</summary>
    public required string Name { get; init; }

    /// <summary>Its place among the files.</summary>
    public required int Number { get; init; }

    /// <summary>Its title in the post's language.</summary>
    public required string Title { get; init; }

    /// <summary>What a picture shows, for who can't see it; empty for a table.</summary>
    public required string AltText { get; init; }

    /// <summary>Its MIME type.</summary>
    public required string MediaType { get; init; }

    /// <summary>Its bytes.</summary>
    public required byte[] Content { get; init; }
}
