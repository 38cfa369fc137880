using System.Globalization;
using FestivalOps.Slack.Blocks;

namespace FestivalOps.Slack.Beyond;

/// <summary>Deals fitted blocks out to messages, so that none holds too many, too much text, or two tables.</summary>
internal static class BlockPages
{
    public static List<List<Block>> Split(IReadOnlyList<Block> blocks, int blocksPerPage, int pages)
    {
        var split = new List<List<Block>>();
        var page = new List<Block>();
        int text = 0, markdown = 0;
        var hasTable = false;
        for (var index = 0; index < blocks.Count; index++)
        {
            var block = blocks[index];
            var weight = BlockWeight.Of(block);
            var marked = block is MarkdownBlock ? weight : 0;
            var full = page.Count >= blocksPerPage || text + weight > MessageLimits.TextOverAllBlocks
                || markdown + marked > MessageLimits.MarkdownOverAllBlocks || (hasTable && block is TableBlock);
            if (full && page.Count > 0)
            {
                if (split.Count == pages - 1)
                {
                    split.Add(WithMark(page, blocks.Count - index, blocksPerPage));
                    return split;
                }
                split.Add(page);
                (page, text, markdown, hasTable) = ([], 0, 0, false);
            }
            page.Add(block);
            text += weight;
            markdown += marked;
            hasTable |= block is TableBlock;
        }
        if (page.Count > 0)
            split.Add(page);
        return split;
    }

    /// <summary>Ends a page that could not hold everything with a line that says how many blocks are missing.</summary>
    public static List<Block> WithMark(List<Block> page, int missing, int blocksPerPage)
    {
        if (page.Count >= blocksPerPage)
        {
            missing += page.Count - (blocksPerPage - 1);
            page.RemoveRange(blocksPerPage - 1, page.Count - (blocksPerPage - 1));
        }
        page.Add(new ContextBlock { Elements = [new PlainText(string.Create(CultureInfo.InvariantCulture, $"… (+{missing})"))] });
        return page;
    }
}

/// <summary>How much text a block holds.</summary>
internal static class BlockWeight
{
    public static int Of(Block block) => block switch
    {
        SectionBlock section => Of(section.Text) + section.Fields.Sum(Of),
        HeaderBlock header => Of(header.Text),
        ContextBlock context => context.Elements.OfType<TextObject>().Sum(Of),
        MarkdownBlock markdown => markdown.Text?.Length ?? 0,
        TableBlock table => table.Rows.Sum(row => row.Sum(Of)),
        RichTextBlock rich => rich.Elements.Sum(Of),
        ImageBlock image => (image.AltText?.Length ?? 0) + Of(image.Title),
        InputBlock input => Of(input.Label) + Of(input.Hint),
        UnknownBlock unknown => unknown.Raw.GetRawText().Length,
        _ => 0,
    };

    public static int Of(TableCell cell) => cell switch
    {
        RawTextCell raw => raw.Text?.Length ?? 0,
        RichTextCell rich => rich.Elements.Sum(Of),
        UnknownTableCell unknown => unknown.Raw.GetRawText().Length,
        _ => 0,
    };

    public static int Of(RichTextElement element) => element switch
    {
        RichTextSection section => section.Elements.Sum(Of),
        RichTextQuote quote => quote.Elements.Sum(Of),
        RichTextPreformatted fixedWidth => fixedWidth.Elements.Sum(Of),
        RichTextList list => list.Elements.Sum(section => section.Elements.Sum(Of)),
        UnknownRichTextElement unknown => unknown.Raw.GetRawText().Length,
        _ => 0,
    };

    public static int Of(RichTextSectionElement run) => run switch
    {
        RichTextText text => text.Text?.Length ?? 0,
        RichTextLink link => Math.Max(link.Text?.Length ?? 0, link.Url?.Length ?? 0),
        UnknownRichTextSectionElement unknown => unknown.Raw.GetRawText().Length,
        // A mention, date, emoji or channel shows as about this much.
        _ => 16,
    };

    private static int Of(TextObject? text) => text?.Text.Length ?? 0;
}
