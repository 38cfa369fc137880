using System.Text.Json;
using FestivalOps.Language;

namespace FestivalOps.Maintenance.Security;

/// <summary>What <c>npm audit --json</c> or <c>npm audit fix --json</c> says. Pure.</summary>
/// <param name="Weaknesses">One for each package with known weaknesses.</param>
/// <param name="Changed">Packages that a fix adds, removes or changes; null when it is no fix.</param>
internal sealed record NpmAuditReport(IReadOnlyList<Weakness> Weaknesses, int? Changed)
{
    /// <summary>Reads it; null when it is something else. An error of npm's own is in <paramref name="error"/>.</summary>
    public static NpmAuditReport? Read(string output, out string? error)
    {
        error = null;
        try
        {
            using var json = JsonDocument.Parse(output);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object) return null;
            if (root.TryGetProperty("error", out var failure) && failure.ValueKind == JsonValueKind.Object)
            {
                error = ForeignText.OneLine($"{Text(failure, "code")} {Text(failure, "summary")}", 200);
                return null;
            }
            var isFix = root.TryGetProperty("added", out _) || root.TryGetProperty("changed", out _);
            var audit = isFix && root.TryGetProperty("audit", out var inner) && inner.ValueKind == JsonValueKind.Object ? inner : root;
            if (!audit.TryGetProperty("vulnerabilities", out var found) || found.ValueKind != JsonValueKind.Object) return isFix ? new([], Changes(root)) : null;
            return new([.. found.EnumerateObject().Take(BundleAuditReport.Most).Select(Weak)], isFix ? Changes(root) : null);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Weakness Weak(JsonProperty package)
    {
        var severity = BundleAuditReport.Level(Text(package.Value, "severity"));
        // "via" holds advisories, or names of other packages on the list.
        var title = package.Value.ValueKind == JsonValueKind.Object && package.Value.TryGetProperty("via", out var via) && via.ValueKind == JsonValueKind.Array
            ? via.EnumerateArray().Where(v => v.ValueKind == JsonValueKind.Object).Select(v => Text(v, "title")).FirstOrDefault(t => t.Length > 0) ?? ""
            : "";
        return new(ForeignText.OneLine(package.Name, 100), severity, ForeignText.OneLine(title, 200));
    }

    private static int Changes(JsonElement root) => ((string[])["added", "removed", "changed"]).Sum(name => root.TryGetProperty(name, out var value) && value.TryCount(out var n) ? n : 0);

    private static string Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}

/// <summary>Counts that are numbers in one version of npm and lists in another.</summary>
internal static class NpmCounts
{
    /// <summary>The number, or the length of the list.</summary>
    public static bool TryCount(this JsonElement value, out int count)
    {
        count = value.ValueKind == JsonValueKind.Array ? value.GetArrayLength() : 0;
        return value.ValueKind == JsonValueKind.Array || (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out count));
    }
}
