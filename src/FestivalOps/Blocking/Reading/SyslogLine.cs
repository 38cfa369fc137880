using System.Runtime.CompilerServices;

namespace FestivalOps.Blocking.Reading;

/// <summary>
/// A line of syslog: in a file with a classic (<c>Nov 29 04:19:02</c>) or an ISO time stamp, or as it travels, with <c>&lt;38&gt;</c> before it and
/// in RFC 3164 or RFC 5424.
/// </summary>
internal ref struct SyslogLine
{
    /// <summary>Its time as it stands there.</summary>
    public ReadOnlySpan<byte> Stamp;

    /// <summary>Who wrote it: <c>sshd</c>.</summary>
    public ReadOnlySpan<byte> Program;

    /// <summary>Its process; 0: it does not say.</summary>
    public int Process;

    /// <summary>What it says.</summary>
    public ReadOnlySpan<byte> Message;

    /// <summary>Takes a line apart; false when it is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryRead(ReadOnlySpan<byte> line, out SyslogLine found)
    {
        found = default;
        if (!line.IsEmpty && line[0] == '<')
        {
            var end = line.IndexOf((byte)'>');
            if (end is < 2 or > 4) return false;
            line = line[(end + 1)..];
            if (line.StartsWith("1 "u8)) return TryRead5424(line[2..], out found);
        }
        int rest;
        if (line.Length > 16 && line[3] == ' ' && line[6] == ' ' && line[15] == ' ') rest = 15;
        else if (line.Length > 20 && line[4] == '-' && line[10] == 'T') rest = line.IndexOf((byte)' ');
        else return false;
        if (rest < 0) return false;
        found.Stamp = line[..rest];
        // host program[123]: message
        line = line[(rest + 1)..];
        var host = line.IndexOf((byte)' ');
        return host > 0 && TryProgram(line[(host + 1)..], ref found);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryProgram(ReadOnlySpan<byte> text, ref SyslogLine found)
    {
        var end = text.IndexOfAny((byte)'[', (byte)':', (byte)' ');
        if (end <= 0) return false;
        found.Program = text[..end];
        if (text[end] == '[')
        {
            var at = end + 1;
            var number = 0;
            while (at < text.Length && (uint)(text[at] - '0') <= 9 && number < 100_000_000) number = number * 10 + (text[at++] - '0');
            if (at >= text.Length || text[at] != ']') return false;
            found.Process = number;
            end = at + 1;
        }
        if (end >= text.Length || text[end] != ':') return false;
        found.Message = text[(end + 1)..];
        if (!found.Message.IsEmpty && found.Message[0] == ' ') found.Message = found.Message[1..];
        return true;
    }

    // 2026-11-29T04:19:02.123Z host program 123 - - message
    private static bool TryRead5424(ReadOnlySpan<byte> line, out SyslogLine found)
    {
        found = default;
        found.Stamp = Word(line, 0);
        found.Program = Word(line, 2);
        var process = Word(line, 3);
        line = Behind(line, 5);
        if (found.Stamp.IsEmpty || found.Program.IsEmpty || process.IsEmpty || line.IsEmpty) return false;
        if (process is not [(byte)'-'])
        {
            if (process.Length > 9 || !System.Buffers.Text.Utf8Parser.TryParse(process, out found.Process, out var read) || read != process.Length) return false;
        }
        if (line.StartsWith("["u8))
        {
            // Structured data is written by programs, with \] within its texts.
            var end = 0;
            while (true)
            {
                var next = line[end..].IndexOf((byte)']');
                if (next < 0) return false;
                end += next + 1;
                if (line[end - 2] == '\\') continue;
                if (end == line.Length || line[end] != '[') break;
            }
            line = line[end..];
        }
        else if (line.StartsWith("-"u8))
        {
            line = line[1..];
        }
        else
        {
            return false;
        }
        if (line.StartsWith(" "u8)) line = line[1..];
        found.Message = line.StartsWith("\uFEFF"u8) ? line[3..] : line;
        return true;
    }

    private static ReadOnlySpan<byte> Word(ReadOnlySpan<byte> line, int number)
    {
        line = Behind(line, number);
        var space = line.IndexOf((byte)' ');
        return space > 0 ? line[..space] : [];
    }

    // What stands behind so many words; empty: there are not so many.
    private static ReadOnlySpan<byte> Behind(ReadOnlySpan<byte> line, int words)
    {
        for (var i = 0; i < words; i++)
        {
            var space = line.IndexOf((byte)' ');
            if (space <= 0) return [];
            line = line[(space + 1)..];
        }
        return line;
    }
}
