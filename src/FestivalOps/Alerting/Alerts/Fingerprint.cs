using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace FestivalOps.Alerting.Alerts;

/// <summary>Names an alert among all: the same source and labels give the same name, in whatever order they come.</summary>
internal static class Fingerprint
{
    /// <summary>
    /// 32 hex digits of SHA-256 over source and sorted labels, each with its length before it, so that no two sets of labels read the same.
    /// A hash that can be forged would let a hostile sender hide one alert behind another.
    /// </summary>
    public static string Of(AlertSource source, IReadOnlyCollection<KeyValuePair<string, string>> labels)
    {
        var sorted = labels.ToArray();
        Array.Sort(sorted, static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        var most = 1 + sorted.Sum(l => 8 + Encoding.UTF8.GetMaxByteCount(l.Key.Length) + Encoding.UTF8.GetMaxByteCount(l.Value.Length));
        var rented = ArrayPool<byte>.Shared.Rent(most);
        try
        {
            var at = 0;
            rented[at++] = (byte)source;
            foreach (var (name, value) in sorted)
            {
                at = Append(rented, at, name);
                at = Append(rented, at, value);
            }
            return Hex(rented.AsSpan(0, at));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>32 hex digits of the SHA-256 of a text: for keys that are longer than their column.</summary>
    public static string Of(string text) => Hex(Encoding.UTF8.GetBytes(text));

    private static string Hex(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return Convert.ToHexStringLower(hash[..16]);
    }

    private static int Append(byte[] into, int at, string text)
    {
        var length = Encoding.UTF8.GetBytes(text, into.AsSpan(at + 4));
        BitConverter.TryWriteBytes(into.AsSpan(at), length);
        return at + 4 + length;
    }
}
