using System.Collections.Immutable;
using System.Text;

namespace FestivalOps.Commands.Grammar;

/// <summary>
/// What was typed after <c>/fops</c>, in words. Phones turn <c>"</c> into curly quotes and <c>--</c> into a long dash, Japanese keyboards
/// type full-width letters and spaces: all of these mean what their plain forms mean. What nobody sees (direction marks, zero-width
/// characters, as they come along when a text is copied) is left out.
/// </summary>
internal sealed class CommandLine
{
    /// <summary>Longest text that is read; Slack sends less. Unit: characters.</summary>
    public const int MaxLength = 4000;

    private const string Opening = "\"“”„‟«»「『＂";
    private const string Closing = "\"“”„‟«»」』＂";
    private const string Dashes = "–—―";

    private CommandLine(ImmutableArray<string> words) => Words = words;

    /// <summary>The words as they were typed, without their quotes.</summary>
    public ImmutableArray<string> Words { get; }

    /// <summary>A word in the form in which names are compared: half-width, lower case. Empty past the end.</summary>
    public string Name(int index) =>
        index < Words.Length ? Words[index].Normalize(NormalizationForm.FormKC).ToLowerInvariant() : "";

    /// <summary>The words from <paramref name="index"/> on.</summary>
    public ImmutableArray<string> From(int index) => index >= Words.Length ? [] : Words[index..];

    /// <summary>Splits a text. A quote that is never closed reaches to the end: people forget the second one.</summary>
    public static CommandLine Parse(string? text)
    {
        var words = ImmutableArray.CreateBuilder<string>();
        var word = new StringBuilder();
        var (inside, quoted) = (false, false);
        foreach (var letter in Trim(text))
        {
            if (inside && Closing.Contains(letter)) inside = false;
            else if (!inside && word.Length == 0 && Opening.Contains(letter)) (inside, quoted) = (true, true);
            else if (!inside && char.IsWhiteSpace(letter)) Flush();
            else if (!inside && word.Length == 0 && Dashes.Contains(letter)) word.Append("--");
            else word.Append(letter);
        }
        Flush();
        // A dash that stands alone before the first word says nothing.
        while (words.Count > 0 && words[0] is "--" or "-") words.RemoveAt(0);
        return new(words.ToImmutable());

        void Flush()
        {
            if (word.Length > 0 || quoted) words.Add(word.ToString());
            word.Clear();
            quoted = false;
        }
    }

    // Rune by rune, so that a cut never halves a character and a broken one becomes U+FFFD: comparing names would throw on it.
    private static string Trim(string? text)
    {
        if (text is null || (text.Length <= MaxLength && !text.AsSpan().ContainsAnyExceptInRange(' ', '~'))) return text ?? "";
        var whole = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsUnseen(rune)) continue;
            if (whole.Length + rune.Utf16SequenceLength > MaxLength) break;
            whole.Append(rune.ToString());
        }
        return whole.ToString();
    }

    // Not the joiners U+200C and U+200D: emoji and some scripts are written with them.
    private static bool IsUnseen(Rune rune) => (Rune.IsControl(rune) && !Rune.IsWhiteSpace(rune)) || rune.Value is 0xAD or 0x200B or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2060 and <= 0x206F) or 0xFEFF or 0x61C;
}
