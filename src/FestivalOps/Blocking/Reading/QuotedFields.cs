using System.Runtime.CompilerServices;

namespace FestivalOps.Blocking.Reading;

/// <summary>
/// Fields in quotes, as access logs have them. nginx writes a quote within a field as <c>\x22</c> and Apache as <c>\"</c>: neither ends a field.
/// </summary>
internal static class QuotedFields
{
    // Syslog cuts at 1,024 bytes or more: a shorter line without referer and agent is another format.
    private const int ShortLine = 900;

    /// <summary>Where the field that begins at <paramref name="from"/> ends: the index of its quote; -1: it has none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int End(ReadOnlySpan<byte> line, int from)
    {
        while (true)
        {
            var at = line[from..].IndexOf((byte)'"');
            if (at < 0) return -1;
            at += from;
            if (line[at - 1] != '\\' || !IsEscaped(line, at)) return at;
            from = at + 1;
        }
    }

    /// <summary>
    /// X-Forwarded-For of what stands behind the status in <c>log_format main</c>: the third of exactly three fields. In combined there are two,
    /// and it is empty.
    /// </summary>
    /// <param name="line">The line.</param>
    /// <param name="from">Where the status ends.</param>
    /// <param name="isWhole">False when the line was cut: the last field has no end, or a long line has no fields at all.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ReadOnlySpan<byte> Forwarded(ReadOnlySpan<byte> line, int from, out bool isWhole)
    {
        var rest = line[from..];
        ReadOnlySpan<byte> last = [];
        var count = 0;
        var at = 0;
        while (at < rest.Length)
        {
            var open = rest[at..].IndexOf((byte)'"');
            if (open < 0) break;
            open += at;
            var close = End(rest, open + 1);
            if (close < 0)
            {
                isWhole = false;
                return [];
            }
            last = rest[(open + 1)..close];
            count++;
            at = close + 1;
        }
        isWhole = count >= 2 || (count == 0 && line.Length < ShortLine);
        return count == 3 && last is not [(byte)'-'] ? last : [];
    }

    private static bool IsEscaped(ReadOnlySpan<byte> line, int quote)
    {
        var slashes = 0;
        while (quote - 1 - slashes >= 0 && line[quote - 1 - slashes] == '\\') slashes++;
        return slashes % 2 == 1;
    }
}
