using System.Buffers;
using System.Text.RegularExpressions;

namespace FestivalOps.Scheduling.Runs;

/// <summary>
/// Takes secrets and addresses of people out of what a run writes, before it is kept or shown: tokens of Slack, passwords and keys behind
/// their names, credentials in addresses, access keys of AWS, the name in front of the @ of a mail address.
/// </summary>
internal static partial class OutputMask
{
    private const RegexOptions Plain = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase;

    // Each of them holds one of these; most lines hold none.
    private static readonly SearchValues<char> Marks = SearchValues.Create("@=:-Aa");

    /// <summary>The line without them; <c>***</c> stands in their place.</summary>
    public static string Of(string line)
    {
        if (!line.AsSpan().ContainsAny(Marks)) return line;
        var clean = SlackRedaction.Redact(line);
        clean = Credentials().Replace(clean, "://***@");
        clean = Named().Replace(clean, "${name}${between}***");
        clean = AccessKeys().Replace(clean, "***");
        return Addresses().Replace(clean, "***@${domain}");
    }

    [GeneratedRegex(@"://[^/\s:@]{0,100}:[^/\s@]{1,300}@", Plain, 1000)]
    private static partial Regex Credentials();

    [GeneratedRegex(@"(?<name>passw(or)?d|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|authorization)(?<between>[""']?\s{0,3}[=:]\s{0,3}[""']?((bearer|basic)\s{1,3})?)[^\s""'&,;]+", Plain, 1000)]
    private static partial Regex Named();

    [GeneratedRegex(@"\b(AKIA|ASIA)[0-9A-Z]{16}\b", Plain, 1000)]
    private static partial Regex AccessKeys();

    [GeneratedRegex(@"[A-Z0-9._%+-]{1,64}@(?<domain>[A-Z0-9-]{1,63}(\.[A-Z0-9-]{1,63}){0,8}\.[A-Z]{2,24})\b", Plain, 1000)]
    private static partial Regex Addresses();
}
