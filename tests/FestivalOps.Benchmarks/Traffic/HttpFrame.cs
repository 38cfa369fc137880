using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace FestivalOps.Benchmarks.Traffic;

/// <summary>Where one HTTP/1.1 message ends: as much of the protocol as a cheap client and a cheap stand-in need.</summary>
/// <param name="Length">Length of the whole message; unit: bytes.</param>
/// <param name="BodyStart">Where its body begins.</param>
/// <param name="BodyLength">Length of the body without the framing of chunks; unit: bytes.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct HttpFrame(int Length, int BodyStart, int BodyLength)
{
    /// <summary>True when <paramref name="bytes"/> begin with a whole message.</summary>
    /// <exception cref="FormatException">Its length is no number.</exception>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out HttpFrame frame)
    {
        frame = default;
        var head = bytes.IndexOf("\r\n\r\n"u8);
        if (head < 0) return false;
        var start = head + 4;
        if (Field(bytes[..(head + 2)], "content-length:"u8) is { IsEmpty: false } length)
        {
            var body = int.Parse(length, NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture);
            frame = new(start + body, start, body);
            return bytes.Length >= frame.Length;
        }
        if (Field(bytes[..(head + 2)], "transfer-encoding:"u8).IsEmpty)
        {
            frame = new(start, start, 0);
            return true;
        }
        // Chunked: the bodies that we meet are empty or hold no empty line.
        var end = bytes[start..].IndexOf("0\r\n\r\n"u8);
        if (end < 0) return false;
        frame = new(start + end + 5, start, end);
        return true;
    }

    private static ReadOnlySpan<byte> Field(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name)
    {
        while (head.IndexOf("\r\n"u8) is >= 0 and var end)
        {
            var line = head[..end];
            if (line.Length > name.Length && Ascii.EqualsIgnoreCase(line[..name.Length], name)) return line[name.Length..];
            head = head[(end + 2)..];
        }
        return default;
    }
}
