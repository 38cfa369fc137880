using System.Globalization;
using FestivalOps.Slack.Blocks;

namespace FestivalOps.Slack.Beyond;

/// <summary>Cuts rich text after a number of characters, in place; the rest is counted.</summary>
internal static class RichTextFitting
{
    public static void Fit(IList<RichTextElement> elements, int limit)
    {
        var total = elements.Sum(BlockWeight.Of);
        if (total <= limit)
            return;
        // Room for the mark itself.
        var left = limit - 20;
        var kept = new List<RichTextElement>();
        foreach (var element in elements)
        {
            var weight = BlockWeight.Of(element);
            if (weight > left)
            {
                Shorten(element, left);
                left -= BlockWeight.Of(element);
                if (BlockWeight.Of(element) > 0 && element is not UnknownRichTextElement)
                    kept.Add(element);
                else
                    left += BlockWeight.Of(element);
                break;
            }
            left -= weight;
            kept.Add(element);
        }
        var missing = total - kept.Sum(BlockWeight.Of);
        kept.Add(new RichTextSection { Elements = [new RichTextText { Text = string.Create(CultureInfo.InvariantCulture, $"… (+{missing})") }] });
        elements.Clear();
        foreach (var element in kept)
            elements.Add(element);
    }

    private static void Shorten(RichTextElement element, int limit)
    {
        switch (element)
        {
            case RichTextSection section:
                section.Elements = Shorten(section.Elements, limit);
                break;
            case RichTextQuote quote:
                quote.Elements = Shorten(quote.Elements, limit);
                break;
            case RichTextPreformatted fixedWidth:
                fixedWidth.Elements = Shorten(fixedWidth.Elements, limit);
                break;
            case RichTextList list:
                var sections = new List<RichTextSection>();
                foreach (var section in list.Elements)
                {
                    section.Elements = Shorten(section.Elements, limit);
                    limit -= section.Elements.Sum(BlockWeight.Of);
                    if (section.Elements.Count > 0)
                        sections.Add(section);
                }
                list.Elements = sections;
                break;
        }
    }

    private static List<RichTextSectionElement> Shorten(IList<RichTextSectionElement> runs, int limit)
    {
        var kept = new List<RichTextSectionElement>();
        foreach (var run in runs)
        {
            var weight = BlockWeight.Of(run);
            if (weight > limit)
            {
                if (run is RichTextText { Text: { } text } words && limit > 0)
                {
                    words.Text = text[..TextCut.KeepWholeCharacters(text, limit)];
                    if (words.Text.Length > 0)
                        kept.Add(words);
                }
                break;
            }
            limit -= weight;
            kept.Add(run);
        }
        return kept;
    }
}
