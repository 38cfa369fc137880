using FestivalOps.Blocking.Addresses;
using FestivalOps.Blocking.Blocks.Card;
using FestivalOps.Blocking.Blocks.Radius;
using FestivalOps.Blocking.Simulation;
using FestivalOps.Commands;
using FestivalOps.Commands.Replies;
using FestivalOps.Language;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.Blocking.Blocks.Commands;

/// <summary><c>/fops attacks</c>: what was decided about addresses lately, the newest first.</summary>
internal sealed class AttacksCommand(IDbContextFactory<OpsDbContext> store, AttackLines lines) : ICommand
{
    private const int Most = 12;

    /// <inheritdoc/>
    public string Name => "attacks";

    /// <inheritdoc/>
    public LocalizedText Summary => BlockIpTexts.AttacksSummary;

    /// <inheritdoc/>
    public async Task<Reply> RunAsync(CommandContext context, CancellationToken ct)
    {
        var language = context.Language;
        await using var db = store.CreateDbContext();
        var all = await db.Set<AttackRecord>().CountAsync(ct);
        if (all == 0) return Reply.ToPerson(Notice.Of(":white_check_mark:", BlockIpTexts.NoAttacks.In(language)));
        var newest = await db.Set<AttackRecord>().AsNoTracking().OrderByDescending(a => a.At).ThenBy(a => a.Address).Take(Most).ToListAsync(ct);
        List<Block> blocks = [new SectionBlock { Text = Mrkdwn.Of($"*{BlockIpTexts.AttacksTitle.In(language)}*") }];
        // A section holds 3,000 characters (Slack limit).
        blocks.AddRange(newest.Chunk(4).Select(some => new SectionBlock { Text = BlockMessage.Exactly(Mrkdwn.Join("\n", some.Select(a => lines.Of(a, language)))) }));
        if (all > newest.Count) blocks.Add(new ContextBlock { Elements = [new PlainText(BlockIpTexts.MoreAttacks(all - newest.Count).In(language))] });
        return Reply.ToPerson(new() { Text = BlockIpTexts.AttacksTitle.In(language), Blocks = blocks });
    }
}

/// <summary>What was found of an address, in two lines.</summary>
internal sealed class AttackLines(Blocklist blocklist, BlockNews news)
{
    /// <summary>The lines.</summary>
    public Mrkdwn Of(AttackRecord attack, SpokenLanguage language)
    {
        var what = !attack.Blocks ? BlockIpTexts.Warned : blocklist.IsBlocking ? BlockIpTexts.WasBlocked : BlockIpTexts.WouldBlock;
        var line = BlockIpTexts.AttackLine(news.When.At(attack.At), what, BlockIpTexts.For(news.When.At(attack.Until)), attack.Source, attack.Rule);
        return Mrkdwn.Of($"{Mrkdwn.Code(attack.Address)} {line.In(language)}\n　{(language == SpokenLanguage.En ? attack.ReasonEn : attack.ReasonJa)}");
    }
}

/// <summary><c>/fops top-ips</c>: whose requests were refused most in the last 24 hours.</summary>
internal sealed class TopIpsCommand(BlastRadius radius, Blocklist blocklist, BlockNews news) : ICommand
{
    private const int Most = 10;

    /// <inheritdoc/>
    public string Name => "top-ips";

    /// <inheritdoc/>
    public LocalizedText Summary => BlockIpTexts.TopSummary;

    /// <inheritdoc/>
    public async Task<Reply> RunAsync(CommandContext context, CancellationToken ct)
    {
        var language = context.Language;
        var top = await radius.TopAsync(Most, ct);
        var notes = top.Unread.ToList();
        if (top.AccessLogs == 0) notes.Insert(0, BlockIpTexts.NoAccessLog);
        if (top.Since is { } since) notes.Add(BlockIpTexts.CountedSince(news.When.At(since)));
        var lines = new List<Mrkdwn> { Mrkdwn.Of($"*{BlockIpTexts.TopTitle.In(language)}*") };
        foreach (var (address, refused) in top.Addresses)
        {
            var isBlocked = await blocklist.FindOpenAsync(AddressRange.Of(address), ct) is { State: BlockState.Open };
            lines.Add(Mrkdwn.Of($"{Mrkdwn.Code(address.ToString())} {BlockIpTexts.Count(refused).In(language)}{(isBlocked ? $" · {BlockIpTexts.IsBlocked.In(language)}" : "")}"));
        }
        if (top.Addresses.Count == 0 && top.AccessLogs > 0) lines.Add(Mrkdwn.Of($"{BlockIpTexts.NoTop.In(language)}"));
        if (top.All > top.Addresses.Count) lines.Add(Mrkdwn.Of($"{BlockIpTexts.MoreAttacks(top.All - top.Addresses.Count).In(language)}"));
        List<Block> blocks = [new SectionBlock { Text = BlockMessage.Exactly(Mrkdwn.Join("\n", lines)) }];
        blocks.AddRange(notes.Select(n => new ContextBlock { Elements = [new PlainText(n.In(language))] }));
        return Reply.ToPerson(new() { Text = BlockIpTexts.TopTitle.In(language), Blocks = blocks });
    }
}
