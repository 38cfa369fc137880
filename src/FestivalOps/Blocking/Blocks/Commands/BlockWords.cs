using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using FestivalOps.Blocking.Addresses;
using FestivalOps.Blocking.Blocks.Guarding;
using FestivalOps.Commands;
using FestivalOps.Commands.Grammar;
using FestivalOps.Language;

namespace FestivalOps.Blocking.Blocks.Commands;

/// <summary>Reads what people type about addresses and how long they are blocked.</summary>
internal static partial class BlockWords
{
    private static readonly string[] UntilWords = ["for", "until", "till"];

    /// <summary>The range that was typed, or why it is none.</summary>
    public static (AddressRange Range, LocalizedText? Problem) Range(string typed)
    {
        // Full-width digits, as Japanese keyboards type them, and what Slack escapes.
        var text = SlackText.Unescape(typed).Normalize(NormalizationForm.FormKC).Trim();
        if (AddressRange.TryParse(text, out var range)) return (range, null);
        return (default, Complaint(text));
    }

    /// <summary>Whether a text is meant as an address: <c>why</c> takes incidents, too.</summary>
    public static bool IsMeant(string typed)
    {
        var text = SlackText.Unescape(typed).Normalize(NormalizationForm.FormKC).Trim();
        return text.AsSpan().IndexOfAny('.', ':') >= 0;
    }

    /// <summary>How long, and why, from the words behind the address.</summary>
    /// <param name="words">All words.</param>
    /// <param name="first">The first behind the address.</param>
    /// <param name="when">Reads times.</param>
    /// <param name="now">When it was typed.</param>
    public static (DateTimeOffset? Until, bool IsPermanent, string Reason, LocalizedText? Problem) Wish(ImmutableArray<string> words, int first, SpokenWhen when, DateTimeOffset now)
    {
        if (first >= words.Length) return (null, false, "", null);
        if (BlockIpTexts.PermanentWords.Words.Contains(words[first].Normalize(NormalizationForm.FormKC).ToLowerInvariant(), StringComparer.Ordinal)) return (null, true, Rest(first + 1), null);
        var isNamed = UntilWords.Contains(words[first].ToLowerInvariant(), StringComparer.Ordinal);
        if (Years().IsMatch(string.Concat(words.Skip(isNamed ? first + 1 : first).Take(2)).Normalize(NormalizationForm.FormKC))) return (null, false, "", BlockTexts.TooLong);
        if (isNamed && first + 1 >= words.Length) return (null, false, "", WhenTexts.Missing);
        var read = when.Read(words, first, now);
        // "0h" is over already.
        if (read.Problem is not null && (isNamed || read.Words > 0)) return (null, false, "", read.Problem);
        if (read.Problem is not null) return (null, false, Rest(first), null);
        return read.At - now > AddressBlock.Longest ? (null, false, "", BlockTexts.TooLong) : (read.At, false, Rest(first + read.Words), null);

        string Rest(int from) => ForeignText.OneLine(SlackText.Unescape(string.Join(' ', words.Skip(from))), AddressBlock.MaxReason);
    }

    private static LocalizedText Complaint(string text)
    {
        var shown = CommandTexts.Typed(text);
        if (text.Contains('%', StringComparison.Ordinal)) return BlockIpTexts.Zone(shown);
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var name = slash < 0 ? text : text[..slash];
        if (IPAddress.TryParse(name, out var ip) && ip.AddressFamily == AddressFamily.InterNetworkV6)
        {
            if (IPAddress.IsLoopback(ip)) return BlockTexts.RefusedText(shown, GuardTexts.Loopback);
            if (slash < 0 || !AddressRange.TryParse(name, out _)) return slash < 0 ? BlockTexts.RefusedText(shown, GuardTexts.Nobody) : BlockIpTexts.NotARange(shown);
        }
        if (AddressRange.TryParse(name, out _)) return BlockIpTexts.NotARange(shown);
        if (text.Any(char.IsAsciiLetter) && !text.Contains(':', StringComparison.Ordinal)) return BlockIpTexts.Name(shown);
        return BlockIpTexts.NotAnAddress(shown);
    }

    // A hundred years, in whatever words.
    [GeneratedRegex(@"^\d+ ?(y|yr|yrs|year|years|\u5e74)(\D|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Years();
}
