using FestivalOps.Blocking.Addresses;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FestivalOps.Blocking.Blocks;

/// <summary>Where a block stands.</summary>
internal enum BlockState
{
    /// <summary>A second person is to agree first; nothing is blocked yet.</summary>
    Asked,

    /// <summary>It holds.</summary>
    Open,

    /// <summary>It is over.</summary>
    Ended,
}

/// <summary>Why a block is over.</summary>
internal enum BlockEnd
{
    /// <summary>Its time was over.</summary>
    Expired,

    /// <summary>A person let the addresses in.</summary>
    ByHand,

    /// <summary>A second person said no, or who asked took it back.</summary>
    Declined,

    /// <summary>No second person agreed in time.</summary>
    NotApproved,
}

/// <summary>An address, or a range of them, that is kept out. This row is what holds; firewalls are made to agree with it.</summary>
internal sealed class AddressBlock
{
    /// <summary>Author and whoever else it is when nobody pressed anything.</summary>
    public const string Bot = "bot";

    /// <summary>Source of what people block.</summary>
    public const string Manual = "manual";

    /// <summary>Longest reason in one language.</summary>
    public const int MaxReason = 300;

    /// <summary>So many lines of evidence are kept, the newest ones.</summary>
    public const int MostEvidence = 5;

    /// <summary>So long a second person may take to agree: 1 hour.</summary>
    public static readonly TimeSpan Approvable = TimeSpan.FromHours(1);

    /// <summary>The longest that a person can block without a second one: a year.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>What people call it; counts up from 1.</summary>
    public required long Id { get; init; }

    /// <summary>Which addresses, as <see cref="AddressRange.ToString"/> writes them.</summary>
    public required string Addresses { get; init; }

    /// <summary>The first of them, as a number that sorts like the addresses do.</summary>
    public required long First { get; init; }

    /// <summary>The last of them.</summary>
    public required long Last { get; init; }

    /// <summary><see cref="Addresses"/> until it is over; null afterwards. Unique.</summary>
    public string? OpenKey { get; set; }

    /// <summary>Where it stands.</summary>
    public required BlockState State { get; set; }

    /// <summary>The log that told of them, by its name in the settings; <see cref="Manual"/>.</summary>
    public required string Source { get; init; }

    /// <summary>The rule that was met; empty when a person decided.</summary>
    public required string Rule { get; set; }

    /// <summary>Slack id of who blocked; <see cref="Bot"/>.</summary>
    public required string Author { get; init; }

    /// <summary>Why, in Japanese. Foreign text when a person wrote it.</summary>
    public required string ReasonJa { get; set; }

    /// <summary>Why, in English.</summary>
    public required string ReasonEn { get; set; }

    /// <summary>Lines of the log that led to it, one a line, made harmless; empty: none. Foreign text.</summary>
    public string Evidence { get; set; } = "";

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was changed last, UTC.</summary>
    public required DateTimeOffset ChangedAt { get; set; }

    /// <summary>Who changed it last: a Slack id, or <see cref="Bot"/>.</summary>
    public required string ChangedBy { get; set; }

    /// <summary>Until when it holds, UTC; null: without end.</summary>
    public required DateTimeOffset? Until { get; set; }

    /// <summary>How often these addresses were blocked, this time included.</summary>
    public required int Times { get; set; }

    /// <summary>Who asked for it to hold without end; null: nobody, or it does.</summary>
    public string? PermanentAskedBy { get; set; }

    /// <summary>When a second person was asked, UTC; null: nobody is.</summary>
    public DateTimeOffset? AskedAt { get; set; }

    /// <summary>The second person; null: none was needed.</summary>
    public string? ApprovedBy { get; set; }

    /// <summary>When it ended, UTC; null: it did not.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Who ended it; null: it did not end.</summary>
    public string? EndedBy { get; set; }

    /// <summary>Why it ended; null: it did not.</summary>
    public BlockEnd? EndedWhy { get; set; }

    /// <summary>Counts changes; who changes an older one starts over.</summary>
    public int Version { get; set; } = 1;

    /// <summary>The version that the audit trail has.</summary>
    public int AuditedVersion { get; set; }

    /// <summary>Channel of its card; empty: it has none.</summary>
    public string CardChannel { get; set; } = "";

    /// <summary>Slack's <c>ts</c> of its card; null until it is there.</summary>
    public string? CardTs { get; set; }

    /// <summary>Which addresses.</summary>
    public AddressRange Range => AddressRange.TryParse(Addresses, out var range) ? range : throw new InvalidOperationException($"Block {Id} holds '{Addresses}', which is no range.");

    /// <summary>A number that sorts as addresses do: the store's numbers have a sign.</summary>
    public static long Number(ClientAddress address) => (long)(address.Bits ^ (1UL << 63));
}

/// <summary>When a firewall last agreed with the blocks: what differs and is older was changed by somebody else.</summary>
internal sealed class FirewallSync
{
    /// <summary>Host and kind: <c>web1:Nftables</c>.</summary>
    public required string Firewall { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; set; }
}

/// <summary>How blocks lie in the store.</summary>
internal sealed class BlockMapping : IEntityTypeConfiguration<AddressBlock>, IEntityTypeConfiguration<FirewallSync>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<AddressBlock> builder)
    {
        builder.ToTable("blocks");
        builder.HasKey(b => b.Id);
        builder.Property(b => b.Id).ValueGeneratedNever();
        builder.Ignore(b => b.Range);
        builder.Property(b => b.Version).IsConcurrencyToken();
        builder.Property(b => b.Addresses).HasMaxLength(50);
        builder.Property(b => b.OpenKey).HasMaxLength(50);
        builder.HasIndex(b => b.OpenKey).IsUnique();
        builder.Property(b => b.State).HasConversion<string>().HasMaxLength(16);
        builder.Property(b => b.EndedWhy).HasConversion<string>().HasMaxLength(16);
        builder.Property(b => b.Source).HasMaxLength(40);
        builder.Property(b => b.Rule).HasMaxLength(40);
        builder.Property(b => b.Author).HasMaxLength(40);
        builder.Property(b => b.ChangedBy).HasMaxLength(40);
        builder.Property(b => b.PermanentAskedBy).HasMaxLength(40);
        builder.Property(b => b.ApprovedBy).HasMaxLength(40);
        builder.Property(b => b.EndedBy).HasMaxLength(40);
        builder.Property(b => b.ReasonJa).HasMaxLength(AddressBlock.MaxReason);
        builder.Property(b => b.ReasonEn).HasMaxLength(AddressBlock.MaxReason);
        builder.Property(b => b.Evidence).HasMaxLength(4_000);
        builder.Property(b => b.CardChannel).HasMaxLength(40);
        builder.Property(b => b.CardTs).HasMaxLength(40);
        builder.HasIndex(b => new { b.State, b.Until });
        builder.HasIndex(b => new { b.First, b.Last });
        builder.HasIndex(b => b.CreatedAt);
        builder.HasIndex(b => b.EndedAt);
    }

    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<FirewallSync> builder)
    {
        builder.ToTable("firewall_syncs");
        builder.HasKey(f => f.Firewall);
        builder.Property(f => f.Firewall).HasMaxLength(100);
    }
}
