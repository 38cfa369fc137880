using System.Text.Json;

namespace FestivalOps.SlackEmulator.Blocks;

/// <summary>Block Kit's rules and limits, block by block. Slack limits: docs.slack.dev reference/block-kit.</summary>
internal static class BlockRules
{
    // Types that newer clients know; the page shows them as a labelled box and their inner rules are not checked here.
    private static readonly string[] Newer =
        ["alert", "card", "carousel", "container", "context_actions", "data_table", "data_visualization", "file", "plan", "task_card", "video", "call", "share_shortcut"];

    /// <summary>Checks a list of blocks.</summary>
    /// <param name="blocks">The array.</param>
    /// <param name="surface">Where it goes.</param>
    /// <param name="findings">Receives what is wrong.</param>
    /// <param name="pointer">Place of the array.</param>
    public static void Check(JsonElement blocks, Surface surface, Findings findings, string pointer = "/blocks")
    {
        var root = new Node(blocks, pointer, findings);
        if (blocks.ValueKind != JsonValueKind.Array)
        {
            root.Wrong("must be an array");
            return;
        }
        var most = surface == Surface.Message ? 50 : 100;
        if (blocks.GetArrayLength() > most)
            root.Wrong($"no more than {most} items allowed");
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var block in root.Elements().Take(most))
        {
            if (block.Value.ValueKind != JsonValueKind.Object)
            {
                block.Wrong("must be an object");
                continue;
            }
            var id = block.Text("block_id", required: false, 255);
            if (id is not null && !ids.Add(id))
                block.Wrong("duplicate block_id: " + id);
            One(block, surface);
        }
        Several(root, findings);
    }

    private static void One(Node block, Surface surface)
    {
        switch (block.Type)
        {
            case "section": Section(block, surface); break;
            case "header":
                block.Only("text", "level");
                block.TextObject("text", required: true, 150, plainOnly: true);
                block.Number("level", 1, 4);
                break;
            case "divider": block.Only(); break;
            case "context":
                block.Only("elements");
                foreach (var element in block.Items("elements", required: true, 10))
                    ContextElement(element);
                break;
            case "actions":
                block.Only("elements");
                ElementRules.CheckAll(block.Items("elements", required: true, 25), ElementRules.InActions, surface);
                break;
            case "image": Image(block); break;
            case "input": Input(block, surface); break;
            case "rich_text":
                block.Only("elements");
                RichTextRules.Check(block);
                break;
            case "markdown":
                block.Only("text");
                block.Text("text", required: true, 12_000);
                if (surface != Surface.Message)
                    block.Wrong("unsupported type: markdown");
                break;
            case "table":
                if (surface != Surface.Message)
                    block.Wrong("unsupported type: table");
                TableRules.Check(block);
                break;
            case "": block.Wrong("missing required field: type"); break;
            default:
                if (!Newer.Contains(block.Type, StringComparer.Ordinal))
                    block.Findings.Add(block.Pointer + "/type", "unsupported type: " + block.Type);
                break;
        }
    }

    private static void Section(Node block, Surface surface)
    {
        block.Only("text", "fields", "accessory", "expand");
        if (!block.Has("text") && !block.Has("fields"))
            block.Wrong("missing required field: text");
        block.TextObject("text", required: false, 3000, plainOnly: false);
        foreach (var field in block.Items("fields", required: false, 10))
            field.IsTextObject(2000, plainOnly: false);
        block.Flag("expand");
        if (block.Object("accessory", required: false) is { } accessory)
            ElementRules.CheckAll([accessory], ElementRules.InSection, surface);
    }

    private static void ContextElement(Node element)
    {
        if (element.Type == "image")
            ElementRules.Image(element);
        else
            element.IsTextObject(3000, plainOnly: false);
    }

    private static void Image(Node block)
    {
        block.Only("image_url", "slack_file", "alt_text", "title");
        block.Text("alt_text", required: true, 2000, min: 0);
        block.TextObject("title", required: false, 2000, plainOnly: true);
        if (block.Has("image_url") == block.Has("slack_file"))
            block.Wrong("must have exactly one of: image_url, slack_file");
        block.Text("image_url", required: false, 3000);
    }

    private static void Input(Node block, Surface surface)
    {
        block.Only("label", "element", "dispatch_action", "hint", "optional");
        block.TextObject("label", required: true, 2000, plainOnly: true);
        block.TextObject("hint", required: false, 2000, plainOnly: true);
        block.Flag("dispatch_action");
        block.Flag("optional");
        if (block.Object("element") is { } element)
            ElementRules.CheckAll([element], ElementRules.InInput, surface);
    }

    private static void Several(Node root, Findings findings)
    {
        var nodes = root.Elements();
        if (nodes.Count(n => n.Type == "table") > 1)
            findings.Add(root.Pointer, "only_one_table_allowed");
        var markdown = nodes.Where(n => n.Type == "markdown" && n.Value.TryGetProperty("text", out var t) && t.ValueKind == JsonValueKind.String)
            .Sum(n => n.Value.GetProperty("text").GetString()!.Length);
        if (markdown > 12_000)
            findings.Add(root.Pointer, "markdown text must be less than 12001 characters over all blocks");
        var focused = nodes.Count(n => n.Type == "input" && n.Value.TryGetProperty("element", out var e)
            && e.ValueKind == JsonValueKind.Object && e.TryGetProperty("focus_on_load", out var f) && f.ValueKind == JsonValueKind.True);
        if (focused > 1)
            findings.Add(root.Pointer, "only one element may have focus_on_load");
    }
}
