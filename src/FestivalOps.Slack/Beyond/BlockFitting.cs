using FestivalOps.Slack.Blocks;

namespace FestivalOps.Slack.Beyond;

/// <summary>Fits each block into its own limits; one block may become several. What has to be changed is copied first.</summary>
internal static class BlockFitting
{
    private const string Nothing = "–";

    public static List<Block> Fit(IEnumerable<Block?> blocks)
    {
        var given = blocks.OfType<Block>().ToList();
        IdRules.Check(given);
        var fitted = new List<Block>();
        foreach (var block in given)
        {
            if (BlockFits.AsItIs(block))
                fitted.Add(block);
            else
                fitted.AddRange(FitOne(SlackJson.Copy(block)));
        }
        return fitted;
    }

    private static IEnumerable<Block> FitOne(Block block)
    {
        switch (block)
        {
            case SectionBlock section:
                return Section(section);
            case ActionsBlock actions:
                return Actions(actions);
            case ContextBlock context:
                return Context(context);
            case HeaderBlock header:
                header.Text = Plain(header.Text, 150);
                return string.IsNullOrWhiteSpace(header.Text?.Text) ? [] : [header];
            case ImageBlock image:
                return Image(image);
            case InputBlock input:
                input.Label = Plain(input.Label, 2000) ?? new PlainText(Nothing);
                input.Hint = Plain(input.Hint, 2000);
                if (input.Element is { } element)
                    ElementFitting.Fit(element);
                return [input];
            case MarkdownBlock markdown:
                markdown.Text = TextCut.Plain(markdown.Text ?? "", MessageLimits.MarkdownOverAllBlocks);
                return string.IsNullOrWhiteSpace(markdown.Text) ? [] : [markdown];
            case TableBlock table:
                TableFitting.Fit(table);
                return table.Rows.Count == 0 ? [] : [table];
            case RichTextBlock rich:
                RichTextFitting.Fit(rich.Elements, MessageLimits.TextOverAllBlocks);
                return rich.Elements.Count == 0 ? [] : [rich];
            case VideoBlock video:
                video.Title = Plain(video.Title, 199);
                video.Description = Plain(video.Description, 200);
                video.AuthorName = video.AuthorName is null ? null : TextCut.Plain(video.AuthorName, 49);
                video.AltText = TextCut.Plain(video.AltText, 2000);
                return [video];
            case ContextActionsBlock contextActions:
                foreach (var each in contextActions.Elements)
                    ElementFitting.Fit(each);
                return contextActions.Elements.Chunk(5).Select((part, index) =>
                    new ContextActionsBlock { BlockId = index == 0 ? contextActions.BlockId : null, Elements = part });
            default:
                return [block];
        }
    }

    private static IEnumerable<Block> Section(SectionBlock section)
    {
        section.Text = Text(section.Text, 3000);
        if (section.Accessory is { } accessory)
            ElementFitting.Fit(accessory);
        // Ten fields of 2000 would alone be too much for a message.
        var fieldLimit = section.Fields.Sum(field => Math.Min(field.Text.Length, 2000)) > 9000 ? 900 : 2000;
        var fields = section.Fields.Select(field => Text(field, fieldLimit) ?? new PlainText(Nothing)).Chunk(10).ToList();
        if (section.Text is null && fields.Count == 0)
            section.Text = section.Accessory is null ? null : new PlainText(Nothing);
        if (section.Text is null && fields.Count == 0)
            return [];
        section.Fields = fields.Count > 0 ? fields[0] : [];
        return [section, .. fields.Skip(1).Select(part => new SectionBlock { Fields = part })];
    }

    private static IEnumerable<Block> Actions(ActionsBlock actions)
    {
        foreach (var element in actions.Elements)
            ElementFitting.Fit(element);
        return actions.Elements.Chunk(25).Select((part, index) =>
            new ActionsBlock { BlockId = index == 0 ? actions.BlockId : null, Elements = part });
    }

    private static IEnumerable<Block> Context(ContextBlock context)
    {
        var elements = new List<IContextElement>();
        foreach (var element in context.Elements)
        {
            if (element is TextObject text)
            {
                if (Text(text, ContextText(context.Elements.Count)) is IContextElement fitted)
                    elements.Add(fitted);
                continue;
            }
            if (element is Image image)
                ElementFitting.Fit(image);
            elements.Add(element);
        }
        return elements.Chunk(10).Select((part, index) => new ContextBlock { BlockId = index == 0 ? context.BlockId : null, Elements = part });
    }

    /// <summary>Characters of each of <paramref name="count"/> texts of a context. No limit is documented; this keeps ten of them within a message most of the time.</summary>
    public static int ContextText(int count) => count > 5 ? 1000 : 2000;

    private static IEnumerable<Block> Image(ImageBlock image)
    {
        image.AltText = Words(image.AltText, 2000);
        image.Title = Plain(image.Title, 2000);
        // An address cannot be cut: what the picture shows is said instead.
        return image.ImageUrl is { Length: > 3000 } ? [new SectionBlock { BlockId = image.BlockId, Text = new PlainText(image.AltText) }] : [image];
    }

    public static TextObject? Text(TextObject? text, int limit)
    {
        if (text is null or UnknownTextObject)
            return text;
        if (string.IsNullOrWhiteSpace(text.Text))
            return null;
        text.Text = text is Markdown ? TextCut.Markdown(text.Text, limit) : TextCut.Plain(text.Text, limit);
        return text;
    }

    public static PlainText? Plain(PlainText? text, int limit) => (PlainText?)Text(text, limit);

    public static string Words(string? text, int limit) => string.IsNullOrWhiteSpace(text) ? Nothing : TextCut.Plain(text, limit);

    public static PlainText Label(PlainText? text, int limit) => Plain(text, limit) ?? new PlainText(Nothing);
}
