namespace FestivalOps.Hosts;

/// <summary>What a host says of its network. None of these needs root.</summary>
internal static partial class HostCommands
{
    private const string Ip = "/usr/sbin/ip";

    // An attacker is not blocked before these are answered.
    private static readonly TimeSpan NetworkTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Its own addresses, one a line.</summary>
    public static readonly HostCommand Addresses = new(Ip, "-o", "address", "show") { Timeout = NetworkTimeout };

    /// <summary>Its gateways of IPv4.</summary>
    public static readonly HostCommand GatewaysV4 = new(Ip, "-4", "-o", "route", "show", "default") { Timeout = NetworkTimeout };

    /// <summary>Its gateways of IPv6.</summary>
    public static readonly HostCommand GatewaysV6 = new(Ip, "-6", "-o", "route", "show", "default") { Timeout = NetworkTimeout };

    /// <summary>Who is connected to its sshd.</summary>
    /// <param name="port">sshd's port.</param>
    public static HostCommand SshSessions(int port) => new("/usr/bin/ss", "-Htn", "state", "established", $"( sport = :{port} )") { Timeout = NetworkTimeout };

    /// <summary>Opens a new TCP connection to a place and closes it; exit code 0 when it came about within 5 seconds.</summary>
    /// <param name="address">A host name or an address.</param>
    /// <param name="port">1 to 65,535.</param>
    public static HostCommand Connects(string address, int port) => new(
        "/usr/bin/timeout", "5", "/bin/bash", "-c", new HostArgument("""exec 3<>"/dev/tcp/$0/$1" """, Label: "connect"), address, port.ToString(System.Globalization.CultureInfo.InvariantCulture))
    {
        Timeout = TimeSpan.FromSeconds(15),
    };
}
