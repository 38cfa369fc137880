using System.Runtime.CompilerServices;
using FestivalOps.Blocking.Addresses;

namespace FestivalOps.Blocking.Reading;

/// <summary>
/// What sshd says of refused log-ins. The user name in it was written by the client and may hold anything, a whole other message too; so the
/// address is what stands at the very end of the message, where only sshd writes. sshd cuts its messages at 1,024 bytes: a long name could put
/// its own end there, and long messages accuse nobody.
/// </summary>
internal sealed class SshdMessages
{
    /// <summary>Longer messages are not believed: 512 bytes; a name may have 32.</summary>
    public const int LongestMessage = 512;

    private readonly LoginPairs _pairs = new();

    /// <summary>Whether this program is sshd: <c>sshd</c>, since OpenSSH 9.8 <c>sshd-session</c>, since 10 also <c>sshd-auth</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool IsSshd(ReadOnlySpan<byte> program) =>
        program.StartsWith("sshd"u8) && (program.Length == 4 || program.SequenceEqual("sshd-session"u8) || program.SequenceEqual("sshd-auth"u8));

    /// <summary>Whether a message can be one that counts; most are not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool MayCount(ReadOnlySpan<byte> message) =>
        message.StartsWith("Failed "u8) || message.StartsWith("Invalid user "u8) || message.StartsWith("message repeated "u8);

    /// <summary>Reads a message; the sighting's time is already there.</summary>
    /// <param name="message">The message.</param>
    /// <param name="process">sshd's process, which serves one connection; 0: unknown.</param>
    /// <param name="sighting">Filled when it counts.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public LineOutcome Read(ReadOnlySpan<byte> message, int process, ref Sighting sighting)
    {
        if (message.Length > LongestMessage) return LineOutcome.Unread;
        var times = 1;
        if (message.StartsWith("message repeated "u8) && !TryRepeated(ref message, out times)) return LineOutcome.Unread;
        return message.StartsWith("Failed "u8) ? Failed(message["Failed ".Length..], process, times, ref sighting)
            : message.StartsWith("Invalid user "u8) ? Invalid(message["Invalid user ".Length..], process, times, ref sighting)
            : LineOutcome.Harmless;
    }

    /// <summary>The user name in a whole line that counted, for people: foreign text. Empty when there is none.</summary>
    public static ReadOnlySpan<byte> NameIn(ReadOnlySpan<byte> line)
    {
        var end = line.LastIndexOf(" from "u8);
        if (end < 0) return [];
        // Before the first of these words stand only time, host and program.
        var text = line[..end];
        var failed = text.IndexOf("Failed "u8);
        var invalid = text.IndexOf("Invalid user "u8);
        if (invalid >= 0 && (failed < 0 || invalid < failed)) return text[(invalid + "Invalid user ".Length)..];
        if (failed < 0 || text[failed..].IndexOf(" for "u8) is not (>= 0 and var named)) return [];
        var name = text[(failed + named + " for ".Length)..];
        return name.StartsWith("invalid user "u8) ? name["invalid user ".Length..] : name;
    }

    // password for [invalid user] NAME from ADDRESS port PORT ssh2
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private LineOutcome Failed(ReadOnlySpan<byte> text, int process, int times, ref Sighting sighting)
    {
        var space = text.IndexOf((byte)' ');
        if (space < 0 || !text[space..].StartsWith(" for "u8)) return LineOutcome.Unread;
        var method = text[..space];
        text = text[(space + 5)..];
        var isInvalid = text.StartsWith("invalid user "u8);
        if (isInvalid) text = text["invalid user ".Length..];
        // An agent offers all its keys, one after the other, before the right one: that is nobody's attack. "none" only asks what is possible.
        var isKey = method.SequenceEqual("publickey"u8);
        if (method.SequenceEqual("none"u8) || (!isInvalid && isKey)) return LineOutcome.Harmless;
        // Of other methods (hostbased, gssapi) names that the client chose stand behind the address.
        if (!isKey && !method.SequenceEqual("password"u8) && !method.StartsWith("keyboard-interactive"u8)) return LineOutcome.Unread;
        if (!TryFrom(text, hasProtocol: true, ref sighting, out var port, out var name)) return LineOutcome.Unread;
        if (isInvalid) times -= _pairs.FailedIsCounted(sighting.Address, port, process, sighting.At) ? 1 : 0;
        return Count(name, times, ref sighting);
    }

    // NAME from ADDRESS [port PORT]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private LineOutcome Invalid(ReadOnlySpan<byte> text, int process, int times, ref Sighting sighting)
    {
        if (!TryFrom(text, hasProtocol: false, ref sighting, out var port, out var name)) return LineOutcome.Unread;
        times -= _pairs.InvalidIsCounted(sighting.Address, port, process, sighting.At) ? 1 : 0;
        return Count(name, times, ref sighting);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static LineOutcome Count(ReadOnlySpan<byte> name, int times, ref Sighting sighting)
    {
        if (times <= 0) return LineOutcome.Harmless;
        (sighting.Signal, sighting.Times, sighting.User) = (Signal.Login, Math.Min(times, Sighting.MostTimes), Hash(name));
        return LineOutcome.Counted;
    }

    // message repeated 4 times: [ Failed password for root from 203.0.113.9 port 4711 ssh2]
    private static bool TryRepeated(ref ReadOnlySpan<byte> message, out int times)
    {
        times = 0;
        var at = "message repeated ".Length;
        while (at < message.Length && (uint)(message[at] - '0') <= 9 && times < 1_000_000) times = times * 10 + (message[at++] - '0');
        var rest = message[at..];
        if (times == 0 || !rest.StartsWith(" times: [ "u8) || rest[^1] != ']') return false;
        message = rest[" times: [ ".Length..^1];
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryFrom(ReadOnlySpan<byte> text, bool hasProtocol, ref Sighting sighting, out int port, out ReadOnlySpan<byte> name)
    {
        port = 0;
        name = [];
        var from = text.LastIndexOf(" from "u8);
        if (from < 0) return false;
        name = text[..from];
        text = text[(from + 6)..];
        var end = text.IndexOf((byte)' ');
        if (!ClientAddress.TryParse(end < 0 ? text : text[..end], out sighting.Address) || !sighting.Address.CanBeClient) return false;
        if (end < 0) return !hasProtocol;
        text = text[(end + 1)..];
        if (!text.StartsWith("port "u8)) return false;
        var at = 5;
        while (at < text.Length && (uint)(text[at] - '0') <= 9 && port < 100_000) port = port * 10 + (text[at++] - '0');
        if (at == 5 || port > 65_535) return false;
        text = text[at..];
        if (!hasProtocol) return text.IsEmpty || text.SequenceEqual(" [preauth]"u8);
        return text.StartsWith(" ssh"u8) && (text.Length == 5 || (text.Length > 6 && text[5] == ':' && text[6] == ' ' && IsFingerprint(text[7..])));
    }

    // RSA SHA256:Kl8k…, and nothing behind it: of a certificate its name follows, which the client chose.
    private static bool IsFingerprint(ReadOnlySpan<byte> text)
    {
        var space = text.IndexOf((byte)' ');
        return space > 0 && text[(space + 1)..] is [.., _] hash && hash.IndexOf((byte)' ') < 0 && (hash.StartsWith("SHA256:"u8) || hash.StartsWith("MD5:"u8));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static uint Hash(ReadOnlySpan<byte> name)
    {
        var hash = 2_166_136_261u;
        foreach (var b in name) hash = (hash ^ b) * 16_777_619;
        return hash == 0 ? 1 : hash;
    }
}
