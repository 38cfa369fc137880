using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace FestivalOps.Blocking.Addresses;

/// <summary>Ranges of addresses from the settings. An IPv6 range that is narrower than /64 counts as its /64, as addresses do.</summary>
internal sealed class AddressRanges
{
    /// <summary>No ranges.</summary>
    public static readonly AddressRanges None = new([]);

    private readonly (ulong First, ulong Last)[] _ranges;

    private AddressRanges((ulong First, ulong Last)[] ranges) => _ranges = ranges;

    /// <summary>How many there are.</summary>
    public int Count => _ranges.Length;

    /// <summary>Reads <c>203.0.113.9</c>, <c>10.0.0.0/8</c>, <c>2001:db8::/32</c>, each with all bits beyond the prefix zero.</summary>
    /// <exception cref="FormatException">One is no range; check with <see cref="Complaint"/> first.</exception>
    public static AddressRanges Parse(IEnumerable<string> texts) =>
        new([.. texts.Select(t => Read(t) ?? throw new FormatException($"'{t}' is no range of addresses."))]);

    /// <summary>What is wrong with a text, as a sentence; null when it is a range.</summary>
    public static string? Complaint(string text) =>
        Read(text) is null ? $"'{text}' is no address or range like 203.0.113.9, 10.0.0.0/8 or 2001:db8::/32 (bits beyond the prefix must be zero)." : null;

    /// <summary>Whether an address is in any of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Contains(ClientAddress address)
    {
        foreach (var (first, last) in _ranges)
        {
            if (address.Bits >= first && address.Bits <= last) return true;
        }
        return false;
    }

    private static (ulong First, ulong Last)? Read(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var name = slash < 0 ? text : text[..slash];
        // .NET takes 10.1 and 0x0a.1 for addresses, and zones.
        if (!IPAddress.TryParse(name, out var ip) || name.Contains('%', StringComparison.Ordinal)) return null;
        var isV4 = ip.AddressFamily == AddressFamily.InterNetwork;
        if (isV4 && ip.ToString() != name) return null;
        var bits = isV4 ? 32 : 128;
        var length = bits;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out length) || length > bits)) return null;
        var bytes = ip.GetAddressBytes();
        if (HasBitsBeyond(bytes, length)) return null;
        if (isV4)
        {
            var first = ClientAddress.Of((uint)(bytes[0] << 24 | bytes[1] << 16 | bytes[2] << 8 | bytes[3])).Bits;
            return (first, first + ((1UL << (32 - length)) - 1));
        }
        if (ip.IsIPv4MappedToIPv6) return null;
        var high = System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(bytes);
        return length >= 64 ? (high, high) : (Math.Max(high, 1UL << 48), length == 0 ? ulong.MaxValue : high | (ulong.MaxValue >> length));
    }

    private static bool HasBitsBeyond(byte[] bytes, int length)
    {
        for (var bit = length; bit < bytes.Length * 8; bit++)
        {
            if ((bytes[bit / 8] >> (7 - bit % 8) & 1) != 0) return true;
        }
        return false;
    }
}
