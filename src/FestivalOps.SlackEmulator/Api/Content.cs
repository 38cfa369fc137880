using System.Globalization;
using System.Text;
using System.Text.Json;
using FestivalOps.SlackEmulator.Blocks;

namespace FestivalOps.SlackEmulator.Api;

/// <summary>The text, blocks, attachments and metadata of a message on its way in, checked.</summary>
internal sealed record Content(string Text, JsonElement? Blocks, JsonElement? Attachments, JsonElement? Metadata)
{
    private const int CutAt = 40_000;
    private const int MaxMarkdown = 12_000;
    private const int MaxAttachments = 100;
    private const int MaxMetadataBytes = 16_384;

    // Not documented by Slack, seen by others: about 13 000 characters over all blocks.
    private const int MaxBlockText = 13_000;

    public static Content Read(ApiCall call)
    {
        if (call.Has("as_user"))
            throw new Refusal("as_user_not_supported");
        var text = call.Str("text");
        var markdown = call.Str("markdown_text");
        if (markdown is not null && (text is not null || call.Has("blocks")))
            throw new Refusal("markdown_text_conflict");
        var blocks = ReadBlocks(call.Json("blocks", "invalid_blocks_format"));
        if (markdown is not null)
        {
            if (markdown.Length > MaxMarkdown)
                throw new Refusal("msg_too_long");
            blocks = BlockIds.Fill(JsonSerializer.SerializeToElement(new[] { new { type = "markdown", text = markdown } }));
            text = markdown;
        }
        var attachments = call.Json("attachments", "invalid_attachments");
        if (attachments is { } list && (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > MaxAttachments))
            throw new Refusal(list.ValueKind == JsonValueKind.Array ? "too_many_attachments" : "invalid_attachments");
        CheckAttachments(attachments);
        if (text is null && IsEmpty(blocks) && IsEmpty(attachments))
            throw new Refusal("no_text");
        text ??= "";
        return new Content(text.Length > CutAt ? text[..CutAt] : text, IsEmpty(blocks) ? null : blocks, IsEmpty(attachments) ? null : attachments, ReadMetadata(call));
    }

    private static void CheckAttachments(JsonElement? attachments)
    {
        if (attachments is not { } list)
            return;
        var findings = new Findings();
        foreach (var (at, attachment) in list.EnumerateArray().Index())
        {
            if (attachment.ValueKind != JsonValueKind.Object)
                throw new Refusal("invalid_attachments");
            if (attachment.TryGetProperty("blocks", out var blocks))
                BlockRules.Check(blocks, Surface.Message, findings, string.Create(CultureInfo.InvariantCulture, $"/attachments/{at}/blocks"));
        }
        if (findings.Messages.Count > 0)
            throw new Refusal("invalid_blocks", findings.Messages);
    }

    public static JsonElement? ReadBlocks(JsonElement? blocks)
    {
        if (blocks is null)
            return null;
        if (blocks.Value.ValueKind != JsonValueKind.Array)
            throw new Refusal("invalid_blocks_format");
        var findings = new Findings();
        BlockRules.Check(blocks.Value, Surface.Message, findings);
        if (findings.Messages.Count > 0)
            throw new Refusal("invalid_blocks", findings.Messages);
        if (Texts.Of(blocks.Value).Sum(t => t.Length) > MaxBlockText)
            throw new Refusal("msg_blocks_too_long");
        return BlockIds.Fill(blocks.Value);
    }

    public static JsonElement? ReadMetadata(ApiCall call)
    {
        var metadata = call.Json("metadata", "invalid_metadata_format");
        if (metadata is not { } json)
            return null;
        if (json.ValueKind != JsonValueKind.Object)
            throw new Refusal("invalid_metadata_format");
        if (!json.EnumerateObject().Any())
            return json;
        var isWhole = json.TryGetProperty("event_type", out var type) && type.ValueKind == JsonValueKind.String && type.GetString()!.Length > 0
            && json.TryGetProperty("event_payload", out var payload) && payload.ValueKind == JsonValueKind.Object;
        if (!isWhole)
            throw new Refusal("invalid_metadata_format");
        return Encoding.UTF8.GetByteCount(json.GetRawText()) > MaxMetadataBytes ? throw new Refusal("metadata_too_large") : json;
    }

    private static bool IsEmpty(JsonElement? list) => list is null || list.Value.GetArrayLength() == 0;
}
