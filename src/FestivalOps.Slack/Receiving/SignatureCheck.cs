using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FestivalOps.Slack.Receiving;

internal enum SignatureVerdict
{
    Good,
    Missing,
    Malformed,
    Stale,
    Wrong,
    BeforeStart,
}

/// <summary>
/// Slack's v0 signature: HMAC-SHA256 over <c>v0:timestamp:body</c> with the secret's text as the key. Works on the raw bytes, before any
/// parsing, and on buffers of the caller.
/// </summary>
/// <param name="signingSecret">The app's signing secret.</param>
/// <param name="time">The clock.</param>
/// <param name="started">
/// When this process began to listen. What was signed more than <see cref="WayHere"/> before was meant for another one, whose memory of what it
/// handled is gone: Slack itself gives up after 3 seconds. Null: nothing is refused for that.
/// </param>
internal sealed class SignatureCheck(string signingSecret, TimeProvider time, DateTimeOffset? started = null)
{
    /// <summary>Room that the caller leaves before the body for <c>v0:timestamp:</c>.</summary>
    public const int PrefixRoom = 3 + LongestTimestamp + 1;

    private const int LongestTimestamp = 12;
    private const long Window = 300;

    /// <summary>How long a request may be on its way, and the clocks apart: 10 seconds.</summary>
    public static readonly TimeSpan WayHere = TimeSpan.FromSeconds(10);

    private readonly byte[] _key = Encoding.UTF8.GetBytes(signingSecret);

    /// <param name="timestamp">The one value of X-Slack-Request-Timestamp.</param>
    /// <param name="signature">The one value of X-Slack-Signature.</param>
    /// <param name="buffer"><see cref="PrefixRoom"/> free bytes and then the body.</param>
    /// <param name="identity">On success: the first half of the signature, which tells one request from another.</param>
    public SignatureVerdict Check(string? timestamp, string? signature, Span<byte> buffer, out UInt128 identity)
    {
        identity = default;
        if (string.IsNullOrEmpty(timestamp) || string.IsNullOrEmpty(signature))
            return SignatureVerdict.Missing;
        if (timestamp.Length > LongestTimestamp || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var sent))
            return SignatureVerdict.Malformed;
        if (Math.Abs(time.GetUtcNow().ToUnixTimeSeconds() - sent) > Window)
            return SignatureVerdict.Stale;
        if (started is { } from && sent < (from - WayHere).ToUnixTimeSeconds())
            return SignatureVerdict.BeforeStart;

        Span<byte> claimed = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (signature.Length != 3 + 2 * HMACSHA256.HashSizeInBytes || !signature.StartsWith("v0=", StringComparison.Ordinal) || !ReadLowerHex(signature.AsSpan(3), claimed))
            return SignatureVerdict.Malformed;

        // The prefix is written directly before the body, so that one pass over one span is enough.
        var start = PrefixRoom - 3 - timestamp.Length - 1;
        "v0:"u8.CopyTo(buffer[start..]);
        Encoding.ASCII.GetBytes(timestamp, buffer[(start + 3)..]);
        buffer[PrefixRoom - 1] = (byte)':';

        Span<byte> real = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, buffer[start..], real);
        if (!CryptographicOperations.FixedTimeEquals(real, claimed))
            return SignatureVerdict.Wrong;
        identity = System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(real);
        return SignatureVerdict.Good;
    }

    private static bool ReadLowerHex(ReadOnlySpan<char> hex, Span<byte> bytes)
    {
        // Slack sends lower case only.
        if (hex.ContainsAnyInRange('A', 'F'))
            return false;
        return Convert.FromHexString(hex, bytes, out _, out var written) == System.Buffers.OperationStatus.Done && written == bytes.Length;
    }
}
