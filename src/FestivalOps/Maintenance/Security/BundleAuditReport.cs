using System.Text.Json;
using System.Text.RegularExpressions;
using FestivalOps.Language;

namespace FestivalOps.Maintenance.Security;

/// <summary>How bad a known weakness is, the worst first.</summary>
internal enum Severity
{
    /// <summary>Critical.</summary>
    Critical,

    /// <summary>High.</summary>
    High,

    /// <summary>Moderate or medium.</summary>
    Moderate,

    /// <summary>Low.</summary>
    Low,

    /// <summary>Nobody said.</summary>
    Unknown,
}

/// <summary>A known weakness of a package in use.</summary>
/// <param name="Package">The package, with its version where known.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Title">What it is, one line; foreign text.</param>
internal sealed record Weakness(string Package, Severity Severity, string Title);

/// <summary>Reads what bundler-audit says: JSON, or the text of older versions. Foreign text becomes one line; pure.</summary>
internal static partial class BundleAuditReport
{
    /// <summary>So many are read; more are not.</summary>
    public const int Most = 5_000;

    /// <summary>The weaknesses; null when it is neither.</summary>
    public static IReadOnlyList<Weakness>? Read(string output)
    {
        // With --update its first words are about the update.
        var begin = output.IndexOf('{', StringComparison.Ordinal);
        if (begin >= 0 && FromJson(output[begin..]) is { } found) return found;
        if (output.Contains("No vulnerabilities found", StringComparison.Ordinal)) return [];
        var blocks = Block().Matches(output);
        return blocks.Count == 0 ? null : [.. blocks.Take(Most).Select(b => new Weakness(
            Line($"{b.Groups["name"].Value} {b.Groups["version"].Value}", 100), Level(Field(b.Value, "Criticality")), Line(Field(b.Value, "Title"), 200)))];
    }

    /// <summary>A word for a severity, as packages' tools write it.</summary>
    public static Severity Level(string? word) => word?.Trim().ToLowerInvariant() switch
    {
        "critical" => Severity.Critical,
        "high" => Severity.High,
        "medium" or "moderate" => Severity.Moderate,
        "low" or "none" or "info" => Severity.Low,
        _ => Severity.Unknown,
    };

    private static List<Weakness>? FromJson(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            if (!json.RootElement.TryGetProperty("results", out var results) || results.ValueKind != JsonValueKind.Array) return null;
            return [.. results.EnumerateArray().Where(r => r.ValueKind == JsonValueKind.Object).Take(Most).Select(FromResult)];
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Weakness FromResult(JsonElement result)
    {
        // A source of gems that anyone on the way could alter.
        if (Text(result, "source") is { Length: > 0 } source) return new(Line(source, 100), Severity.High, "insecure source");
        var gem = result.TryGetProperty("gem", out var g) ? g : default;
        var advisory = result.TryGetProperty("advisory", out var a) ? a : default;
        return new(Line($"{Text(gem, "name")} {Text(gem, "version")}", 100), Level(Text(advisory, "criticality")), Line($"{Text(advisory, "id")} {Text(advisory, "title")}", 200));
    }

    private static string Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static string Field(string block, string name) =>
        block.Split('\n').FirstOrDefault(l => l.StartsWith(name + ":", StringComparison.Ordinal)) is { } line ? line[(name.Length + 1)..].Trim() : "";

    private static string Line(string text, int most) => ForeignText.OneLine(text, most);

    [GeneratedRegex("^Name: (?<name>[^\\n]{1,200})\\nVersion: (?<version>[^\\n]{1,100})\\n([^\\n]+\\n){0,20}", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Block();
}
