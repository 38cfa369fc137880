using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace FestivalOps.Channels.Carriers;

/// <summary>
/// Posts JSON to a named address, signed like Slack signs: <c>X-FestivalOps-Signature: v1=</c> and the HMAC-SHA256 of
/// <c>timestamp.body</c>. A call whose outcome is unclear is repeated with the same <c>Idempotency-Key</c>, by which the other end
/// recognises it. Redirects are not followed: a page must not go where the settings do not say.
/// </summary>
internal sealed class WebhookCarrier(IHttpClientFactory clients, IOptions<WebhookOptions> options, TimeProvider time) : ICarrier
{
    /// <summary>Name of the HTTP client.</summary>
    public const string ClientName = "FestivalOps.Webhooks";

    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    // What the binder made compares letter by letter; people write names as they like.
    private readonly Dictionary<string, WebhookTarget> _targets = new(options.Value.Targets, StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public IReadOnlyCollection<Carrier> Carries { get; } = [Carrier.Webhook];

    /// <inheritdoc/>
    public async Task<Delivery> SendAsync(OutboxRow row, Prepared prepared, Action leaves, CancellationToken ct)
    {
        if (prepared is not Prepared.Call call)
            throw new InvalidOperationException($"{row.Kind} prepared a {prepared.GetType().Name} for a webhook.");
        if (!_targets.TryGetValue(row.Target, out var target)) return new Delivery.Refused("webhook_not_set_up");
        using var request = Request(row, call.Json, target);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(target.TimeoutSeconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        using var client = clients.CreateClient(ClientName);
        try
        {
            leaves();
            // What it answers beyond the status is not read.
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return Read(response);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new Delivery.Unclear("no answer in time");
        }
        catch (HttpRequestException failure)
        {
            return failure.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError
                ? new Delivery.NotTaken($"can't be reached ({failure.HttpRequestError})")
                : new Delivery.Unclear($"the connection broke ({failure.HttpRequestError})");
        }
    }

    /// <summary>The signature of a body sent at <paramref name="timestamp"/> (Unix seconds).</summary>
    public static string Sign(string secret, string timestamp, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.UTF8.GetBytes(timestamp + "."));
        hmac.AppendData(body);
        return "v1=" + Convert.ToHexStringLower(hmac.GetHashAndReset());
    }

    private HttpRequestMessage Request(OutboxRow row, string json, WebhookTarget target)
    {
        var body = Encoding.UTF8.GetBytes(json);
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var request = new HttpRequestMessage(HttpMethod.Post, target.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.Add("X-FestivalOps-Timestamp", timestamp);
        request.Headers.Add("X-FestivalOps-Signature", Sign(target.Secret, timestamp, body));
        request.Headers.TryAddWithoutValidation("Idempotency-Key", row.Key);
        return request;
    }

    private Delivery Read(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        return response.StatusCode switch
        {
            _ when response.IsSuccessStatusCode => new Delivery.Arrived("", ""),
            HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests => new Delivery.NotTaken($"asks to wait ({status})", Wait(response)),
            HttpStatusCode.ServiceUnavailable => new Delivery.NotTaken($"is not available ({status})", Wait(response)),
            _ when status >= 500 => new Delivery.Unclear($"failed ({status})"),
            _ => new Delivery.Refused($"http_{status}"),
        };
    }

    private TimeSpan? Wait(HttpResponseMessage response)
    {
        var wait = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - time.GetUtcNow(),
            _ => (TimeSpan?)null,
        };
        return wait is null ? null : wait < TimeSpan.Zero ? TimeSpan.Zero : wait > LongestWait ? LongestWait : wait;
    }
}
