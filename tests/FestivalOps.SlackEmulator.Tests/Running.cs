using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FestivalOps.SlackEmulator.Team;

namespace FestivalOps.SlackEmulator.Tests;

/// <summary>A started workspace with a fake bot behind it and a clock that only the test moves.</summary>
internal sealed class Running : IAsyncDisposable
{
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(30) };

    private Running(EmulatorOptions options)
    {
        Options = options;
        Bot = new FakeBot(options.SigningSecret);
        App = EmulatorApp.Create(options, Clock);
    }

    public EmulatorOptions Options { get; }

    public WatchedClock Clock { get; } = new(new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero));

    public FakeBot Bot { get; }

    public WebApplication App { get; }

    public Workspace Workspace => App.Services.GetRequiredService<Workspace>();

    public string Url => Workspace.BaseUrl;

    public HttpClient Http => http;

    public static async Task<Running> StartAsync(Action<EmulatorOptions>? set = null)
    {
        var options = new EmulatorOptions();
        set?.Invoke(options);
        var running = new Running(options);
        await running.Bot.StartAsync();
        options.RequestUrl = running.Bot.Url;
        await running.App.StartAsync();
        return running;
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await App.DisposeAsync();
        await Bot.DisposeAsync();
    }

    /// <summary>Calls a Web API method with a form, as a careful bot does.</summary>
    public async Task<JsonNode> CallAsync(string method, params (string Name, object Value)[] args)
    {
        using var response = await SendAsync(method, args);
        return (await response.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    public Task<HttpResponseMessage> SendAsync(string method, params (string Name, object Value)[] args)
    {
        var form = args.Select(a => KeyValuePair.Create(a.Name, a.Value as string ?? JsonSerializer.Serialize(a.Value)));
        return SendAsync(method, new FormUrlEncodedContent(form), method == "apps.connections.open" ? Options.AppToken : Options.BotToken);
    }

    public async Task<HttpResponseMessage> SendAsync(string method, HttpContent content, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Url}/api/{method}") { Content = content };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await http.SendAsync(request);
    }

    public async Task<JsonNode> JsonAsync(string method, string json, string type = "application/json; charset=utf-8", string? token = null)
    {
        var content = new StringContent(json, Encoding.UTF8);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var response = await SendAsync(method, content, token ?? Options.BotToken);
        return (await response.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    public async Task<string> PostAsync(string channel, string text, object? blocks = null)
    {
        var answer = blocks is null ? await CallAsync("chat.postMessage", ("channel", channel), ("text", text)) : await CallAsync("chat.postMessage", ("channel", channel), ("text", text), ("blocks", blocks));
        return (string?)answer["ts"] ?? throw new InvalidOperationException(answer.ToJsonString());
    }

    public async Task<JsonNode> ControlAsync(string path, object body)
    {
        using var response = await http.PostAsJsonAsync($"{Url}/control/{path}", body);
        response.EnsureSuccessStatusCode();
        var text = await response.Content.ReadAsStringAsync();
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }

    public async Task<JsonArray> ListAsync(string path) => (await http.GetFromJsonAsync<JsonArray>($"{Url}/control/{path}"))!;

    public Task<JsonNode> TypeAsync(string text, string user = Seed.Sato, string channel = Seed.Ops) => ControlAsync("type", new { user, channel, text });

    public async Task<(int Status, string Body)> RespondAsync(string url, object body)
    {
        using var response = await http.PostAsJsonAsync(url, body);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Waits for something that happens in the background.</summary>
    public static async Task EventuallyAsync(Func<bool> isTrue)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!isTrue())
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, limit.Token);
    }
}
