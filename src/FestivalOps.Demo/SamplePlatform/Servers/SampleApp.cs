using System.Globalization;
using System.Text.Json.Serialization;
using FestivalOps.Demo.SamplePlatform.Local;

namespace FestivalOps.Demo.SamplePlatform.Servers;

/// <summary>What the sample application asks of its surroundings; the Rails application does the same in its /health.</summary>
internal sealed record SampleAppOptions
{
    /// <summary>Asks the database for one answer; throws when there is none. Null: always connected.</summary>
    public Func<CancellationToken, Task>? AskDatabase { get; init; }

    /// <summary>Asks Redis for one answer; throws when there is none. Null: "not_configured", as in Rails.</summary>
    public Func<CancellationToken, Task>? AskRedis { get; init; }

    /// <summary>The clock of timestamps and delays.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}

/// <summary>
/// A small web application in this process that looks from outside like the Festival Planner Platform: GET /up, GET /health,
/// no /api/v1/health, a few pages. Its knobs may be turned while it runs.
/// </summary>
internal sealed class SampleApp : IAsyncDisposable
{
    private static readonly TimeSpan AskLimit = TimeSpan.FromSeconds(2);
    private readonly SampleAppOptions options;
    private readonly WebApplication app;
    private TaskCompletionSource goesOn = Completed();

    private SampleApp(SampleAppOptions options)
    {
        this.options = options;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(Address.ToString());
        builder.Services.AddRoutingCore();
        app = builder.Build();
        app.Use(TurnKnobsAsync);
        app.UseRouting();
        Map();
    }

    /// <summary>Its address on 127.0.0.1.</summary>
    public Uri Address { get; } = new(FormattableString.Invariant($"http://127.0.0.1:{FreePort.Take()}"));

    /// <summary>How much later than usual every answer comes. Default: zero.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Whether every answer is a 500, as when Rails cannot boot.</summary>
    public bool Failing { get; set; }

    /// <summary>How full the disk is in the eyes of /health, in percent; over 90 it answers 503. Default: 42.</summary>
    public int DiskUsedPercent { get; set; } = 42;

    /// <summary>Whether requests are taken and never answered; those that hang go on when it is switched off.</summary>
    public bool Hanging
    {
        get => !goesOn.Task.IsCompleted;
        set
        {
            goesOn.TrySetResult();
            if (value) goesOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Starts it on a free port.</summary>
    public static async Task<SampleApp> StartAsync(SampleAppOptions? options = null, CancellationToken cancellationToken = default)
    {
        var sample = new SampleApp(options ?? new SampleAppOptions());
        await sample.app.StartAsync(cancellationToken);
        return sample;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        goesOn.TrySetResult();
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await app.StopAsync(atOnce.Token);
        await app.DisposeAsync();
    }

    private static TaskCompletionSource Completed()
    {
        var completed = new TaskCompletionSource();
        completed.SetResult();
        return completed;
    }

    private async Task TurnKnobsAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await goesOn.Task.WaitAsync(context.RequestAborted);
            if (Delay > TimeSpan.Zero) await Task.Delay(Delay, options.Clock, context.RequestAborted);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return; // nobody waits for the answer any more
        }

        if (Failing) await WriteHtmlAsync(context, StatusCodes.Status500InternalServerError, "<body style=\"background-color: red\"></body>");
        else await next(context);
    }

    private void Map()
    {
        MapPage("/up", "<body style=\"background-color: green\"></body>");
        MapPage("/", "<h1>Festival Planner</h1>");
        MapPage("/public_festivals", "<h1>公開中のお祭り</h1>");
        MapPage("/public_festivals/{id:int}", "<h1>夏祭り</h1>");
        MapPage("/users/sign_in", "<h1>ログイン</h1><form method=\"post\"></form>");
        app.MapGet("/health", (RequestDelegate)AnswerHealthAsync);
        app.MapPost("/users/sign_in", context =>
            WriteHtmlAsync(context, StatusCodes.Status422UnprocessableEntity, "<p>メールアドレスまたはパスワードが違います。</p>"));
    }

    private void MapPage(string path, string body) => app.MapGet(path, context => WriteHtmlAsync(context, StatusCodes.Status200OK, body));

    private static Task WriteHtmlAsync(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync($"<!DOCTYPE html><html>{body}</html>", context.RequestAborted);
    }

    private async Task AnswerHealthAsync(HttpContext context)
    {
        var errors = new List<string>();
        var database = await AskAsync(options.AskDatabase ?? (_ => Task.CompletedTask), errors, context.RequestAborted);
        var redis = options.AskRedis is { } ask ? await AskAsync(ask, errors, context.RequestAborted) : "not_configured";
        var diskIsFull = DiskUsedPercent > 90;
        if (diskIsFull) errors.Add(string.Create(CultureInfo.InvariantCulture, $"Disk usage: {DiskUsedPercent}%"));
        context.Response.StatusCode = errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        // "healthy" even beside a 503: the platform never changes this word, so the status code is what counts.
        var answer = new SampleHealth(
            "healthy",
            options.Clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            "1.0.0",
            "production",
            database,
            redis,
            diskIsFull ? "critical" : "healthy",
            errors.Count == 0 ? null : errors);
        await context.Response.WriteAsJsonAsync(answer, SampleHealthJson.Default.SampleHealth, cancellationToken: context.RequestAborted);
    }

    private async Task<string> AskAsync(Func<CancellationToken, Task> ask, List<string> errors, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(AskLimit, options.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await ask(either.Token);
            return "connected";
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            errors.Add(e.Message);
            return "disconnected";
        }
    }
}

/// <summary>The JSON of GET /health, field by field as the platform's routes.rb writes it.</summary>
internal sealed record SampleHealth(
    string Status,
    string Timestamp,
    string Version,
    string Environment,
    string Database,
    string Redis,
    string Disk,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Errors);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SampleHealth))]
internal sealed partial class SampleHealthJson : JsonSerializerContext;
