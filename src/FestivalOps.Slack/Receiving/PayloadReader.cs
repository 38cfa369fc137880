using FestivalOps.Slack.Interaction;
using FestivalOps.Slack.Sending;
using Microsoft.Extensions.Logging;

namespace FestivalOps.Slack.Receiving;

/// <summary>Reads what Slack sent into our types, and lets through only a <c>response_url</c> to which an answer may go.</summary>
internal sealed partial class PayloadReader(SlackAddresses addresses, ILogger logger)
{
    /// <summary>In characters. Slack's are about 100; whoever keeps one may rely on this bound.</summary>
    internal const int LongestResponseUrl = 2000;

    /// <exception cref="FormatException">The payload is malformed.</exception>
    public T Read<T>(JsonElement payload) where T : class
    {
        try
        {
            var read = SlackJson.Read<T>(payload)!;
            if (read is InteractionRequest request)
                request.ResponseUrl = Usable(request.ResponseUrl);
            return read;
        }
        catch (JsonException cause)
        {
            throw new FormatException($"a payload that is no {typeof(T).Name}", cause);
        }
    }

    /// <summary>The address as it came; null when it is too strange to be kept.</summary>
    /// <exception cref="FormatException">It is not one of Slack's.</exception>
    public string? Usable(string? url)
    {
        if (string.IsNullOrEmpty(url))
            return url;
        if (url.Length > LongestResponseUrl || url.Any(char.IsControl))
        {
            Log.StrangeResponseUrl(logger, url.Length);
            return null;
        }
        return addresses.ResponseUrl(url) is null
            ? throw new FormatException("a response_url that is not one of Slack's (a loopback host needs AllowInsecureLoopback)")
            : url;
    }

    private static partial class Log
    {
        [LoggerMessage(36, LogLevel.Warning, "Passed over a response_url with control characters or too long ({Length} characters); no answer can go there")]
        public static partial void StrangeResponseUrl(ILogger logger, int length);
    }
}
