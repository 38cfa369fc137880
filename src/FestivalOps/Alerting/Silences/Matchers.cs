using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using FestivalOps.Alerting.Alerts;
using FestivalOps.Language;

namespace FestivalOps.Alerting.Silences;

/// <summary>A condition on one label, in Alertmanager's words: <c>=</c>, <c>!=</c>, <c>=~</c>, <c>!~</c>. A label that is missing is empty.</summary>
internal sealed class Matcher
{
    // The engine without backtracking needs time in proportion to the text; the limit is for what nobody thought of.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    private readonly Regex? _pattern;
    private readonly HashSet<string>? _texts;
    private readonly bool _not;

    /// <summary>Makes a condition.</summary>
    /// <exception cref="ArgumentException">The value is no regular expression.</exception>
    /// <exception cref="NotSupportedException">It is one that could take for ever (look-around, back-references).</exception>
    public Matcher(string name, string sign, string value)
    {
        (Name, Sign, Value) = (name, sign, value);
        _not = sign[0] == '!';
        // Most patterns are lists of names; looking one up is faster than any engine.
        _texts = sign.EndsWith('~') ? Plain(value)?.ToHashSet(StringComparer.Ordinal) : [value];
        if (_texts is null)
            _pattern = new($"^(?:{value})$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.Singleline, Patience);
    }

    /// <summary>The label.</summary>
    public string Name { get; }

    /// <summary><c>=</c>, <c>!=</c>, <c>=~</c> or <c>!~</c>.</summary>
    public string Sign { get; }

    /// <summary>The text or the regular expression, which must match all of the label.</summary>
    public string Value { get; }

    /// <summary>The only texts that can match, when that can be seen: one text, or an alternation of plain ones. Null otherwise.</summary>
    public IReadOnlyCollection<string>? Literals => _not ? null : _texts;

    /// <summary>Whether it holds. A pattern that takes too long does not.</summary>
    public bool Matches(IReadOnlyDictionary<string, string> labels) => Matches(labels.Value(Name));

    /// <summary>Whether it holds for a value.</summary>
    public bool Matches(string value)
    {
        try
        {
            return (_pattern?.IsMatch(value) ?? _texts!.Contains(value)) != _not;
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static string[]? Plain(string pattern) =>
        pattern.Length > 0 && pattern.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '|') ? pattern.Split('|') : null;
}

/// <summary>Conditions that all must hold.</summary>
internal sealed class Matchers
{
    /// <summary>Longest text: 1,000 characters.</summary>
    public const int MaxText = 1_000;

    private static readonly string[] Signs = ["=~", "!~", "!=", "="];

    // Patterns take long to prepare and are asked for at every alert.
    private static readonly ConcurrentDictionary<string, Matchers> Prepared = new(StringComparer.Ordinal);

    private Matchers(IReadOnlyList<Matcher> all) => All = all;

    /// <summary>No conditions: every alert.</summary>
    public static Matchers Everything { get; } = new([]);

    /// <summary>The conditions.</summary>
    public IReadOnlyList<Matcher> All { get; }

    /// <summary>Whether all hold.</summary>
    public bool Matches(IReadOnlyDictionary<string, string> labels)
    {
        foreach (var matcher in All)
        {
            if (!matcher.Matches(labels)) return false;
        }
        return true;
    }

    /// <summary>The only values of a label that can match; null when that can't be seen.</summary>
    public IReadOnlyCollection<string>? LiteralsOf(string label) => All.Select(m => m.Name == label ? m.Literals : null).FirstOrDefault(l => l is not null);

    /// <summary>Whether any alert at all would do: a silence or rule of this kind says nothing.</summary>
    public bool MatchesAnything => All.All(m => m.Matches(""));

    /// <summary>
    /// Reads <c>alertname=HighCpuUsage instance=~"web.*"</c>: conditions with spaces or commas between them, values in quotes where they
    /// hold such characters. Null with a sentence when it can't be read.
    /// </summary>
    public static Matchers? Read(string text, out LocalizedText? wrong)
    {
        wrong = null;
        if (text.Length > MaxText) wrong = SilenceTexts.MatchersTooLong;
        var found = new List<Matcher>();
        var at = 0;
        while (wrong is null && Skip(text, ref at))
        {
            var begin = at;
            var name = Name(text, ref at);
            var sign = Array.Find(Signs, s => string.CompareOrdinal(text, at, s, 0, s.Length) == 0);
            if (name.Length == 0 || sign is null) wrong = SilenceTexts.MatcherUnreadable(Word(text, begin));
            else if (Value(text, at += sign.Length, out at) is not { } value) wrong = SilenceTexts.MatcherUnreadable(Word(text, begin));
            else if (Make(name, sign, value) is not { } matcher) wrong = SilenceTexts.PatternUnreadable(value);
            else found.Add(matcher);
        }
        if (wrong is null && found.Count == 0) wrong = SilenceTexts.MatchersMissing;
        return wrong is null ? new(found) : null;
    }

    /// <summary>Reads what was read before and is stored since, nothing being every alert; null when it can't be read any more.</summary>
    public static Matchers? ReadStored(string text)
    {
        if (text.Length == 0) return Everything;
        if (Prepared.TryGetValue(text, out var known)) return known;
        if (Read(text, out _) is not { } matchers) return null;
        if (Prepared.Count >= 2_000) Prepared.Clear();
        return Prepared[text] = matchers;
    }

    private static Matcher? Make(string name, string sign, string value)
    {
        try
        {
            return new(name, sign, value);
        }
        catch (Exception failure) when (failure is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static bool Skip(string text, ref int at)
    {
        while (at < text.Length && (char.IsWhiteSpace(text[at]) || text[at] is ',' or '{' or '}')) at++;
        return at < text.Length;
    }

    private static string Name(string text, ref int at)
    {
        var begin = at;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '_' or ':' or '.')) at++;
        return text[begin..at];
    }

    private static string? Value(string text, int begin, out int at)
    {
        at = begin;
        if (at >= text.Length || Closing(text[at]) is not { } closing)
        {
            while (at < text.Length && !char.IsWhiteSpace(text[at]) && text[at] is not (',' or '}')) at++;
            return text[begin..at];
        }
        var value = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] == closing)
            {
                at++;
                return value.ToString();
            }
            // Only the quote and the backslash itself are escaped; everything else is the pattern's own.
            if (text[at] == '\\' && at + 1 < text.Length && (text[at + 1] == closing || text[at + 1] == '\\')) at++;
            value.Append(text[at]);
        }
        return null;
    }

    // Telephones write typographic quotes.
    private static char? Closing(char quote) => quote switch { '"' => '"', '\'' => '\'', '“' => '”', _ => null };

    private static string Word(string text, int begin)
    {
        var end = text.IndexOfAny([' ', ','], begin + 1);
        return end < 0 ? text[begin..] : text[begin..end];
    }
}
