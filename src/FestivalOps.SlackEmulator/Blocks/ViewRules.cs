using System.Text;
using System.Text.Json;

namespace FestivalOps.SlackEmulator.Blocks;

/// <summary>The rules of modals and App Home tabs.</summary>
internal static class ViewRules
{
    /// <summary>Slack limit: 250 KB.</summary>
    public const int MaxBytes = 250 * 1024;

    /// <summary>Checks a view.</summary>
    /// <returns><c>view_too_large</c>, or null when the size is fine; rule breaches go to <paramref name="findings"/>.</returns>
    public static string? Check(JsonElement view, Surface surface, Findings findings)
    {
        var node = new Node(view, "/view", findings);
        if (view.ValueKind != JsonValueKind.Object)
        {
            node.Wrong("must be an object");
            return null;
        }
        if (Encoding.UTF8.GetByteCount(view.GetRawText()) > MaxBytes)
            return "view_too_large";
        var expected = surface == Surface.Home ? "home" : "modal";
        if (node.Type != expected)
            findings.Add("/view/type", "must be one of: " + expected);
        node.Text("callback_id", required: false, 255, min: 0);
        node.Text("external_id", required: false, 255, min: 0);
        node.Text("private_metadata", required: false, 3000, min: 0);
        if (surface == Surface.Modal)
        {
            node.Only("title", "blocks", "close", "submit", "private_metadata", "callback_id", "clear_on_close", "notify_on_close", "external_id", "submit_disabled");
            node.TextObject("title", required: true, 24, plainOnly: true);
            node.TextObject("close", required: false, 24, plainOnly: true);
            node.TextObject("submit", required: false, 24, plainOnly: true);
        }
        else
        {
            node.Only("blocks", "private_metadata", "callback_id", "external_id", "title", "close", "submit");
        }
        if (!node.Has("blocks"))
        {
            node.Wrong("missing required field: blocks");
            return null;
        }
        BlockRules.Check(view.GetProperty("blocks"), surface, findings, "/view/blocks");
        var hasInput = view.GetProperty("blocks") is { ValueKind: JsonValueKind.Array } blocks
            && blocks.EnumerateArray().Any(b => b.ValueKind == JsonValueKind.Object && b.TryGetProperty("type", out var t) && t.ValueEquals("input"));
        if (surface == Surface.Modal && hasInput && !node.Has("submit"))
            node.Wrong("missing required field: submit");
        return null;
    }
}
