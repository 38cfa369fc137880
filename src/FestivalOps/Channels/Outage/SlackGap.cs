using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FestivalOps.Channels.Outage;

/// <summary>A time in which Slack took nothing. Kept, so that several instances and a restart speak of the same one.</summary>
internal sealed class SlackGap
{
    /// <summary>Names it, the same for all instances: <c>20261124T031500</c>. Part of the keys of catch-up rows.</summary>
    public required string Key { get; init; }

    /// <summary>When Slack first did not take something, UTC.</summary>
    public required DateTimeOffset DownSince { get; init; }

    /// <summary>
    /// From when on what happened belongs to it, UTC: 5 seconds before <see cref="DownSince"/>. What the first row was to tell was decided before the row was
    /// written, by milliseconds or for as long as a large transaction takes.
    /// </summary>
    public DateTimeOffset Began => DownSince - TimeSpan.FromSeconds(5);

    /// <summary>When it answered again, UTC.</summary>
    public required DateTimeOffset Until { get; set; }

    /// <summary>The name of a gap that began then.</summary>
    public static string KeyOf(DateTimeOffset downSince) => downSince.UtcDateTime.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);
}

/// <summary>How <see cref="SlackGap"/> lies in the store.</summary>
internal sealed class SlackGapMapping : IEntityTypeConfiguration<SlackGap>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<SlackGap> builder)
    {
        builder.ToTable("slack_gaps");
        builder.HasKey(g => g.Key);
        builder.Property(g => g.Key).HasMaxLength(40);
        builder.HasIndex(g => g.Until);
    }
}
