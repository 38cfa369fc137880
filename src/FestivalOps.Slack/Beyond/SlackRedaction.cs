using System.Text.RegularExpressions;

namespace FestivalOps.Slack.Beyond;

/// <summary>Takes secrets of Slack out of a text before it is logged.</summary>
public static partial class SlackRedaction
{
    /// <summary>Replaces tokens (<c>xoxb-</c>, <c>xapp-</c>, <c>xoxe…</c> and their kin) and the paths of hook and socket addresses by <c>***</c>.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>The text without secrets.</returns>
    public static string Redact(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Hooks().Replace(Tokens().Replace(text, "${kind}-***"), "${host}/***");
    }

    [GeneratedRegex(@"\b(?<kind>xoxe\.xox[a-z]|xox[a-z]|xapp|xwfp)[-.][A-Za-z0-9\-.]+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Tokens();

    [GeneratedRegex(@"(?<host>(https?|wss?)://(hooks\.slack(-gov)?\.com|[A-Za-z0-9.\-]*wss[A-Za-z0-9.\-]*\.slack(-gov)?\.com|files\.slack(-gov)?\.com))/[^\s""'<>\\]+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Hooks();
}
