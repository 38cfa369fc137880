using System.Buffers;
using System.Text;

namespace FestivalOps.Slack.Receiving;

/// <summary>Reads form fields from raw bytes. Only fields that are asked for become strings.</summary>
internal ref struct FormReader(ReadOnlySpan<byte> form)
{
    // A command has 15 fields, an interaction one.
    private const int MostFields = 100;

    private ReadOnlySpan<byte> _left = form;
    private int _fields;

    /// <summary>The name as it was sent; Slack's names need no decoding.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    private ReadOnlySpan<byte> _value;

    /// <exception cref="FormatException">Too many fields.</exception>
    public bool Next()
    {
        while (!_left.IsEmpty)
        {
            var end = _left.IndexOf((byte)'&');
            var field = end < 0 ? _left : _left[..end];
            _left = end < 0 ? default : _left[(end + 1)..];
            if (field.IsEmpty)
                continue;
            if (++_fields > MostFields)
                throw new FormatException("too many form fields");
            var equals = field.IndexOf((byte)'=');
            Name = equals < 0 ? field : field[..equals];
            _value = equals < 0 ? default : field[(equals + 1)..];
            return true;
        }
        return false;
    }

    /// <exception cref="FormatException">A % without two hexadecimal digits, or bytes that are not UTF-8.</exception>
    public readonly string Text()
    {
        if (_value.IsEmpty)
            return "";
        if (_value.IndexOfAny((byte)'%', (byte)'+') < 0)
            return Utf8(_value);
        var rented = ArrayPool<byte>.Shared.Rent(_value.Length);
        try
        {
            return Utf8(rented.AsSpan(0, Decode(_value, rented)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <exception cref="FormatException">A % without two hexadecimal digits.</exception>
    public readonly byte[] Bytes()
    {
        var bytes = new byte[_value.Length];
        var used = Decode(_value, bytes);
        return used == bytes.Length ? bytes : bytes[..used];
    }

    private static string Utf8(ReadOnlySpan<byte> bytes) =>
        System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : throw new FormatException("not UTF-8");

    private static int Decode(ReadOnlySpan<byte> value, Span<byte> target)
    {
        var written = 0;
        for (var at = 0; at < value.Length; at++)
        {
            switch (value[at])
            {
                case (byte)'+':
                    target[written++] = (byte)' ';
                    break;
                case (byte)'%':
                    // Negative when either digit is none.
                    var octet = at + 2 < value.Length ? (Hex(value[at + 1]) << 4) | Hex(value[at + 2]) : -1;
                    if (octet < 0)
                        throw new FormatException("a % without two hexadecimal digits");
                    target[written++] = (byte)octet;
                    at += 2;
                    break;
                case var plain:
                    target[written++] = plain;
                    break;
            }
        }
        return written;
    }

    private static int Hex(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
        _ => -1,
    };
}
