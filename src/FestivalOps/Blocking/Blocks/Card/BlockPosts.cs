using System.Globalization;
using FestivalOps.Alerting.Card;
using FestivalOps.Blocking.Blocks.Enforcing;
using FestivalOps.Channels;
using FestivalOps.Language;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FestivalOps.Blocking.Blocks.Card;

/// <summary><c>block.card</c>: the card of a block that a person made, where they made it.</summary>
internal sealed class BlockCardPost(IOptions<LanguageOptions> languages, FirewallLanes lanes, Outbox outbox, TimeProvider time) : IPostKind
{
    /// <summary>See <see cref="Kind"/>.</summary>
    public const string Name = "block.card";

    /// <inheritdoc/>
    public string Kind => Name;

    /// <summary>The row that posts it.</summary>
    public static OutboxRow Row(AddressBlock block, Outbox outbox) =>
        outbox.Row(BlockRows.Key(block, "card"), Name, BlockRows.Subject(block), Carrier.Channel, block.CardChannel, OutboxPriority.Card);

    /// <inheritdoc/>
    public async Task<Prepared> PrepareAsync(OutboxRow row, OpsDbContext db, CancellationToken ct) =>
        await BlockRows.FindAsync(row, db, ct) is not { } block ? new Prepared.Drop("the block is not remembered any more")
        : block.CardTs is not null ? new Prepared.Drop("the card is there already")
        : new Prepared.Post(BlockRows.Card(block, lanes, time, languages.Value));

    /// <inheritdoc/>
    public async Task SentAsync(OutboxRow row, Arrival arrival, OpsDbContext db, CancellationToken ct)
    {
        var id = BlockRows.Id(row);
        await db.Set<AddressBlock>().Where(b => b.Id == id && b.CardTs == null).ExecuteUpdateAsync(set => set.SetProperty(b => b.CardTs, arrival.Ts).SetProperty(b => b.CardChannel, arrival.ChannelId), ct);
        // What changed while it was on its way had nothing to draw on.
        if (await BlockRows.FindAsync(row, db, ct) is { Version: > 1 } block) await Outbox.AddAsync(db, [BlockRedrawPost.Row(block, outbox, "after")], ct);
    }
}

/// <summary><c>block.redraw</c>: the same card in its newest state.</summary>
internal sealed class BlockRedrawPost(IOptions<LanguageOptions> languages, FirewallLanes lanes, TimeProvider time) : IPostKind
{
    /// <summary>See <see cref="Kind"/>.</summary>
    public const string Name = "block.redraw";

    /// <inheritdoc/>
    public string Kind => Name;

    /// <summary>A row for the newest state; one for each version.</summary>
    public static OutboxRow Row(AddressBlock block, Outbox outbox, string why = "") => outbox.Row(
        BlockRows.Key(block, string.Create(CultureInfo.InvariantCulture, $"redraw:{block.Version}{why}")), Name, BlockRows.Subject(block), Carrier.Channel, block.CardChannel, OutboxPriority.Redraw);

    /// <inheritdoc/>
    public async Task<Prepared> PrepareAsync(OutboxRow row, OpsDbContext db, CancellationToken ct) =>
        await BlockRows.FindAsync(row, db, ct) is not { } block ? new Prepared.Drop("the block is not remembered any more")
        : block.CardTs is not { } ts ? new Prepared.Drop("there is no card yet")
        : new Prepared.Redraw(block.CardChannel, ts, BlockRows.Card(block, lanes, time, languages.Value));
}

/// <summary>What the rows of both have in common.</summary>
internal static class BlockRows
{
    /// <summary>Names what is told.</summary>
    public static string Key(AddressBlock block, string what) => string.Create(CultureInfo.InvariantCulture, $"block:{block.Id}:{what}");

    /// <summary>The card as it is now.</summary>
    public static Message Card(AddressBlock block, FirewallLanes lanes, TimeProvider time, LanguageOptions languages)
    {
        var when = new CardTime(time.GetUtcNow(), languages.GetZone());
        return BlockMessage.Card(block, BlockCardTexts.NotKeptOut(lanes, when), when, languages.Channels);
    }

    /// <summary>The block's number as a row's subject. Not a number alone: incidents have those.</summary>
    public static string Subject(AddressBlock block) => string.Create(CultureInfo.InvariantCulture, $"block:{block.Id}");

    /// <summary>The block's number.</summary>
    public static long Id(OutboxRow row) => long.Parse(row.Subject.AsSpan("block:".Length), NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>The block that a row is about.</summary>
    public static Task<AddressBlock?> FindAsync(OutboxRow row, OpsDbContext db, CancellationToken ct)
    {
        var id = Id(row);
        return db.Set<AddressBlock>().AsNoTracking().SingleOrDefaultAsync(b => b.Id == id, ct);
    }
}
