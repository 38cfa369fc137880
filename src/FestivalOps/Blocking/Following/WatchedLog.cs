using System.Net;
using System.Text.RegularExpressions;
using FestivalOps.Blocking.Addresses;
using FestivalOps.Blocking.Reading;
using FestivalOps.Hosts;

namespace FestivalOps.Blocking.Following;

/// <summary>A log that is watched.</summary>
internal sealed partial class WatchedLog
{
    /// <summary>What it holds, as <see cref="LogKind"/> names it. Default: Nginx.</summary>
    // A text: the binder drops an entry of a dictionary silently when a value in it has no such name.
    public string Kind { get; set; } = nameof(LogKind.Nginx);

    /// <summary>Absolute path of the file on its host. Required. It need not be there yet.</summary>
    public string Path { get; set; } = "";

    /// <summary>Where it is: <c>local</c> or one of <c>Hosts:Remote</c>. Default: <c>local</c>.</summary>
    public string Host { get; set; } = HostsOptions.Local;

    /// <summary>IANA name of the zone that its times without a zone are in. Default: empty, this machine's.</summary>
    public string TimeZone { get; set; } = "";

    /// <summary>The kind that <see cref="Kind"/> names; the settings were checked.</summary>
    public LogKind GetKind() => Enum.Parse<LogKind>(Kind, ignoreCase: true);

    /// <summary>The zone as the clock knows it.</summary>
    public TimeZoneInfo GetZone() => TimeZone.Length == 0 ? TimeZoneInfo.Local : TimeZoneInfo.FindSystemTimeZoneById(TimeZone);

    /// <summary>What is wrong with it, as sentences.</summary>
    public IEnumerable<string> Complaints(string name)
    {
        if (!Name().IsMatch(name)) yield return $"the name '{name}' must be lower-case letters, digits and hyphens, at most 40.";
        if (!Enum.GetNames<LogKind>().Contains(Kind, StringComparer.OrdinalIgnoreCase)) yield return $"{name}: Kind must be one of: {string.Join(", ", Enum.GetNames<LogKind>())}.";
        else if (GetKind() == LogKind.Journal) yield return $"{name}: a journal is no file to follow: let it be sent over syslog, or name the file that rsyslog writes.";
        if (!Path.StartsWith('/') || Path.EndsWith('/') || Path.Any(char.IsControl)) yield return $"{name}: Path must be the absolute path of a file.";
        if (TimeZone.Length > 0 && !TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _)) yield return $"{name}: TimeZone must be a time zone that this machine knows, such as Asia/Tokyo.";
    }

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();
}

/// <summary>Syslog that other machines send: of nginx (<c>access_log syslog:server=…</c>) and of sshd.</summary>
internal sealed class SyslogListening
{
    /// <summary>Where datagrams are taken: <c>10.0.0.5:5514</c>. Default: empty, nowhere.</summary>
    public string Udp { get; set; } = "";

    /// <summary>Where connections are taken. Default: empty, nowhere.</summary>
    public string Tcp { get; set; } = "";

    /// <summary>
    /// Who may send, as addresses and ranges: who may send can have anyone blocked, and a datagram's sender can be forged by whoever shares the
    /// network. Empty: this machine alone.
    /// </summary>
    public IList<string> From { get; set; } = [];

    /// <summary>IANA name of the zone of times without a zone. Default: empty, this machine's.</summary>
    public string TimeZone { get; set; } = "";

    /// <summary>True when something is taken somewhere.</summary>
    public bool IsOn => Udp.Length > 0 || Tcp.Length > 0;

    /// <summary>The zone as the clock knows it.</summary>
    public TimeZoneInfo GetZone() => TimeZone.Length == 0 ? TimeZoneInfo.Local : TimeZoneInfo.FindSystemTimeZoneById(TimeZone);

    /// <summary>What is wrong with it, as sentences.</summary>
    public IEnumerable<string> Complaints()
    {
        foreach (var (name, place) in new[] { (nameof(Udp), Udp), (nameof(Tcp), Tcp) })
        {
            if (place.Length > 0 && (!IPEndPoint.TryParse(place, out var parsed) || parsed.Port == 0)) yield return $"{name} must be an address of this machine with a port, like 127.0.0.1:5514.";
        }
        foreach (var range in From)
        {
            if (AddressRanges.Complaint(range) is { } wrong) yield return $"From: {wrong}";
        }
        if (TimeZone.Length > 0 && !TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _)) yield return "TimeZone must be a time zone that this machine knows, such as Asia/Tokyo.";
    }
}
