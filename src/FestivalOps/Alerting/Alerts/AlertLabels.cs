using System.Text.Encodings.Web;
using System.Text.Json;
using FestivalOps.Language;

namespace FestivalOps.Alerting.Alerts;

/// <summary>Labels and annotations as the bot keeps them: a JSON object of texts with limits on everything.</summary>
internal static class AlertLabels
{
    /// <summary>Label that names what fires, as in Prometheus.</summary>
    public const string AlertName = "alertname";

    /// <summary>The <see cref="AlertName"/> of what a person reports.</summary>
    public const string Report = "Reported";

    /// <summary>Longest value that is kept: 1,000 characters; more is cut visibly.</summary>
    public const int MaxValue = 1_000;

    /// <summary>Longest name that is kept: 100 characters.</summary>
    public const int MaxName = 100;

    /// <summary>Most labels, or annotations, that are kept: 64.</summary>
    public const int MaxCount = 64;

    /// <summary>Longest JSON: 8,000 characters. What does not fit is left out, what people and rules need least first.</summary>
    public const int MaxJson = 8_000;

    // Japanese stays one character each; it is escaped for Slack where it is shown.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] First = [AlertName, "severity", "instance", "host", "job", "summary", "description", "value", "limit"];

    /// <summary>Whether people or rules look at this label or annotation, so that it is kept when others are dropped.</summary>
    public static bool IsWanted(string name) => Array.IndexOf(First, name) >= 0;

    /// <summary>Whether this is what a person reported.</summary>
    public static bool IsReport(IReadOnlyDictionary<string, string> labels) => labels.GetValueOrDefault(AlertName) == Report;

    /// <summary>The value of a label; empty when there is none, as in Alertmanager. <c>host</c> is <c>instance</c> without its port when there is no such label.</summary>
    public static string Value(this IReadOnlyDictionary<string, string> labels, string name)
    {
        if (labels.TryGetValue(name, out var value)) return value;
        if (name != "host" || !labels.TryGetValue("instance", out var instance)) return "";
        var port = instance.LastIndexOf(':');
        return port > 0 && instance.AsSpan(port + 1).IndexOfAnyExceptInRange('0', '9') < 0 ? instance[..port] : instance;
    }

    /// <summary>Makes a name or value safe to keep: one line, no control characters, cut to size.</summary>
    public static string Clean(string text, int max) =>
        text.Length < max && text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0 ? text.Trim() : ForeignText.OneLine(text, max);

    /// <summary>Writes at most <see cref="MaxJson"/> characters.</summary>
    public static string Write(IReadOnlyDictionary<string, string> texts)
    {
        var json = JsonSerializer.Serialize(texts, Plain);
        if (json.Length <= MaxJson) return json;
        var kept = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in texts.OrderBy(t => Array.IndexOf(First, t.Key) is >= 0 and var at ? at : First.Length).ThenBy(t => t.Key, StringComparer.Ordinal))
        {
            kept[name] = value;
            if (JsonSerializer.Serialize(kept, Plain).Length > MaxJson) kept.Remove(name);
        }
        return JsonSerializer.Serialize(kept, Plain);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static IReadOnlyDictionary<string, string> Read(string json) => JsonSerializer.Deserialize<Dictionary<string, string>>(json) ?? [];
}
