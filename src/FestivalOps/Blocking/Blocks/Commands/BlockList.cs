using FestivalOps.Blocking.Blocks.Card;
using FestivalOps.Blocking.Blocks.Enforcing;
using FestivalOps.Commands.Replies;
using FestivalOps.Language;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.Blocking.Blocks.Commands;

/// <summary>What is blocked, the newest first, for one person: with what can be done with each, and whether the firewalls agree.</summary>
internal sealed class BlockList(IDbContextFactory<OpsDbContext> store, Blocklist blocklist, FirewallLanes lanes, BlockNews news)
{
    /// <summary>So many stand on a page: 10.</summary>
    public const int PageSize = 10;

    /// <summary>False while it is only simulated.</summary>
    public bool IsBlocking => blocklist.IsBlocking;

    /// <summary>A page.</summary>
    /// <param name="page">From 1.</param>
    /// <param name="language">The person's.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<Reply> PageAsync(int page, SpokenLanguage language, CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        var open = db.Set<AddressBlock>().AsNoTracking().Where(b => b.State != BlockState.Ended);
        var count = await open.CountAsync(ct);
        var blocks = await open.OrderByDescending(b => b.Id).Skip((page - 1) * PageSize).Take(PageSize).ToListAsync(ct);
        if (count == 0 && blocklist.IsBlocking && Firewalls() is { } problem) return Reply.ToPerson(Notice.Of(":warning:", $"{BlockIpTexts.NoBlocks.In(language)} {problem.In(language)}"));
        if (count == 0) return Reply.ToPerson(Notice.Of(":white_check_mark:", (blocklist.IsBlocking ? BlockIpTexts.NoBlocks : new($"{BlockIpTexts.NoBlocks.Ja} {BlockIpTexts.SimulatedNote.Ja}", $"{BlockIpTexts.NoBlocks.En} {BlockIpTexts.SimulatedNote.En}")).In(language)));
        var title = BlockIpTexts.BlocksTitle(count).In(language);
        List<Block> all = [new SectionBlock { Text = Mrkdwn.Of($"*{title}*") }];
        all.AddRange(blocks.Select(b => new SectionBlock { BlockId = $"{BlockRows.Subject(b)}:{b.Version}", Text = BlockMessage.Exactly(BlockMessage.Line(b, news.When, language)), Accessory = BlockButtons.Menu(b, language) }));
        var foot = !blocklist.IsBlocking ? BlockIpTexts.SimulatedNote : Firewalls() ?? BlockIpTexts.AllAgree;
        all.Add(new ContextBlock { Elements = [new PlainText(foot.In(language))] });
        if (count > page * PageSize) all.Add(new ContextBlock { Elements = [(Markdown)Mrkdwn.Of($"{Mrkdwn.Trusted(BlockIpTexts.More(count - page * PageSize, page + 1).In(language))}")] });
        return Reply.ToPerson(new() { Text = title, Blocks = all });
    }

    // What the firewalls don't have; null: they agree.
    private LocalizedText? Firewalls()
    {
        if (lanes.All.Count == 0) return EnforcingTexts.NoFirewall;
        var problems = lanes.All.Select(l => (l.Name, Why: l.Problem ?? (l.AgreedAt is null ? BlockIpTexts.NotLookedYet : null))).Where(p => p.Why is not null).Select(p => (p.Name, p.Why!)).ToList();
        return problems.Count == 0 ? null : BlockIpTexts.NotAgreed(problems);
    }
}
