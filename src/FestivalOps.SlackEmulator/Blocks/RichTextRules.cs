using System.Text.Json;

namespace FestivalOps.SlackEmulator.Blocks;

/// <summary>The rules of <c>rich_text</c> blocks.</summary>
internal static class RichTextRules
{
    private static readonly string[] Leaves = ["text", "link", "user", "usergroup", "channel", "emoji", "date", "broadcast", "color", "team"];

    public static void Check(Node block)
    {
        foreach (var part in block.Items("elements", required: true, 100, min: 0))
        {
            switch (part.Type)
            {
                case "rich_text_section" or "rich_text_preformatted" or "rich_text_quote": Inline(part); break;
                case "rich_text_list":
                    part.OneOf("style", required: true, "bullet", "ordered");
                    part.Number("indent", 0, 8);
                    foreach (var item in part.Items("elements", required: true, 1000))
                    {
                        if (item.Type == "rich_text_section")
                            Inline(item);
                        else
                            item.Findings.Add(item.Pointer + "/type", "unsupported type: " + item.Type);
                    }
                    break;
                default: part.Findings.Add(part.Pointer + "/type", "unsupported type: " + part.Type); break;
            }
        }
    }

    private static void Inline(Node section)
    {
        foreach (var leaf in section.Items("elements", required: true, 1000, min: 0))
        {
            if (leaf.Value.ValueKind != JsonValueKind.Object || !Leaves.Contains(leaf.Type, StringComparer.Ordinal))
            {
                leaf.Findings.Add(leaf.Pointer + "/type", "unsupported type: " + leaf.Type);
                continue;
            }
            var needed = leaf.Type switch
            {
                "text" => "text",
                "link" => "url",
                "user" => "user_id",
                "usergroup" => "usergroup_id",
                "channel" => "channel_id",
                "emoji" => "name",
                "broadcast" => "range",
                _ => null,
            };
            if (needed is not null)
                leaf.Text(needed, required: true, 40_000);
        }
    }
}
