using System.Collections.Concurrent;
using System.Collections.Specialized;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using System.Web;

namespace FestivalOps.SlackEmulator.Tests;

/// <summary>What the fake bot got.</summary>
internal sealed record BotRequest(string ContentType, string Body, IReadOnlyDictionary<string, string> Headers, bool IsSigned)
{
    public NameValueCollection Form => HttpUtility.ParseQueryString(Body);

    public JsonNode Payload => JsonNode.Parse(ContentType.Contains("json", StringComparison.Ordinal) ? Body : Form["payload"]!)!;

    public string? RetryNumber => Headers.GetValueOrDefault("X-Slack-Retry-Num");
}

/// <summary>What it answers.</summary>
internal sealed record BotReply(int Status = 200, string Body = "", string ContentType = "application/json");

/// <summary>A bot in a few lines, which checks the signature with its own code.</summary>
internal sealed class FakeBot(string secret) : IAsyncDisposable
{
    private readonly Channel<BotRequest> got = Channel.CreateUnbounded<BotRequest>();
    private readonly ConcurrentQueue<BotRequest> all = new();
    private WebApplication? app;

    public Func<BotRequest, Task<BotReply>> Answer { get; set; } = _ => Task.FromResult(new BotReply());

    public IReadOnlyList<BotRequest> All => [.. all];

    public string Url => app!.Urls.First() + "/slack/events";

    public void Replies(string json) => Answer = _ => Task.FromResult(new BotReply(Body: json));

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        app = builder.Build();
        app.Run(HandleAsync);
        await app.StartAsync();
    }

    public async Task<BotRequest> NextAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return await got.Reader.ReadAsync(limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
            await app.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context)
    {
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer);
        var headers = context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var request = new BotRequest(context.Request.ContentType ?? "", Encoding.UTF8.GetString(buffer.ToArray()), headers, Signed(headers, buffer.ToArray()));
        all.Enqueue(request);
        await got.Writer.WriteAsync(request);
        var reply = await Answer(request);
        context.Response.StatusCode = reply.Status;
        context.Response.ContentType = reply.ContentType;
        await context.Response.WriteAsync(reply.Body);
    }

    private bool Signed(Dictionary<string, string> headers, byte[] body)
    {
        var stamp = headers.GetValueOrDefault("X-Slack-Request-Timestamp") ?? "";
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"v0:{stamp}:")));
        hmac.AppendData(body);
        return headers.GetValueOrDefault("X-Slack-Signature") == "v0=" + Convert.ToHexString(hmac.GetHashAndReset()).ToLowerInvariant();
    }
}
