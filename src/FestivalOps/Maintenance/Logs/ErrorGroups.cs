using System.Text.RegularExpressions;
using FestivalOps.Language;

namespace FestivalOps.Maintenance.Logs;

/// <summary>Counts errors that differ only in numbers, ids and addresses as one. Holds no personal data: lines are masked before they are kept.</summary>
internal sealed partial class ErrorGroups
{
    // What an attacker writes into the log must not fill the memory.
    private const int Most = 1_000;
    private const int Longest = 160;

    private readonly Dictionary<string, int> _groups = new(StringComparer.Ordinal);

    /// <summary>All errors.</summary>
    public int Count { get; private set; }

    /// <summary>How many different ones; those beyond a thousand count as one.</summary>
    public int Different => _groups.Count;

    /// <summary>Adds an error.</summary>
    public void Add(string message)
    {
        Count++;
        var key = Normalised(message);
        if (!_groups.ContainsKey(key) && _groups.Count >= Most) key = "…";
        _groups[key] = _groups.GetValueOrDefault(key) + 1;
    }

    /// <summary>The most frequent.</summary>
    public IEnumerable<(string Message, int Count)> Top(int count) =>
        _groups.OrderByDescending(g => g.Value).ThenBy(g => g.Key, StringComparer.Ordinal).Take(count).Select(g => (g.Key, g.Value));

    /// <summary>The message without what differs from time to time.</summary>
    public static string Normalised(string message)
    {
        var line = PersonalData.Masked(ForeignText.OneLine(message, 1_000));
        line = Tags().Replace(line, "");
        line = Id().Replace(line, "#");
        line = Number().Replace(line, "#");
        return ForeignText.OneLine(Spaces().Replace(line, " ").Trim(), Longest) is { Length: > 0 } some ? some : "-";
    }

    // Rails' tags of a request: [7c0c3c1e-…] [203.0.113.x]
    [GeneratedRegex("^(\\[[^\\]]{1,80}\\] ?){1,5}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tags();

    [GeneratedRegex("\\b[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\\b|\\b0x[0-9a-fA-F]+\\b|\\b(?=[0-9a-f]*[0-9])(?=[0-9a-f]*[a-f])[0-9a-f]{8,}\\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Id();

    [GeneratedRegex("[0-9]+", RegexOptions.None, 1000)]
    private static partial Regex Number();

    [GeneratedRegex("\\s{2,}", RegexOptions.None, 1000)]
    private static partial Regex Spaces();
}
