using FestivalOps.Alerting.Card;
using FestivalOps.Language;

namespace FestivalOps.Blocking.Blocks.Card;

/// <summary>How a block is shown.</summary>
internal static class BlockMessage
{
    /// <summary>Its card.</summary>
    /// <param name="block">The block.</param>
    /// <param name="notKeptOut">See <see cref="BlockCardTexts.NotKeptOut"/>.</param>
    /// <param name="when">The clock of the card.</param>
    /// <param name="language">The channel's.</param>
    public static Message Card(AddressBlock block, LocalizedText? notKeptOut, CardTime when, SpokenLanguage language)
    {
        var (emoji, title) = block.State switch
        {
            BlockState.Open => (":no_entry:", BlockCardTexts.Open(block.Addresses)),
            BlockState.Asked => (":lock:", BlockCardTexts.Asked(block.Addresses)),
            _ => (":white_check_mark:", BlockCardTexts.Ended(block.Addresses)),
        };
        var head = Mrkdwn.Of($"{Mrkdwn.Trusted(emoji)} *{title.In(language)}* #{block.Id}");
        List<Block> blocks = [new SectionBlock { Text = Exactly(Mrkdwn.Join("\n", [head, .. Facts(block, when, language)])) }];
        if (block.State == BlockState.Open && notKeptOut is not null) blocks.Add(new ContextBlock { Elements = [(Markdown)Mrkdwn.Of($":warning: {notKeptOut.In(language)}")] });
        if (block.Evidence.Length > 0) blocks.Add(new SectionBlock { Text = Exactly(Mrkdwn.Of($"{BlockCardTexts.Evidence.In(language)}\n{Mrkdwn.CodeBlock(block.Evidence)}")) });
        if (BlockButtons.Of(block, language) is { } buttons) blocks.Add(buttons);
        return new() { Text = head.ToString(), Blocks = blocks, UnfurlMedia = false };
    }

    /// <summary>A block in two lines, for lists.</summary>
    public static Mrkdwn Line(AddressBlock block, CardTime when, SpokenLanguage language)
    {
        var until = block.State == BlockState.Ended ? BlockTexts.EndOf(block) : block.State == BlockState.Asked ? BlockCardTexts.WaitsToBlock : BlockTexts.UntilOf(block, when);
        return Mrkdwn.Of($"*#{block.Id}* {Mrkdwn.Code(block.Addresses)} {until.In(language)} · {Who(block)}\n　{Reason(block, language)}");
    }

    /// <summary>Text in which Slack makes nothing a link.</summary>
    public static Markdown Exactly(Mrkdwn text) => new(text.Value) { Verbatim = true };

    private static IEnumerable<Mrkdwn> Facts(AddressBlock block, CardTime when, SpokenLanguage language)
    {
        if (block.State == BlockState.Ended)
        {
            yield return Mrkdwn.Of($"{when.At(block.EndedAt ?? block.ChangedAt).In(language)} · {BlockTexts.EndOf(block).In(language)} · {Name(block.EndedBy ?? AddressBlock.Bot)}");
        }
        else
        {
            yield return Mrkdwn.Of($"{BlockTexts.UntilOf(block, when).In(language)} · {BlockCardTexts.Times(block.Times).In(language)}");
            if (block.State == BlockState.Asked) yield return Mrkdwn.Of($"{BlockCardTexts.WaitsToBlock.In(language)}");
            if (block.PermanentAskedBy is { } asked) yield return Mrkdwn.Of($"{BlockTexts.PermanentWaits.In(language)} ({Mrkdwn.User(asked)})");
        }
        yield return Mrkdwn.Of($"{BlockTexts.ReasonIs.In(language)}: {Reason(block, language)}");
        var approved = block.ApprovedBy is { } second ? Mrkdwn.Of($" · {BlockTexts.ApprovedBy.In(language)} {Mrkdwn.User(second)}") : Mrkdwn.Empty;
        yield return Mrkdwn.Of($"{BlockCardTexts.Source(block.Source, block.Rule).In(language)} · {Who(block)} · {when.At(block.CreatedAt).In(language)}{approved}");
    }

    private static Mrkdwn Who(AddressBlock block) => Name(block.Author);

    // The bot is nobody to mention.
    private static Mrkdwn Name(string userId) => userId == AddressBlock.Bot ? Mrkdwn.Of($"FestivalOps") : Mrkdwn.User(userId);

    private static string Reason(AddressBlock block, SpokenLanguage language) => language == SpokenLanguage.En ? block.ReasonEn : block.ReasonJa;
}
