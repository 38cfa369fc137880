using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace FestivalOps.Tests.Channels;

/// <summary>Whoever sends SMS for us.</summary>
internal sealed class SmsProvider : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SmsProvider(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    public ConcurrentQueue<(Dictionary<string, string> Headers, string Body)> Calls { get; } = new();

    public static async Task<SmsProvider> StartAsync(Func<HttpContext, int> answer, string? location = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var provider = new SmsProvider(app);
        app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
            var body = await reader.ReadToEndAsync(context.RequestAborted);
            provider.Calls.Enqueue((context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase), body));
            context.Response.StatusCode = answer(context);
            if (location is not null) context.Response.Headers.Location = location;
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return provider;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
