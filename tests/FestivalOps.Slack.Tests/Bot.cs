using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace FestivalOps.Slack.Tests;

/// <summary>Every line that was logged, at every level.</summary>
internal sealed class LogCapture : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull
    {
        Lines.Enqueue($"scope {state}");
        return null;
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");

    public void Dispose() { }
}

/// <summary>A host with the library in it, on a real port, talking to a <see cref="StandIn"/>.</summary>
internal sealed class Bot : IAsyncDisposable
{
    public const string Secret = "8f742231b10e8888abcd99yyyzzz85a5";
    public const string Token = "xoxb-111-222-verysecret";
    public const string AppToken = "xapp-1-A1-333-alsosecret";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly WebApplication _app;
    private readonly TimeProvider _time;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(60) };

    private Bot(WebApplication app, StandIn slack, LogCapture logs, TimeProvider time) => (_app, Slack, Logs, _time) = (app, slack, logs, time);

    public StandIn Slack { get; }

    public LogCapture Logs { get; }

    public string Address { get; private set; } = "";

    public ISlackApiClient Client => _app.Services.GetRequiredService<ISlackApiClient>();

    public T Service<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    public static async Task<Bot> Start(
        Action<AspNetSlackServiceConfiguration>? configure = null, TimeProvider? time = null, Action<IServiceCollection>? services = null)
    {
        var slack = await StandIn.Start();
        var logs = new LogCapture();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(logs).SetMinimumLevel(LogLevel.Trace);
        if (time is not null)
            builder.Services.AddSingleton(time);
        builder.Services.AddSlackNet(c =>
        {
            c.UseApiToken(Token).UseAppLevelToken(AppToken).UseSigningSecret(Secret).UseApiBaseUrl(new Uri($"{slack.Address}/api/")).AllowInsecureLoopback();
            configure?.Invoke(c);
        });
        services?.Invoke(builder.Services);
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.UseSlackNet(c => c.MapToPrefix("slack"));
        var bot = new Bot(app, slack, logs, time ?? TimeProvider.System);
        await app.StartAsync();
        bot.Address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return bot;
    }

    public string Command(string text, string trigger = "1.2.a", string command = "/fops", string user = "U1") =>
        $"token=old&team_id=T1&team_domain=festa&channel_id=C1&channel_name=ops&user_id={user}&user_name=hana&command={Uri.EscapeDataString(command)}" +
        $"&text={Uri.EscapeDataString(text)}&api_app_id=A1&is_enterprise_install=false&response_url={Uri.EscapeDataString(ResponseUrl)}&trigger_id={trigger}";

    public string ResponseUrl => $"{Slack.Address}/commands/T1/1/secretpath";

    public static string Payload(string json) => $"payload={Uri.EscapeDataString(json)}";

    public Task<(HttpStatusCode Status, string Body)> Post(string path, string body, string? contentType = null, Action<HttpRequestMessage>? change = null) =>
        PostBytes(path, Encoding.UTF8.GetBytes(body), contentType, change);

    public async Task<(HttpStatusCode Status, string Body)> PostBytes(string path, byte[] body, string? contentType = null, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address + path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType ?? "application/x-www-form-urlencoded");
        var timestamp = _time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        request.Headers.Add("X-Slack-Request-Timestamp", timestamp);
        request.Headers.Add("X-Slack-Signature", Sign(timestamp, body));
        change?.Invoke(request);
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public static string Sign(string timestamp, byte[] body, string secret = Secret)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"v0:{timestamp}:"), .. body];
        return "v0=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
    }

    /// <summary>Waits for something real to happen; the time-out is only there to end a broken test.</summary>
    public static async Task Until(Func<bool> happened, string what, Action? meanwhile = null)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!happened())
        {
            if (TimeProvider.System.GetElapsedTime(started) > Patience)
                throw new TimeoutException($"It never happened: {what}");
            meanwhile?.Invoke();
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    public void ShouldHaveKeptItsSecrets()
    {
        string[] secrets = [Token, AppToken, Secret, "verysecret", "alsosecret", "secretpath", "secret-ticket"];
        foreach (var line in Logs.Lines)
            foreach (var secret in secrets)
                line.ShouldNotContain(secret);
    }

    public Task Stop() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        ShouldHaveKeptItsSecrets();
        _http.Dispose();
        await _app.DisposeAsync();
        await Slack.DisposeAsync();
    }
}

/// <summary>Handlers from lambdas.</summary>
internal sealed class OnCommand(Func<SlashCommand, Task<SlashCommandResponse?>> handle) : ISlashCommandHandler
{
    public Task<SlashCommandResponse?> Handle(SlashCommand command) => handle(command);

    public static OnCommand Says(string text) => new(_ => Task.FromResult<SlashCommandResponse?>(new SlashCommandResponse { Message = new Message { Text = text } }));
}

internal sealed class OnAction<TAction>(Func<TAction, BlockActionRequest, Task> handle) : IBlockActionHandler<TAction> where TAction : BlockAction
{
    public Task Handle(TAction action, BlockActionRequest request) => handle(action, request);
}

internal sealed class OnView(Func<ViewSubmission, Task<ViewSubmissionResponse>> handle) : IViewSubmissionHandler
{
    public List<ViewClosed> Closed { get; } = [];

    public Task<ViewSubmissionResponse> Handle(ViewSubmission viewSubmission) => handle(viewSubmission);

    public Task HandleClose(ViewClosed viewClosed)
    {
        Closed.Add(viewClosed);
        return Task.CompletedTask;
    }
}

internal sealed class OnEvent<TEvent>(Func<TEvent, Task> handle) : IEventHandler<TEvent> where TEvent : Event
{
    public Task Handle(TEvent slackEvent) => handle(slackEvent);
}
