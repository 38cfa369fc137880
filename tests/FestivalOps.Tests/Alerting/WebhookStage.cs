using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using FestivalOps.Alerting.Webhook;
using FestivalOps.Tests.SamplePlatform;
using FestivalOps.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shouldly;

namespace FestivalOps.Tests.Alerting;

/// <summary>The bot's HTTP side with the webhook open, its inbox running; everything else stands still.</summary>
internal sealed class WebhookStage : IAsyncDisposable
{
    public const string Token = "token-of-the-test";

    // What the inbox does is told by bodies that go through it.
    public static readonly (string, string)[] Settings = [("Alerting:Webhook:BearerToken", Token), ("Alerting:Webhook:AtOnceUpTo", "0")];

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(60) };

    private WebhookStage(AlertStage stage) => Stage = stage;

    public AlertStage Stage { get; }

    public string Log => Stage.Log.ToString();

    public static async Task<WebhookStage> OpenAsync(Engine engine, PostgresFixture postgres, params (string, string)[] settings)
    {
        var hook = new WebhookStage(await AlertStage.OpenAsync(engine, postgres, [.. Settings, .. settings]));
        await StartAsync(hook.Stage);
        await hook.Stage.ListenAsync();
        return hook;
    }

    /// <summary>Starts what takes and works off alerts, and nothing else.</summary>
    public static async Task StartAsync(AlertStage stage)
    {
        foreach (var service in stage.Services.GetServices<IHostedService>().Where(s => s is AlertInbox or InboxWorker)) await service.StartAsync(default);
    }

    /// <summary>From now on nothing that is accepted is worked off, as if the process were killed before it.</summary>
    public Task StopWorkerAsync() => Stage.Services.GetServices<IHostedService>().OfType<InboxWorker>().Single().StopAsync(default);

    public async Task<HttpResponseMessage> PostAsync(
        string body, string authorization = "Bearer " + Token, string type = "application/json", string? encoding = null, bool chunked = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Stage.Address, AlertmanagerEndpoint.Path));
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        request.Headers.TransferEncodingChunked = chunked ? true : null;
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        if (encoding is not null) request.Content.Headers.ContentEncoding.Add(encoding);
        return await _http.SendAsync(request);
    }

    public Task<string> GetAsync(string path) => _http.GetStringAsync(new Uri(Stage.Address, path));

    public Task SettledAsync(int incidents) =>
        UntilAsync(async () => Stage.Get<AlertInbox>().WaitingBodies == 0 && (await Stage.IncidentsAsync()).Count == incidents);

    public async Task UntilAsync(Func<Task<bool>> holds)
    {
        var patience = Stopwatch.StartNew();
        while (!await holds())
        {
            patience.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(60), "it should have come to pass long ago\n" + Log);
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }

    public static string Firing(string name) =>
        $$$"""{"status":"firing","labels":{"alertname":"{{{name}}}","instance":"web-1:9100","severity":"warning"},"annotations":{"summary":"High CPU usage detected","description":"92%"},"startsAt":"2026-11-24T02:55:00Z","endsAt":"0001-01-01T00:00:00Z","generatorURL":"http://prometheus/graph","fingerprint":"0"}""";

    public static string Body(params string[] alerts) =>
        $$$"""{"receiver":"bot","status":"firing","alerts":[{{{string.Join(',', alerts)}}}],"groupLabels":{"alertname":"X"},"commonLabels":{},"commonAnnotations":{},"externalURL":"http://alertmanager","version":"4","groupKey":"{}:{alertname=\"X\"}","truncatedAlerts":0}""";

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Stage.DisposeAsync();
    }
}
