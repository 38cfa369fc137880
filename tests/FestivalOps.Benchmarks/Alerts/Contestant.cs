using System.Diagnostics;
using FestivalOps.Benchmarks.Comparison;

namespace FestivalOps.Benchmarks.Alerts;

/// <summary>A program that takes alerts, with a data folder of its own.</summary>
/// <param name="Program">How it is started, and where it listens.</param>
/// <param name="Dialect">How it wants to be told.</param>
/// <param name="Token">Bearer token; empty: none.</param>
/// <param name="Ready">Path that answers 200 once it is ready.</param>
/// <param name="Folder">Its data folder; a second start finds what the first one left.</param>
internal sealed record Contestant(Contender Program, Dialect Dialect, string Token, string Ready, string Folder)
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);

    /// <summary>Short name.</summary>
    public string Name => Program.Name;

    /// <summary>True for the bot.</summary>
    public bool IsOurs => Dialect == Dialect.Webhook;

    /// <summary>An order of alerts for it.</summary>
    public AlertOrder Order(int first, int count, int groups, int perPost, int senders) =>
        new(Dialect, Program.Port, Program.Path, Token, first, count, groups, perPost, senders);

    /// <summary>Starts it and waits until it says that it is ready.</summary>
    /// <exception cref="InvalidOperationException">It does not, in a minute.</exception>
    public async Task<Child> StartAsync()
    {
        var child = await Program.StartAsync();
        using var http = new HttpClient();
        var url = new Uri($"http://127.0.0.1:{Program.Port}{Ready}");
        var since = Stopwatch.GetTimestamp();
        while (!await SaysReadyAsync(http, url))
        {
            if (child.HasEnded || Stopwatch.GetElapsedTime(since) > LongestStart)
            {
                var said = child.Said;
                await child.DisposeAsync();
                throw new InvalidOperationException($"{Name} did not become ready. It said:\n{said}");
            }
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, CancellationToken.None);
        }
        return child;
    }

    private static async Task<bool> SaysReadyAsync(HttpClient http, Uri url)
    {
        try
        {
            using var answer = await http.GetAsync(url);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
