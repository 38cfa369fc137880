using System.Text.Encodings.Web;
using System.Text.Json;
using FestivalOps.Alerting.Commands;
using FestivalOps.Blocking.Addresses;
using FestivalOps.Blocking.Blocks.Card;
using FestivalOps.Blocking.Blocks.Radius;
using FestivalOps.Channels;
using FestivalOps.Commands;
using FestivalOps.Commands.Audit;
using FestivalOps.Commands.Grammar;
using FestivalOps.Commands.Replies;
using FestivalOps.Commands.Roles;
using FestivalOps.Language;
using Microsoft.Extensions.Options;

namespace FestivalOps.Blocking.Blocks.Commands;

/// <summary><c>/fops block-ip ADDRESS [for TIME] [REASON]</c>: shows what it hits, with a button that does it.</summary>
internal sealed class BlockIpCommand(Blocklist blocklist, BlastRadius radius, BlockNews news, SpokenWhen when) : ICommand
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <inheritdoc/>
    public string Name => "block-ip";

    /// <inheritdoc/>
    public LocalizedText Summary => BlockIpTexts.BlockSummary;

    /// <inheritdoc/>
    public LocalizedText? Usage => BlockIpTexts.BlockUsage;

    /// <inheritdoc/>
    public LocalizedText? Details => BlockIpTexts.BlockDetails;

    /// <inheritdoc/>
    public IReadOnlyCollection<Role> AllowedRoles => Doers.All;

    /// <inheritdoc/>
    public async Task<Reply> RunAsync(CommandContext context, CancellationToken ct)
    {
        var language = context.Language;
        if (context.Arguments.IsEmpty) return Reply.Refused(BlockIpTexts.NeedsAddress, language);
        var (range, wrong) = BlockWords.Range(context.Arguments[0]);
        if (wrong is not null) return Reply.Refused(wrong, language);
        var (until, isPermanent, reason, problem) = BlockWords.Wish(context.Arguments, 1, when, context.AskedAt);
        if (problem is not null) return Reply.Refused(problem, language);
        var counting = radius.OfAsync(range, ct);
        var (why, around) = await blocklist.GuardAsync(range, ct);
        var found = await counting;
        if (why is not null) return Reply.Refused(BlockTexts.Refused(range, why), language);
        if (await blocklist.FindOpenAsync(range, ct) is { } known)
            return Reply.Refused(known.State == BlockState.Asked ? BlockTexts.AskedAlready(known) : BlockTexts.BlockedAlready(known, news.When), language);

        var length = isPermanent ? BlockTexts.Permanent : until is { } end ? BlockIpTexts.For(news.When.At(end)) : BlockIpTexts.DefaultTime(SpokenTime.Span(await blocklist.NextLengthAsync(range, ct)));
        var lines = new List<LocalizedText>();
        if (!range.IsOne) lines.Add(BlockIpTexts.Holds(range));
        if (!range.IsOne || isPermanent) lines.Add(BlockIpTexts.NeedsSecondNote);
        lines.AddRange(around.Unasked.Select(u => BlockIpTexts.Unasked(u.Host, u.Why)));
        if (!blocklist.IsBlocking) lines.Add(BlockIpTexts.SimulatedNote);
        List<Block> blocks =
        [
            new SectionBlock { Text = BlockMessage.Exactly(Mrkdwn.Join("\n", [Mrkdwn.Of($":mag: *{BlockIpTexts.Preview(range, length).In(language)}*"), .. reason.Length > 0 ? [Mrkdwn.Of($"{reason}")] : Array.Empty<Mrkdwn>(), .. lines.Select(l => Mrkdwn.Of($"{l.In(language)}"))])) },
            new SectionBlock { Text = BlockMessage.Exactly(Mrkdwn.Join("\n", [Mrkdwn.Of($"*{BlockIpTexts.RadiusTitle.In(language)}*"), .. Lines(found, news).Select(l => Mrkdwn.Of($"• {l.In(language)}"))])) },
        ];
        if (blocklist.IsBlocking) blocks.Add(new ActionsBlock { Elements = [Confirm(new(range.ToString(), until, isPermanent, reason), language), Cancel(language)] });
        return Reply.ToPerson(new() { Text = BlockIpTexts.Preview(range, length).In(language), Blocks = blocks });
    }

    /// <summary>What a confirm button carries; null when it is none of ours.</summary>
    public static CarriedWish? Read(string value)
    {
        try
        {
            return JsonSerializer.Deserialize<CarriedWish>(value, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<LocalizedText> Lines(Impact found, BlockNews news)
    {
        if (!found.HasAccessLog) yield return BlockIpTexts.NoAccessLog;
        else if (found.AccessLogs > 0)
        {
            yield return BlockIpTexts.Requests(found);
            yield return BlockIpTexts.Logins(found);
            yield return BlockIpTexts.Payments(found);
        }
        if (found.AuthLogs > 0) yield return BlockIpTexts.SshLogins(found);
        else if (!found.HasAuthLog) yield return BlockIpTexts.NoAuthLog;
        foreach (var unread in found.Unread) yield return unread;
        if (found.Since is { } since) yield return BlockIpTexts.CountedSince(news.When.At(since));
    }

    private static Button Confirm(CarriedWish wish, SpokenLanguage language) =>
        new() { ActionId = ConfirmBlockAction.Id, Value = JsonSerializer.Serialize(wish, Json), Text = new(BlockIpTexts.ConfirmButton.In(language)), Style = ButtonStyle.Danger };

    private static Button Cancel(SpokenLanguage language) => new() { ActionId = CancelBlockAction.Id, Value = "-", Text = new(BlockIpTexts.CancelButton.In(language)) };

    /// <summary>A wish as a button carries it.</summary>
    /// <param name="Range">Which addresses.</param>
    /// <param name="Until">Until when; null: as long as the settings say.</param>
    /// <param name="IsPermanent">True: without end.</param>
    /// <param name="Reason">Why; foreign text.</param>
    internal sealed record CarriedWish(string Range, DateTimeOffset? Until, bool IsPermanent, string Reason);
}

/// <summary>"Block" below what it hits.</summary>
internal sealed class ConfirmBlockAction(Blocklist blocklist, IOptions<ChannelsOptions> channels, TimeProvider time) : IButtonAction
{
    /// <summary>The button's <c>action_id</c>.</summary>
    public const string Id = "block.confirm";

    /// <inheritdoc/>
    public string ActionId => Id;

    /// <inheritdoc/>
    public IReadOnlyCollection<Role> AllowedRoles => Doers.All;

    /// <inheritdoc/>
    public bool Changes => true;

    /// <inheritdoc/>
    public async Task<Reply> RunAsync(CommandContext context, CancellationToken ct)
    {
        if (BlockIpCommand.Read(context.Value) is not { Range: not null, Reason: not null } wish || !AddressRange.TryParse(wish.Range, out var range))
            return Reply.Refused(CommandTexts.GoneButton, context.Language);
        // The preview may have waited for long.
        if (wish.Until <= time.GetUtcNow()) return Reply.Refused(WhenTexts.Past(CommandTexts.Typed(wish.Range)), context.Language);
        if (wish.Until - time.GetUtcNow() > AddressBlock.Longest) return Reply.Refused(BlockTexts.TooLong, context.Language);
        // Where only one person reads, nobody else would see the card.
        var channel = context.ChannelId.StartsWith('D') || context.ChannelId.Length == 0 ? channels.Value.Alerts : context.ChannelId;
        return BlockReplies.Of(await blocklist.BlockAsync(new(range, wish.Until, wish.IsPermanent, wish.Reason), context.Person.UserId, channel, ct), context.Language);
    }
}

/// <summary>"Cancel" beside it.</summary>
internal sealed class CancelBlockAction : IButtonAction
{
    /// <summary>The button's <c>action_id</c>.</summary>
    public const string Id = "block.cancel";

    /// <inheritdoc/>
    public string ActionId => Id;

    /// <inheritdoc/>
    public Task<Reply> RunAsync(CommandContext context, CancellationToken ct) => Task.FromResult(Reply.ToPerson(Notice.Of(":white_check_mark:", BlockIpTexts.Cancelled.In(context.Language))));
}

/// <summary>Answers about blocks.</summary>
internal static class BlockReplies
{
    /// <summary>Tells how a wish came out.</summary>
    public static Reply Of(BlockAnswer answer, SpokenLanguage language) => answer.IsDone
        ? Reply.ToPerson(Notice.Of(":no_entry:", answer.Says.In(language))) with { Detail = ForeignText.OneLine(answer.Says.En, AuditEntry.MaxText) }
        : Reply.Refused(answer.Says, language);
}
