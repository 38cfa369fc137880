namespace FestivalOps.Blocking.Reading;

/// <summary>Messages of several programs as they come over syslog: sshd's, nginx' access and error log.</summary>
internal sealed class SyslogReader(AuthReader auth, NginxReader nginx, NginxErrorReader errors) : LogReader
{
    /// <inheritdoc/>
    public override LineOutcome Read(ReadOnlySpan<byte> line, ref Sighting sighting)
    {
        if (!SyslogLine.TryRead(line, out var found)) return line.IsEmpty ? LineOutcome.Harmless : LineOutcome.Unread;
        if (!found.Program.SequenceEqual("nginx"u8)) return auth.Read(found, ref sighting);
        // 2026/11/29 04:19:02 [error] …
        return found.Message.Length > 20 && found.Message[4] == '/' && found.Message[20] == '[' ? errors.Read(found.Message, ref sighting) : nginx.Read(found.Message, ref sighting);
    }
}
