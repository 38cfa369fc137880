using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace FestivalOps.Blocking.Addresses;

/// <summary>
/// What is blocked: an IPv4 address or a range of them, the /64 of an IPv6 address or a wider range. Written as firewalls take it:
/// <c>203.0.113.9</c>, <c>198.51.100.0/24</c>, <c>2001:db8:1:2::/64</c>. Two that hold the same addresses are equal.
/// </summary>
/// <param name="First">The first address.</param>
/// <param name="Prefix">Length of the prefix; unit: bits. IPv4: 0 to 32, IPv6: 0 to 64.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AddressRange(ClientAddress First, int Prefix)
{
    /// <summary>True for IPv4.</summary>
    public bool IsV4 => First.IsV4;

    /// <summary>True for one IPv4 address, or the /64 of one IPv6 address.</summary>
    public bool IsOne => Prefix == Width;

    /// <summary>The last address.</summary>
    public ClientAddress Last => new(First.Bits | Rest);

    private int Width => IsV4 ? 32 : 64;

    // Ones where the prefix ends.
    private ulong Rest => Prefix == 0 && !IsV4 ? ulong.MaxValue : (1UL << (Width - Prefix)) - 1;

    /// <summary>The one address, or the /64 of it.</summary>
    public static AddressRange Of(ClientAddress address) => new(address, address.IsV4 ? 32 : 64);

    /// <summary>
    /// Reads what <see cref="ToString"/> writes, and what people type: bits beyond the prefix are dropped, an IPv6 address or a range narrower than
    /// /64 is its /64, IPv4 in IPv6 (<c>::ffff:1.2.3.4</c>) is IPv4. Zones, ports, octal and shortened IPv4 are none.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out AddressRange range)
    {
        range = default;
        if (text is null || text.Length > 60) return false;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var name = slash < 0 ? text : text[..slash];
        if (!ClientAddress.TryParse(name, out var address)) return false;
        var written = name.Contains(':', StringComparison.Ordinal) ? 128 : 32;
        var prefix = written;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out prefix) || prefix > written)) return false;
        if (written == 128) prefix = address.IsV4 ? prefix - 96 : Math.Min(prefix, 64);
        if (prefix < 0) return false;
        var rest = new AddressRange(address, prefix).Rest;
        // No IPv6 address that is counted lies below 1::, and what does would look like IPv4.
        range = new(new(address.IsV4 ? address.Bits & ~rest : Math.Max(address.Bits & ~rest, 1UL << 48)), prefix);
        return true;
    }

    /// <summary>Whether an address is in it.</summary>
    public bool Contains(ClientAddress address) => address.IsV4 == IsV4 && address.Bits >= First.Bits && address.Bits <= Last.Bits;

    /// <summary>Whether they have an address in common.</summary>
    public bool Overlaps(AddressRange other) => other.IsV4 == IsV4 && First.Bits <= other.Last.Bits && other.First.Bits <= Last.Bits;

    /// <summary>How many addresses it holds; of IPv6 how many /64.</summary>
    public BigInteger Count => BigInteger.One << (Width - Prefix);

    /// <summary>As firewalls take it.</summary>
    public override string ToString()
    {
        var first = First.ToString();
        return IsV4 ? IsOne ? first : string.Create(CultureInfo.InvariantCulture, $"{first}/{Prefix}") : string.Create(CultureInfo.InvariantCulture, $"{first[..first.IndexOf('/', StringComparison.Ordinal)]}/{Prefix}");
    }
}
