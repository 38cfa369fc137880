using System.ComponentModel.DataAnnotations;

namespace FestivalOps.Settings;

/// <summary>How Slack reaches us.</summary>
internal enum SlackTransport
{
    /// <summary>We open the connection: no public address is needed.</summary>
    Socket,

    /// <summary>Slack sends signed requests to a public address of ours.</summary>
    Http,
}

/// <summary>The connection to Slack. Section <c>Slack</c>.</summary>
internal sealed class SlackSettings : IValidatableObject
{
    /// <summary>How Slack reaches us. Default: Socket.</summary>
    [EnumDataType(typeof(SlackTransport))]
    public SlackTransport Transport { get; set; } = SlackTransport.Socket;

    /// <summary>The bot token, <c>xoxb-…</c>. Required. A secret.</summary>
    public string? BotToken { get; set; }

    /// <summary>The app-level token, <c>xapp-…</c>, with the scope <c>connections:write</c>. Required for Socket. A secret.</summary>
    public string? AppToken { get; set; }

    /// <summary>The signing secret. Required for Http. A secret.</summary>
    public string? SigningSecret { get; set; }

    /// <summary>Where Slack's Web API is. Default: <c>https://slack.com/api/</c>. Anything else is a stand-in, for tests and demos.</summary>
    public Uri ApiBaseUrl { get; set; } = new("https://slack.com/api/");

    /// <summary>
    /// Allows plain http and ws to this machine itself (127.0.0.1, ::1, localhost), for a stand-in. Never to any other host. Default: false.
    /// </summary>
    public bool AllowInsecureLoopback { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrWhiteSpace(BotToken))
            yield return new("BotToken is missing: install the app in your workspace and copy the \"Bot User OAuth Token\" (xoxb-…).", [nameof(BotToken)]);
        else if (!BotToken.StartsWith("xoxb-", StringComparison.Ordinal) && !BotToken.StartsWith("xoxe.xoxb-", StringComparison.Ordinal))
            yield return new("BotToken must begin with xoxb-; this is another kind of token.", [nameof(BotToken)]);
        else if (!IsWhole(BotToken))
            yield return new("BotToken holds characters that no token has (a space, a line break, …); copy it again.", [nameof(BotToken)]);

        if (Transport == SlackTransport.Socket)
        {
            if (string.IsNullOrWhiteSpace(AppToken))
                yield return new("AppToken is missing: make an app-level token with the scope connections:write (xapp-…), or set Transport to Http.", [nameof(AppToken)]);
            else if (!AppToken.StartsWith("xapp-", StringComparison.Ordinal))
                yield return new("AppToken must begin with xapp-; this is another kind of token.", [nameof(AppToken)]);
            else if (!IsWhole(AppToken))
                yield return new("AppToken holds characters that no token has (a space, a line break, …); copy it again.", [nameof(AppToken)]);
        }
        else if (string.IsNullOrWhiteSpace(SigningSecret))
        {
            yield return new("SigningSecret is missing: copy it from \"Basic Information\" of your app, or set Transport to Socket.", [nameof(SigningSecret)]);
        }
        else if (!IsWhole(SigningSecret))
        {
            yield return new("SigningSecret holds characters that no signing secret has (a space, a line break, …); copy it again.", [nameof(SigningSecret)]);
        }

        if (!ApiBaseUrl.IsAbsoluteUri || ApiBaseUrl.UserInfo.Length > 0 || !(ApiBaseUrl.Scheme == "https" || (ApiBaseUrl is { Scheme: "http", IsLoopback: true } && AllowInsecureLoopback)))
            yield return new("ApiBaseUrl must be an https address without a user name, like https://slack.com/api/ (plain http only to this machine, with AllowInsecureLoopback).", [nameof(ApiBaseUrl)]);
    }

    private static bool IsWhole(string token) => token.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_');
}
