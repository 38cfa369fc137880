using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using FestivalOps.SlackEmulator.Team;

namespace FestivalOps.SlackEmulator.Api;

/// <summary>The external upload flow: ask for an address, send the bytes, complete.</summary>
internal static class FileMethods
{
    private const int MaxBytes = 20 * 1024 * 1024;
    private const int MaxAltText = 1_000;

    public static IEnumerable<ApiMethod> All() =>
    [
        new("files.getUploadURLExternal", ["files:write"], ApiMethod.Tier4, true, ["filename", "length"], GetUrl),
        new("files.completeUploadExternal", ["files:write"], ApiMethod.Tier4, false, ["files"], Complete),
    ];

    private static JsonObject GetUrl(ApiCall call)
    {
        var length = call.Int("length", 0);
        if (length <= 0)
            throw new Refusal("invalid_arguments", "[ERROR] must be greater than 0 [json-pointer:/length]");
        if (length > MaxBytes)
            throw new Refusal("file_upload_size_restricted");
        var alt = call.Str("alt_txt") ?? "";
        if (alt.Length > MaxAltText)
            throw new Refusal("alt_txt_too_large");
        var name = call.Need("filename");
        var info = new SharedFile(Ids.New("F"), name, name, TypeOf(name), length, alt);
        call.Workspace.SaveFile(new StoredFile(info, Bytes: null, IsComplete: false));
        return new() { ["upload_url"] = $"{call.Workspace.BaseUrl}/upload/v1/{info.Id}", ["file_id"] = info.Id };
    }

    private static JsonObject Complete(ApiCall call)
    {
        if (call.Json("files", "invalid_arguments") is not { ValueKind: JsonValueKind.Array } list || list.GetArrayLength() == 0)
            throw new Refusal("invalid_arguments", "[ERROR] must be an array with at least one file [json-pointer:/files]");
        var found = new List<SharedFile>();
        foreach (var item in list.EnumerateArray())
        {
            var id = item.ValueKind == JsonValueKind.Object && item.TryGetProperty("id", out var i) ? i.ToString() : "";
            var stored = call.Workspace.FindFile(id);
            if (stored?.Bytes is null || stored.IsComplete)
                throw new Refusal("file_not_found");
            found.Add(item.TryGetProperty("title", out var t) && t.ValueKind == JsonValueKind.String ? stored.Info with { Title = t.GetString()! } : stored.Info);
        }
        var channel = call.Has("channel_id") ? call.PostableChannel("channel_id") : null;
        if (channel is not null)
            Share(call, channel, [.. found]);
        foreach (var info in found)
            call.Workspace.SaveFile(call.Workspace.FindFile(info.Id)! with { Info = info, IsComplete = true });
        return new() { ["files"] = new JsonArray([.. found.Select(f => (JsonNode)SlackJson.Of(f))]) };
    }

    private static void Share(ApiCall call, Channel channel, ImmutableArray<SharedFile> files)
    {
        var thread = ChatMethods.ThreadOf(call.Workspace, channel.Id, call.Str("thread_ts"));
        var blocks = Content.ReadBlocks(call.Json("blocks", "invalid_blocks"));
        call.PacePost(channel.Id);
        call.Workspace.Post(new Message("", channel.Id, Seed.BotUser, call.Str("initial_comment") ?? "")
        {
            BotId = Seed.Bot,
            Blocks = blocks,
            ThreadTs = thread,
            Files = files,
        });
    }

    private static string TypeOf(string name) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".png" => "image/png",
        ".jpg" or ".jpeg" => "image/jpeg",
        ".gif" => "image/gif",
        ".webp" => "image/webp",
        ".csv" => "text/csv",
        ".txt" or ".log" or ".md" => "text/plain",
        ".json" => "application/json",
        ".pdf" => "application/pdf",
        _ => "application/octet-stream",
    };
}
