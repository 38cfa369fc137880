using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;

namespace FestivalOps.Benchmarks.Traffic;

/// <summary>
/// What our acknowledgement is held against: Kestrel with nothing but the v0 signature over the raw body, in a process of its own. It
/// parses nothing, remembers nothing and does no work.
/// </summary>
internal static class BareServer
{
    public static async Task<int> RunAsync(int port, string secret)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}").ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        await using var app = builder.Build();
        var key = Encoding.UTF8.GetBytes(secret);
        app.Run(async context =>
        {
            var reader = context.Request.BodyReader;
            ReadResult body;
            while (!(body = await reader.ReadAsync(context.RequestAborted)).IsCompleted)
                reader.AdvanceTo(body.Buffer.Start, body.Buffer.End);
            context.Response.StatusCode = IsSigned(context.Request.Headers, body.Buffer, key) ? 200 : 401;
            context.Response.ContentLength = 0;
            reader.AdvanceTo(body.Buffer.End);
        });
        await app.RunAsync();
        return 0;
    }

    private static bool IsSigned(IHeaderDictionary headers, ReadOnlySequence<byte> body, byte[] key)
    {
        if (headers["X-Slack-Request-Timestamp"] is not [{ Length: <= 12 } timestamp] || headers["X-Slack-Signature"] is not [{ Length: 67 } signature])
            return false;
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var sent)
            || Math.Abs(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - sent) > 300)
            return false;
        var length = 4 + timestamp.Length + (int)body.Length;
        var signed = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            "v0:"u8.CopyTo(signed);
            Encoding.ASCII.GetBytes(timestamp, signed.AsSpan(3));
            signed[3 + timestamp.Length] = (byte)':';
            body.CopyTo(signed.AsSpan(4 + timestamp.Length));
            Span<byte> real = stackalloc byte[32];
            HMACSHA256.HashData(key, signed.AsSpan(0, length), real);
            Span<byte> claimed = stackalloc byte[32];
            return Convert.FromHexString(signature.AsSpan(3), claimed, out _, out _) == OperationStatus.Done
                && CryptographicOperations.FixedTimeEquals(real, claimed);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(signed);
        }
    }
}
