using System.Diagnostics;
using Microsoft.Extensions.Options;

namespace FestivalOps.Festival;

/// <summary>What the web application answered to one request.</summary>
/// <param name="Url">Which address was asked.</param>
/// <param name="StatusCode">HTTP status.</param>
/// <param name="Took">Until the whole answer had arrived.</param>
/// <param name="Body">The answer, at most 64 KiB of it.</param>
internal sealed record WebAnswer(Uri Url, int StatusCode, TimeSpan Took, ReadOnlyMemory<byte> Body);

/// <summary>The platform's web application, seen from outside. A redirect is an answer, not followed: it hides what really answers.</summary>
internal sealed class FestivalWeb(IHttpClientFactory clients, IOptions<FestivalOptions> options)
{
    /// <summary>Name of the HTTP client.</summary>
    public const string ClientName = "festival-web";

    /// <summary>How much of an answer is read: 64 KiB.</summary>
    public const int MaxBody = 64 * 1024;

    /// <summary>True when an address is set.</summary>
    public bool IsSetUp => options.Value.BaseUrl is not null;

    /// <summary>The full address of a path.</summary>
    public Uri Url(string path) => new(options.Value.BaseUrl!, path);

    /// <summary>GETs a path.</summary>
    /// <exception cref="HttpRequestException">No answer: refused, no such name, TLS trouble.</exception>
    public async Task<WebAnswer> GetAsync(string path, CancellationToken ct)
    {
        var url = Url(path);
        var begin = Stopwatch.GetTimestamp();
        using var client = clients.CreateClient(ClientName);
        using var response = await client.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, ct);
        var body = await ReadAsync(response.Content, ct);
        return new(url, (int)response.StatusCode, Stopwatch.GetElapsedTime(begin), body);
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContent content, CancellationToken ct)
    {
        await using var stream = await content.ReadAsStreamAsync(ct);
        var buffer = new byte[MaxBody];
        var length = await stream.ReadAtLeastAsync(buffer, MaxBody, throwOnEndOfStream: false, ct);
        return buffer.AsMemory(0, length);
    }
}
