using System.Text;

namespace FestivalOps.Hosts.Running;

/// <summary>
/// Words for a POSIX shell. SSH knows only a line of text, which the account's shell at the other end takes apart again; this is the one place
/// that puts it together.
/// </summary>
internal static class ShellWords
{
    // Unlike the default encoder, this one refuses what has no UTF-8 form instead of changing it.
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>A line that a POSIX shell takes apart into exactly these words.</summary>
    /// <exception cref="ArgumentException">A word can't be passed on: it holds NUL or half of a surrogate pair.</exception>
    public static string Line(IEnumerable<string> words) => string.Join(' ', words.Select(Quote));

    /// <summary>One word: within single quotes nothing is special but the quote itself, which is closed, escaped and opened again.</summary>
    /// <exception cref="ArgumentException">The word can't be passed on: it holds NUL or half of a surrogate pair.</exception>
    public static string Quote(string word)
    {
        if (word.Contains('\0', StringComparison.Ordinal)) throw new ArgumentException("An argument can't hold NUL.", nameof(word));
        if (!IsWhole(word)) throw new ArgumentException("An argument can't hold half of a surrogate pair.", nameof(word));
        return "'" + word.Replace("'", @"'\''", StringComparison.Ordinal) + "'";
    }

    /// <summary>One word for people: quoted only where it needs to be.</summary>
    public static string Shown(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "/._-+=:,@%".Contains(c, StringComparison.Ordinal)) ? word : Quote(word);

    private static bool IsWhole(string word)
    {
        try
        {
            _ = Strict.GetByteCount(word);
            return true;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }
}
