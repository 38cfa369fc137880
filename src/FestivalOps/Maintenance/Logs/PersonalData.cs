using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace FestivalOps.Maintenance.Logs;

/// <summary>
/// Takes what belongs to persons, and secrets, out of a line that people will read: mail addresses but their domain, the last part of IP
/// addresses, telephone and card numbers, tokens, passwords. It rather takes too much than too little.
/// </summary>
internal static partial class PersonalData
{
    private const int Patience = 1000;
    private const string Mask = "***";

    /// <summary>Longer lines are cut before. Unit: characters.</summary>
    public const int LongestLine = 4_000;

    /// <summary>The line without them.</summary>
    public static string Masked(string line)
    {
        if (line.Length > LongestLine) line = line[..LongestLine];
        line = Named().Replace(line, m => m.Groups["name"].Value + Mask);
        line = Authorization().Replace(line, m => m.Groups["name"].Value + Mask);
        line = Token().Replace(line, Mask);
        line = Mail().Replace(line, m => $"{Mask}@{m.Groups["domain"].Value}");
        line = Address4().Replace(line, m => IPAddress.TryParse(m.Value, out _) ? m.Value[..(m.Value.LastIndexOf('.') + 1)] + "x" : m.Value);
        line = Address6().Replace(line, m => MaskedAddress6(m.Value));
        line = Phone().Replace(line, Mask);
        return Card().Replace(line, Mask);
    }

    // The first 48 bits say which network it is.
    private static string MaskedAddress6(string text) =>
        IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6 && !IPAddress.IsLoopback(address)
            ? new IPAddress([.. address.GetAddressBytes().Take(6), .. new byte[10]]) + "x"
            : text;

    // password=…, "token": "…", api_key: …
    [GeneratedRegex(
        "(?<name>(password|passwd|pwd|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|authenticity_token|session(_id)?|cookie|csrf)[\"']?\\s*(=>|[=:])\\s*[\"']?)[^\\s\"',;&}\\])]+",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Named();

    [GeneratedRegex("(?<name>\\b(Bearer|Basic)\\s+)[A-Za-z0-9._~+/=-]{6,}", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Authorization();

    // Slack's and Stripe's prefixes, JSON web tokens, and long words of hex or base64.
    [GeneratedRegex(
        "\\bxox[a-z]-[A-Za-z0-9-]+|\\bxapp-[A-Za-z0-9-]+|\\b(sk|pk|rk|whsec)_[A-Za-z0-9_]{8,}|\\beyJ[A-Za-z0-9_-]{8,}(\\.[A-Za-z0-9_-]*){0,2}|\\b(?=[A-Za-z0-9+_-]*[0-9])(?=[A-Za-z0-9+_-]*[A-Za-z])(?![0-9a-fA-F]{8}-[0-9a-fA-F]{4}-)[A-Za-z0-9+_-]{32,}={0,2}",
        RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Token();

    [GeneratedRegex("[\\p{L}\\p{N}._%+'-]{1,64}(@|%40)(?<domain>[A-Za-z0-9-]{1,63}(\\.[A-Za-z0-9-]{1,63})+)", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Mail();

    [GeneratedRegex("(?<![0-9.])([0-9]{1,3}\\.){3}[0-9]{1,3}(?![0-9]|\\.[0-9])", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Address4();

    [GeneratedRegex("(?<![0-9A-Za-z:.])[0-9a-fA-F]{0,4}(:[0-9a-fA-F]{0,4}){2,7}(?![0-9A-Za-z:])", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Address6();

    // Japanese numbers with or without hyphens, and international ones.
    [GeneratedRegex("(?<![0-9A-Za-z.-])(\\+[0-9]{1,3}[ -]?[0-9][0-9 -]{6,13}[0-9]|0[0-9]{1,4}-[0-9]{1,4}-[0-9]{3,4}|0[0-9]{9,10})(?![0-9A-Za-z-])", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Phone();

    [GeneratedRegex("(?<![0-9A-Za-z.-])[0-9]{4}([ -]?[0-9]{4}){2}[ -]?[0-9]{1,7}(?![0-9A-Za-z-])", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Card();
}
