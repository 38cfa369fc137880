using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace FestivalOps.Alerting.Commands;

/// <summary>Reads what people type about incidents.</summary>
internal static class IncidentWords
{
    /// <summary>The number of an incident: <c>42</c> or <c>#42</c>, full-width too; null when it is none.</summary>
    public static long? Number(string? typed)
    {
        var digits = (typed ?? "").Normalize(NormalizationForm.FormKC).TrimStart('#');
        return digits.Length is > 0 and <= 12 && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? id : null;
    }

    /// <summary>Words as they were typed, one line, Slack's entities undone; at most <paramref name="max"/> characters.</summary>
    public static string Rest(ImmutableArray<string> words, int first, int max) =>
        Language.ForeignText.OneLine(SlackText.Unescape(string.Join(' ', words.Skip(first))), max);

    /// <summary>The words with those joined that stand in quotes together: <c>alertname="High CPU"</c> is one.</summary>
    public static ImmutableArray<string> Joined(ImmutableArray<string> words)
    {
        var joined = ImmutableArray.CreateBuilder<string>(words.Length);
        for (var at = 0; at < words.Length; at++)
        {
            var word = words[at];
            var next = at;
            while (IsMatcher(SlackText.Unescape(word)) && IsOpen(word) && ++next < words.Length) word += " " + words[next];
            // A quote that is never closed is left as it was typed.
            joined.Add(next < words.Length ? word : words[at]);
            at = next < words.Length ? next : at;
        }
        return joined.ToImmutable();
    }

    // Telephones write typographic quotes.
    private static bool IsOpen(string word) =>
        word.Count(c => c == '"') % 2 == 1 || word.Count(c => c == '“') > word.Count(c => c == '”');

    /// <summary>True for words such as <c>severity=critical</c>, <c>instance=~"web.*"</c>.</summary>
    public static bool IsMatcher(string word) => word.IndexOf('=', StringComparison.Ordinal) > 0 || word.IndexOf("!~", StringComparison.Ordinal) > 0;
}
