using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace FestivalOps.Alerting.Webhook;

/// <summary>Checks who brings alerts. Takes as long for a wrong secret as for the right one, whatever its length.</summary>
internal sealed class WebhookKey(IOptions<WebhookOptions> options)
{
    private readonly byte[]? _bearer = options.Value.BearerToken is { Length: > 0 } token ? Hash("Bearer " + token) : null;
    private readonly byte[]? _basic = options.Value.User is { Length: > 0 } user
        ? Hash("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{options.Value.Password}")))
        : null;

    /// <summary>Whether the value of the header <c>Authorization</c> is one that we gave out.</summary>
    public bool Opens(string? authorization)
    {
        if (authorization is null || authorization.Length > 8_192) return false;
        // The scheme's name may be written in any case; the rest is the secret.
        var space = authorization.IndexOf(' ', StringComparison.Ordinal);
        var scheme = space < 0 ? "" : authorization[..space].ToLowerInvariant() switch { "bearer" => "Bearer", "basic" => "Basic", _ => "" };
        var given = Hash(scheme + (space < 0 ? authorization : authorization[space..]));
        var bearer = _bearer is not null && CryptographicOperations.FixedTimeEquals(given, _bearer);
        var basic = _basic is not null && CryptographicOperations.FixedTimeEquals(given, _basic);
        return bearer | basic;
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
