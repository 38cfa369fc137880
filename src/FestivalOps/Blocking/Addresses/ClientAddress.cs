using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;

namespace FestivalOps.Blocking.Addresses;

/// <summary>
/// Who is counted and blocked: one IPv4 address, or the /64 of an IPv6 address, of which one customer has all. IPv4 written as IPv6
/// (<c>::ffff:1.2.3.4</c>) is the IPv4 address.
/// </summary>
/// <param name="Bits">IPv4: 1 and the address in the lower 33 bits; IPv6: the upper half of the address, whose first 16 bits are not 0. 0: none.</param>
internal readonly record struct ClientAddress(ulong Bits)
{
    private const ulong V4 = 1UL << 32;

    /// <summary>True for an IPv4 address.</summary>
    public bool IsV4 => Bits >> 48 == 0;

    /// <summary>True when it can be somebody else's machine: not this machine, no group of machines, not "none".</summary>
    public bool CanBeClient
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => IsV4
            ? (byte)(Bits >> 24) is not (0 or 127 or >= 224) && Bits != 0 && (Bits >> 16 & 0xffff) != 0xa9fe
            : Bits >> 56 != 0xff && Bits >> 54 != 0xfe80 >> 6;
    }

    /// <summary>The IPv4 address of these bits.</summary>
    public static ClientAddress Of(uint v4) => new(V4 | v4);

    /// <summary>Reads an address as logs write it, without port, zone or brackets. Octal and shortened forms are none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryParse(ReadOnlySpan<byte> text, out ClientAddress address)
    {
        address = default;
        if (TryV4(text, out var v4))
        {
            address = Of(v4);
            return true;
        }
        if (!TryV6(text, out var high, out var low)) return false;
        if (high == 0 && low >> 32 == 0xffff)
        {
            address = Of((uint)low);
            return true;
        }
        // ::1, :: and other forms of 0000::/16: nobody's address on a network.
        if (high >> 48 == 0) return false;
        address = new(high);
        return true;
    }

    /// <summary>The same for text.</summary>
    public static bool TryParse(string text, out ClientAddress address)
    {
        Span<byte> bytes = stackalloc byte[64];
        address = default;
        return text.Length <= 64 && text.All(char.IsAscii) && TryParse(bytes[..System.Text.Encoding.ASCII.GetBytes(text, bytes)], out address);
    }

    /// <summary>As firewalls take it: <c>203.0.113.9</c>, <c>2001:db8:1:2::/64</c>.</summary>
    public override string ToString()
    {
        if (IsV4) return string.Create(CultureInfo.InvariantCulture, $"{(byte)(Bits >> 24)}.{(byte)(Bits >> 16)}.{(byte)(Bits >> 8)}.{(byte)Bits}");
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        BinaryPrimitives.WriteUInt64BigEndian(bytes, Bits);
        return $"{new IPAddress(bytes)}/64";
    }

    /// <summary>Reads IPv4 with exactly four decimal parts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryV4(ReadOnlySpan<byte> text, out uint value)
    {
        value = 0;
        if (text.Length is < 7 or > 15) return false;
        uint part = 0;
        int digits = 0, dots = 0;
        foreach (var b in text)
        {
            var digit = (uint)(b - '0');
            if (digit <= 9)
            {
                // 010 is 8 to some programs and 10 to others.
                if (digits > 0 && part == 0) return false;
                part = part * 10 + digit;
                if (part > 255) return false;
                digits++;
            }
            else if (b == '.' && digits > 0 && dots < 3)
            {
                value = value << 8 | part;
                (part, digits) = (0, 0);
                dots++;
            }
            else
            {
                return false;
            }
        }
        value = value << 8 | part;
        return dots == 3 && digits > 0;
    }

    private static bool TryV6(ReadOnlySpan<byte> text, out ulong high, out ulong low)
    {
        (high, low) = (0, 0);
        if (text.Length is < 2 or > 45) return false;
        Span<ushort> groups = stackalloc ushort[8];
        int count = 0, gap = -1, at = 0;
        if (text.StartsWith("::"u8)) (gap, at) = (0, 2);
        while (at < text.Length)
        {
            var start = at;
            var value = 0;
            while (at < text.Length && at - start < 4 && Hex(text[at]) is >= 0 and var digit)
            {
                value = value << 4 | digit;
                at++;
            }
            if (at < text.Length && text[at] == '.')
            {
                if (count > 6 || !TryV4(text[start..], out var v4)) return false;
                groups[count++] = (ushort)(v4 >> 16);
                groups[count++] = (ushort)v4;
                break;
            }
            if (at == start || count == 8) return false;
            groups[count++] = (ushort)value;
            if (at == text.Length) break;
            if (text[at++] != ':' || at == text.Length) return false;
            if (text[at] != ':') continue;
            if (gap >= 0) return false;
            gap = count;
            at++;
        }
        if (gap < 0 ? count != 8 : count > 7) return false;
        for (var i = 0; i < 8; i++)
        {
            // Behind the gap the groups stand at the end.
            var group = gap < 0 || i < gap ? groups[i] : i >= gap + 8 - count ? groups[i - (8 - count)] : 0;
            if (i < 4) high = high << 16 | (ushort)group;
            else low = low << 16 | (ushort)group;
        }
        return true;
    }

    private static int Hex(byte b) => b switch
    {
        >= (byte)'0' and <= (byte)'9' => b - '0',
        >= (byte)'a' and <= (byte)'f' => b - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => b - 'A' + 10,
        _ => -1,
    };
}
