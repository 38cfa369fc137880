using System.Runtime.CompilerServices;
using FestivalOps.Blocking.Addresses;
using FestivalOps.Blocking.Reading;

namespace FestivalOps.Blocking.Blocks.Radius;

/// <summary>Reads log-ins that sshd accepted: <c>Accepted publickey for deploy from 203.0.113.9 port 4711 ssh2: …</c>.</summary>
internal sealed class AcceptedLogins(SyslogClock clock)
{
    /// <summary>Reads a line. Null: it can't be read; otherwise its time in microseconds, and whether it is an accepted log-in and whose.</summary>
    public long? Read(ReadOnlySpan<byte> line, out bool isAccepted, out ClientAddress address)
    {
        (isAccepted, address) = (false, default);
        if (!SyslogLine.TryRead(line, out var found) || !clock.TryRead(found.Stamp, out var at)) return null;
        if (!SshdMessages.IsSshd(found.Program) || !found.Message.StartsWith("Accepted "u8)) return at;
        isAccepted = TryFrom(found.Message, out address);
        return at;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryFrom(ReadOnlySpan<byte> message, out ClientAddress address)
    {
        address = default;
        var from = message.LastIndexOf(" from "u8);
        if (from < 0) return false;
        var rest = message[(from + 6)..];
        var end = rest.IndexOf((byte)' ');
        return end > 0 && ClientAddress.TryParse(rest[..end], out address);
    }
}
