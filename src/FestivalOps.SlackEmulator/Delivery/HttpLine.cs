using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace FestivalOps.SlackEmulator.Delivery;

/// <summary>Signed HTTP requests to the bot.</summary>
internal sealed class HttpLine(EmulatorOptions options, TimeProvider time) : IDisposable
{
    /// <summary>The bot has to acknowledge within this. Slack limit: 3 seconds.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private const int MaxAnswer = 1024 * 1024;
    private readonly HttpClient http = new(new SocketsHttpHandler { MaxAutomaticRedirections = 2, UseProxy = false, PooledConnectionLifetime = TimeSpan.FromMinutes(1) })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = MaxAnswer,
    };

    public async Task<BotAnswer> SendAsync(DeliveryKind kind, JsonObject payload, Retry? retry, CancellationToken cancel)
    {
        var started = time.GetTimestamp();
        using var patience = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancel);
        try
        {
            using var request = Request(kind, payload, retry);
            using var response = await http.SendAsync(request, both.Token);
            var body = await response.Content.ReadAsStringAsync(both.Token);
            var isJson = response.Content.Headers.ContentType?.MediaType is "application/json";
            return new BotAnswer(response.IsSuccessStatusCode ? AckResult.Acknowledged : AckResult.Refused, (int)response.StatusCode, body, isJson, time.GetElapsedTime(started))
            {
                NoRetry = response.Headers.TryGetValues("X-Slack-No-Retry", out var no) && no.Contains("1", StringComparer.Ordinal),
            };
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return new BotAnswer(AckResult.TimedOut, 0, "", false, time.GetElapsedTime(started));
        }
        catch (HttpRequestException)
        {
            return new BotAnswer(AckResult.Unreachable, 0, "", false, time.GetElapsedTime(started));
        }
    }

    public void Dispose() => http.Dispose();

    /// <summary>The v0 signature: HMAC-SHA256 of <c>v0:timestamp:body</c>, as hex.</summary>
    internal static string Sign(string secret, string timestamp, byte[] body)
    {
        var text = new byte[Encoding.UTF8.GetByteCount(timestamp) + 4 + body.Length];
        var head = Encoding.UTF8.GetBytes($"v0:{timestamp}:", text);
        body.CopyTo(text, head);
        return "v0=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), text));
    }

    private HttpRequestMessage Request(DeliveryKind kind, JsonObject payload, Retry? retry)
    {
        var body = kind switch
        {
            DeliveryKind.Event => Encoding.UTF8.GetBytes(payload.ToJsonString()),
            DeliveryKind.Command => Form(payload.Select(p => KeyValuePair.Create(p.Key, p.Value!.ToString()))),
            _ => Form([KeyValuePair.Create("payload", payload.ToJsonString())]),
        };
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var url = kind switch
        {
            DeliveryKind.Command => options.CommandsUrl,
            DeliveryKind.Interactive => options.InteractivityUrl,
            DeliveryKind.Options => options.OptionsUrl,
            _ => null,
        } ?? options.RequestUrl;
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(kind == DeliveryKind.Event ? "application/json" : "application/x-www-form-urlencoded");
        request.Headers.Add("X-Slack-Request-Timestamp", timestamp);
        request.Headers.Add("X-Slack-Signature", Sign(options.SigningSecret, timestamp, body));
        request.Headers.UserAgent.ParseAdd("Slackbot/1.0");
        if (retry is not null)
        {
            request.Headers.Add("X-Slack-Retry-Num", retry.Number.ToString(CultureInfo.InvariantCulture));
            request.Headers.Add("X-Slack-Retry-Reason", retry.Reason);
        }
        return request;
    }

    private static byte[] Form(IEnumerable<KeyValuePair<string, string>> fields) =>
        Encoding.UTF8.GetBytes(string.Join('&', fields.Select(f => $"{Uri.EscapeDataString(f.Key)}={Uri.EscapeDataString(f.Value).Replace("%20", "+", StringComparison.Ordinal)}")));
}
