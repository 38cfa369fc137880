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

    /// <summary>True for words such as <c>severity=critical</c>, <c>instance=~"web.*"</c>.</summary>
    public static bool IsMatcher(string word) => word.IndexOf('=', StringComparison.Ordinal) > 0 || word.IndexOf("!~", StringComparison.Ordinal) > 0;
}
