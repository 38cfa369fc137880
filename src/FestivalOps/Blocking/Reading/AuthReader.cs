using System.Runtime.CompilerServices;

namespace FestivalOps.Blocking.Reading;

/// <summary>
/// auth.log: what sshd says of refused log-ins, with classic or ISO time stamps. Lines of other programs are passed over: everyone who may log
/// can imitate a message, but not who it comes from.
/// </summary>
internal sealed class AuthReader(SyslogClock clock) : LogReader
{
    private readonly SshdMessages _sshd = new();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override LineOutcome Read(ReadOnlySpan<byte> line, ref Sighting sighting)
    {
        if (IsHarmless(line)) return LineOutcome.Harmless;
        if (!SyslogLine.TryRead(line, out var found)) return IsBlank(line) ? LineOutcome.Harmless : LineOutcome.Unread;
        return Read(found, ref sighting);
    }

    /// <summary>Reads a line that was taken apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public LineOutcome Read(in SyslogLine found, ref Sighting sighting)
    {
        if (!SshdMessages.IsSshd(found.Program) || !SshdMessages.MayCount(found.Message)) return LineOutcome.Harmless;
        return clock.TryRead(found.Stamp, out sighting.At) ? _sshd.Read(found.Message, found.Process, ref sighting) : LineOutcome.Unread;
    }

    // The cheap exit of nearly all lines: another program's, or words of sshd that never count. What looks odd is looked at properly.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool IsHarmless(ReadOnlySpan<byte> line)
    {
        if (line.Length < 32) return false;
        int stamp;
        if (line[3] == ' ' && line[15] == ' ') stamp = 15;
        else if (line[4] == '-' && line[10] == 'T' && line[19..].IndexOf((byte)' ') is >= 0 and var zone) stamp = 19 + zone;
        else return false;
        var rest = line[(stamp + 1)..];
        rest = rest[(rest.IndexOf((byte)' ') + 1)..];
        if (!rest.StartsWith("sshd"u8)) return true;
        var message = rest.IndexOf((byte)' ') + 1;
        return message > 5 && message < rest.Length && rest[message - 2] == ':' && rest[message] is not ((byte)'F' or (byte)'I' or (byte)'m');
    }

    // A file that was emptied under its writer begins with zeros.
    private static bool IsBlank(ReadOnlySpan<byte> line) => line.TrimStart("\0 \t"u8).IsEmpty;
}
