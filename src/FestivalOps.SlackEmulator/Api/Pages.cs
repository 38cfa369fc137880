using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace FestivalOps.SlackEmulator.Api;

/// <summary>Cursor pagination.</summary>
internal static class Pages
{
    private const string Mark = "next:";

    /// <summary>Cuts one page and adds <c>response_metadata.next_cursor</c>.</summary>
    public static JsonObject Of<T>(ApiCall call, string field, IReadOnlyList<T> items, Func<T, JsonNode?> write, int defaultLimit = 100)
    {
        var limit = call.Int("limit", 0) is var asked && asked is < 0 or > 1000 ? throw new Refusal("invalid_limit") : asked == 0 ? defaultLimit : asked;
        var from = Start(call.Str("cursor"));
        var page = items.Skip(from).Take(limit).ToList();
        var next = from + page.Count < items.Count ? Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Mark}{from + page.Count}"))) : "";
        return new() { [field] = new JsonArray([.. page.Select(write)]), ["response_metadata"] = new JsonObject { ["next_cursor"] = next } };
    }

    private static int Start(string? cursor)
    {
        if (cursor is null)
            return 0;
        var bytes = new byte[cursor.Length];
        if (!Convert.TryFromBase64String(cursor, bytes, out var length))
            throw new Refusal("invalid_cursor");
        var text = Encoding.UTF8.GetString(bytes, 0, length);
        return text.StartsWith(Mark, StringComparison.Ordinal) && int.TryParse(text.AsSpan(Mark.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var from)
            ? from : throw new Refusal("invalid_cursor");
    }
}
