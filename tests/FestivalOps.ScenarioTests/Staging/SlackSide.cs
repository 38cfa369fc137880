using System.Net.Http.Json;
using System.Text.Json;
using FestivalOps.SlackEmulator;
using FestivalOps.SlackEmulator.Delivery;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace FestivalOps.ScenarioTests.Staging;

/// <summary>The workspace: what people see in it, and its control API with faults and records.</summary>
internal sealed class SlackSide : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, PropertyNameCaseInsensitive = true,
    };

    private readonly WebApplication app;
    private readonly HttpClient control;

    private SlackSide(WebApplication app, EmulatorOptions options)
    {
        (this.app, Options) = (app, options);
        Workspace = app.Services.GetRequiredService<Workspace>();
        Address = new(app.Urls.First());
        control = new() { BaseAddress = new(Address, "/control/"), Timeout = TimeSpan.FromMinutes(2) };
    }

    public EmulatorOptions Options { get; }

    public Workspace Workspace { get; }

    public Uri Address { get; }

    public static async Task<SlackSide> StartAsync(Transport transport, int botPort, TimeProvider clock)
    {
        var options = new EmulatorOptions
        {
            DeliveryMode = transport == Transport.Http ? DeliveryMode.Http : DeliveryMode.Socket,
            RequestUrl = $"http://127.0.0.1:{botPort}/slack/events",
            BotScopes =
            [
                "commands", "chat:write", "channels:history", "groups:history", "im:history", "im:write", "users:read", "users:read.email",
                "usergroups:read", "usergroups:write", "files:write",
            ],
            Events = [],
        };
        var workspace = EmulatorApp.Create(options, clock);
        await workspace.StartAsync(TestContext.Current.CancellationToken);
        return new(workspace, options);
    }

    /// <summary>Types as a person; ends with the bot's acknowledgement.</summary>
    public Task<Outcome> TypeAsync(string user, string channel, string text) => ActAsync("type", new { user, channel, text });

    /// <summary>Presses as a person; ends with the bot's acknowledgement.</summary>
    public Task<Outcome> PressAsync(string user, string channel, string ts, string actionId, string? value = null) =>
        ActAsync("press", new { user, channel, ts, action_id = actionId, value });

    /// <summary>Fills in an input of the open dialog.</summary>
    public Task<Outcome> FillAsync(string user, string actionId, string value) => ActAsync("press", new { user, action_id = actionId, value });

    /// <summary>Sends the open dialog; ends with the bot's acknowledgement.</summary>
    public Task<Outcome> SubmitAsync(string user) => ActAsync("submit", new { user });

    /// <summary>Turns fault knobs, see the emulator's control API.</summary>
    public Task FaultAsync(object knobs) => PostAsync("faults", knobs);

    /// <summary>All faults off.</summary>
    public Task HealAsync() => PostAsync("faults/clear", new { });

    /// <summary><c>drop</c>, <c>warning</c>, <c>refresh_requested</c>.</summary>
    public Task SocketsAsync(string action) => PostAsync("faults/sockets", new { action });

    public Task PostAsync(string path, object body) => SendAsync(path, body);

    /// <summary>What the bot did that Slack refuses, one line each.</summary>
    public async Task<IReadOnlyList<string>> RefusalsAsync() =>
        [.. (await ReadAsync("refusals")).Select(r => $"{r.GetProperty("where")}: {r.GetProperty("error")} {r.GetProperty("messages")}")];

    /// <summary>The bot's calls of a method (<c>response_url</c> is one, too).</summary>
    public Task<IReadOnlyList<JsonElement>> CallsAsync(string method) => ReadAsync("calls?method=" + method);

    public Task<IReadOnlyList<JsonElement>> DeliveriesAsync() => ReadAsync("deliveries");

    /// <summary>How many sockets the bot has open.</summary>
    public async Task<int> SocketCountAsync()
    {
        var state = await control.GetFromJsonAsync<JsonElement>("state", TestContext.Current.CancellationToken);
        return state.GetProperty("sockets").GetInt32();
    }

    public async ValueTask DisposeAsync()
    {
        control.Dispose();
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
    }

    private async Task<Outcome> ActAsync(string path, object body)
    {
        using var answer = await SendAsync(path, body);
        return (await answer.Content.ReadFromJsonAsync<Outcome>(Json, TestContext.Current.CancellationToken))!;
    }

    private async Task<HttpResponseMessage> SendAsync(string path, object body)
    {
        var answer = await control.PostAsJsonAsync(path, body, TestContext.Current.CancellationToken);
        return answer.EnsureSuccessStatusCode();
    }

    private async Task<IReadOnlyList<JsonElement>> ReadAsync(string path) =>
        (await control.GetFromJsonAsync<List<JsonElement>>(path, TestContext.Current.CancellationToken))!;
}
