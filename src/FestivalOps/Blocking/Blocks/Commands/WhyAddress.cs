using FestivalOps.Blocking.Blocks.Card;
using FestivalOps.Blocking.Blocks.Enforcing;
using FestivalOps.Blocking.Simulation;
using FestivalOps.Commands;
using FestivalOps.Escalation.Why;
using FestivalOps.Language;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FestivalOps.Blocking.Blocks.Commands;

/// <summary><c>/fops why 203.0.113.9</c>: whether it is blocked, by what, since when, and what was found about it.</summary>
internal sealed class WhyAddress(IDbContextFactory<OpsDbContext> store, Blocklist blocklist, AttackLines attackLines, BlockNews news, IOptions<BlockingOptions> options, TimeProvider time, FirewallLanes lanes) : IWhyAnswer
{
    private const int Most = 5;

    /// <inheritdoc/>
    public LocalizedText Usage => BlockIpTexts.WhyUsage;

    /// <inheritdoc/>
    public bool IsAbout(string typed) => BlockWords.IsMeant(typed);

    /// <inheritdoc/>
    public async Task<Reply> AnswerAsync(string typed, CommandContext context, CancellationToken ct)
    {
        var language = context.Language;
        var (range, wrong) = BlockWords.Range(typed);
        if (wrong is not null) return Reply.Refused(wrong, language);
        var touching = await blocklist.TouchingAsync(range, Most, ct);
        var (name, first, last) = (range.ToString(), AddressBlock.Number(range.First), AddressBlock.Number(range.Last));
        await using var db = store.CreateDbContext();
        var before = await db.Set<AddressBlock>().AsNoTracking().Where(b => b.State == BlockState.Ended && b.First <= last && b.Last >= first).OrderByDescending(b => b.Id).Take(Most).ToListAsync(ct);
        var found = await db.Set<AttackRecord>().AsNoTracking().Where(a => a.Address == name).OrderByDescending(a => a.At).Take(Most).ToListAsync(ct);
        var (cant, _) = await blocklist.GuardAsync(range, ct);

        var blocks = new List<Block>();
        foreach (var block in touching) blocks.AddRange(BlockMessage.Card(block, BlockCardTexts.NotKeptOut(lanes, news.When), news.When, language).Blocks);
        if (touching.Count == 0) blocks.Add(new SectionBlock { Text = BlockMessage.Exactly(Mrkdwn.Of($"*{Mrkdwn.Code(name)}* {BlockIpTexts.NotBlocked(range).In(language)}")) });
        var grace = time.GetUtcNow() - TimeSpan.FromMinutes(options.Value.GraceMinutes);
        if (cant is not null) Add(BlockIpTexts.CantBe(cant));
        if (before.Find(b => b.EndedWhy == BlockEnd.ByHand && b.EndedAt > grace) is { } letIn) Add(BlockIpTexts.InGraceUntil(news.When.At(letIn.EndedAt!.Value + TimeSpan.FromMinutes(options.Value.GraceMinutes))));
        if (found.Count > 0) blocks.Add(Section(BlockIpTexts.Found, found.Select(a => attackLines.Of(a, language))));
        if (before.Count > 0) blocks.Add(Section(BlockIpTexts.Earlier, before.Select(b => BlockMessage.Line(b, news.When, language))));
        if (touching.Count + found.Count + before.Count == 0) Add(BlockIpTexts.NothingKnown);
        return Reply.ToPerson(new() { Text = name, Blocks = blocks });

        void Add(LocalizedText says) => blocks.Add(new SectionBlock { Text = BlockMessage.Exactly(Mrkdwn.Of($"{says.In(language)}")) });

        SectionBlock Section(LocalizedText title, IEnumerable<Mrkdwn> lines) => new() { Text = BlockMessage.Exactly(Mrkdwn.Join("\n", [Mrkdwn.Of($"*{title.In(language)}*"), .. lines])) };
    }
}
