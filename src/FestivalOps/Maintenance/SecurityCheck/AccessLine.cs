using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace FestivalOps.Maintenance.SecurityCheck;

/// <summary>One request of nginx' access log.</summary>
/// <param name="Client">Who asked: behind a proxy of a private network the last address of X-Forwarded-For that is none of those.</param>
/// <param name="At">When.</param>
/// <param name="Path">The path without its query, as it was asked for; foreign text. Empty: no HTTP.</param>
/// <param name="Status">The status that was answered.</param>
internal readonly record struct AccessLine(string Client, DateTimeOffset At, string Path, int Status)
{
    /// <summary>Reads a line of <c>log_format combined</c> or the platform's <c>main</c>; null when it is something else.</summary>
    public static AccessLine? Read(string line)
    {
        // addr - user [time] "request" status bytes "referer" "agent" ["x-forwarded-for"]; nginx writes a quote within a field as \x22.
        var address = line.IndexOf(' ', StringComparison.Ordinal);
        var time = line.IndexOf(" [", StringComparison.Ordinal);
        var timeEnd = line.IndexOf("] \"", StringComparison.Ordinal);
        if (address <= 0 || time < 0 || timeEnd < time) return null;
        var request = timeEnd + 3;
        var requestEnd = line.IndexOf("\" ", request, StringComparison.Ordinal);
        if (requestEnd < 0 || line.Length < requestEnd + 5) return null;
        if (!int.TryParse(line.AsSpan(requestEnd + 2, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var status) || (line.Length > requestEnd + 5 && line[requestEnd + 5] != ' ')) return null;
        if (!DateTimeOffset.TryParseExact(line.AsSpan(time + 2, timeEnd - time - 2), "dd/MMM/yyyy:HH:mm:ss zzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)) return null;
        return new(Who(line[..address], Forwarded(line, requestEnd)), at, PathOf(line[request..requestEnd]), status);
    }

    private static string Forwarded(string line, int requestEnd)
    {
        // What is behind the request: three quoted fields in main, two in combined.
        var fields = line[(requestEnd + 1)..].Split('"');
        return fields.Length >= 7 ? fields[5] : "";
    }

    private static string Who(string remote, string forwarded)
    {
        if (forwarded.Length == 0 || !IPAddress.TryParse(remote, out var address) || !IsPrivate(address)) return remote;
        return forwarded.Split(',').Select(f => f.Trim()).LastOrDefault(f => IPAddress.TryParse(f, out var one) && !IsPrivate(one)) ?? remote;
    }

    private static bool IsPrivate(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (IPAddress.IsLoopback(address)) return true;
        var bytes = address.GetAddressBytes();
        return address.AddressFamily == AddressFamily.InterNetwork
            ? bytes[0] == 10 || (bytes[0] == 172 && bytes[1] is >= 16 and < 32) || (bytes[0] == 192 && bytes[1] == 168)
            : (bytes[0] & 0xfe) == 0xfc || address.IsIPv6LinkLocal;
    }

    private static string PathOf(string request)
    {
        var words = request.Split(' ');
        if (words.Length < 2) return "";
        var query = words[1].IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? words[1] : words[1][..query];
    }
}
