using FestivalOps.Slack.Receiving;

namespace FestivalOps.Slack.Sending;

/// <summary>
/// Which addresses we talk to. A <c>response_url</c> arrives in a payload and an upload or socket address in an answer: whoever could forge
/// one would otherwise choose where our messages, files and connections go.
/// </summary>
internal sealed class SlackAddresses
{
    private readonly bool _allowLoopback;

    public SlackAddresses(SlackSettings settings)
    {
        _allowLoopback = settings.AllowInsecureLoopback;
        if (!settings.ApiBaseUrl.IsAbsoluteUri || !(settings.ApiBaseUrl.Scheme == Uri.UriSchemeHttps && IsPlain(settings.ApiBaseUrl)) && !IsAllowedLoopback(settings.ApiBaseUrl, "http"))
            throw new InvalidOperationException(
                $"The Slack API address '{settings.ApiBaseUrl}' must be https. For a stand-in on this machine use http with a loopback host and switch AllowInsecureLoopback on.");
        ApiBase = settings.ApiBaseUrl.AbsoluteUri.EndsWith('/') ? settings.ApiBaseUrl : new Uri(settings.ApiBaseUrl.AbsoluteUri + "/");
    }

    public Uri ApiBase { get; }

    public Uri? ResponseUrl(string? url) => Check(url, "https", host => host is "hooks.slack.com" or "hooks.slack-gov.com");

    public Uri? UploadUrl(string? url) => Check(url, "https", IsSlack);

    public Uri? SocketUrl(string? url) => Check(url, "wss", IsSlack);

    private Uri? Check(string? url, string scheme, Func<string, bool> allowed)
    {
        if (url is null or { Length: > 2048 } || !Uri.TryCreate(url, UriKind.Absolute, out var address))
            return null;
        var secure = address.Scheme == scheme && IsPlain(address) && address.IsDefaultPort && allowed(address.IdnHost.ToLowerInvariant());
        return secure || IsAllowedLoopback(address, scheme == "wss" ? "ws" : "http") || IsAllowedLoopback(address, scheme) ? address : null;
    }

    private bool IsAllowedLoopback(Uri address, string scheme) => _allowLoopback && address.Scheme == scheme && address.IsLoopback && IsPlain(address);

    private static bool IsPlain(Uri address) => address.UserInfo.Length == 0 && address.Fragment.Length == 0;

    private static bool IsSlack(string host) =>
        host is "slack.com" or "slack-gov.com" || host.EndsWith(".slack.com", StringComparison.Ordinal)
        || host.EndsWith(".slack-gov.com", StringComparison.Ordinal);
}
