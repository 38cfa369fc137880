using FestivalOps.Alerting.Commands;
using FestivalOps.Commands;
using FestivalOps.Commands.Roles;
using FestivalOps.Language;

namespace FestivalOps.Blocking.Blocks.Commands;

/// <summary><c>/fops unblock-ip ADDRESS</c>: lets in that address, or all that is blocked within a range.</summary>
internal sealed class UnblockIpCommand(Blocklist blocklist) : ICommand
{
    private const int Most = 50;

    /// <inheritdoc/>
    public string Name => "unblock-ip";

    /// <inheritdoc/>
    public LocalizedText Summary => BlockIpTexts.UnblockSummary;

    /// <inheritdoc/>
    public LocalizedText? Usage => BlockIpTexts.UnblockUsage;

    /// <inheritdoc/>
    public IReadOnlyCollection<Role> AllowedRoles => Doers.All;

    /// <inheritdoc/>
    public bool Changes => true;

    /// <inheritdoc/>
    public async Task<Reply> RunAsync(CommandContext context, CancellationToken ct)
    {
        var language = context.Language;
        if (context.Arguments.IsEmpty) return Reply.Refused(BlockIpTexts.NeedsAddressToUnblock, language);
        var (range, wrong) = BlockWords.Range(context.Arguments[0]);
        if (wrong is not null) return Reply.Refused(wrong, language);
        var touching = await blocklist.TouchingAsync(range, Most + 1, ct);
        var inside = touching.Where(b => b.First >= AddressBlock.Number(range.First) && b.Last <= AddressBlock.Number(range.Last)).ToList();
        if (inside.Count == 0)
            return Reply.Refused(touching.FirstOrDefault(b => b.State == BlockState.Open) is { } wide ? BlockIpTexts.Within(range, wide) : BlockIpTexts.NotBlocked(range), language);
        if (inside.Count > Most) return Reply.Refused(BlockIpTexts.TooMany(Most), language);
        var answers = new List<BlockAnswer>();
        foreach (var block in inside) answers.Add(await blocklist.UnblockAsync(block.Id, context.Person.UserId, ct));
        var done = answers.Where(a => a.IsDone).ToList();
        if (done.Count == 0) return Reply.Refused(answers[0].Says, language);
        return BlockReplies.Of(done[0] with { Says = new(string.Join('\n', done.Select(a => a.Says.Ja)), string.Join('\n', done.Select(a => a.Says.En))) }, language);
    }
}
