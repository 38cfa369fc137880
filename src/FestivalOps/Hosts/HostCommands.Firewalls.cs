namespace FestivalOps.Hosts;

/// <content>What may be changed of a host's firewall: the verbs of <c>deploy/firewall/festivalops-firewall</c>, which says what each reads and tells.</content>
internal static partial class HostCommands
{
    /// <summary>Path of the script.</summary>
    public const string FirewallScript = "/usr/local/sbin/festivalops-firewall";

    // A million addresses of 30 characters.
    private const int FirewallOutput = 64 * 1024 * 1024;

    /// <summary>What our nftables table refuses.</summary>
    public static readonly HostCommand ReadNftables = ReadFirewall("nftables");

    /// <summary>What our ipsets refuse.</summary>
    public static readonly HostCommand ReadIptables = ReadFirewall("iptables");

    /// <summary>What ufw refuses for us.</summary>
    public static readonly HostCommand ReadUfw = ReadFirewall("ufw");

    /// <summary>What nginx refuses for us.</summary>
    public static readonly HostCommand ReadNginxDenied = ReadFirewall("nginx");

    /// <summary>Changes what our nftables table refuses.</summary>
    public static readonly HostCommand ChangeNftables = Root(FirewallScript, "apply", "nftables");

    /// <summary>Changes what our ipsets refuse (guideline: <c>iptables -A INPUT -s ADDRESS -j DROP</c>).</summary>
    public static readonly HostCommand ChangeIptables = Root(FirewallScript, "apply", "iptables");

    /// <summary>Changes what ufw refuses for us.</summary>
    public static readonly HostCommand ChangeUfw = Root(FirewallScript, "apply", "ufw");

    /// <summary>Changes what nginx refuses for us.</summary>
    public static readonly HostCommand ChangeNginxDenied = Root(FirewallScript, "apply", "nginx");

    /// <summary>Changes what our nftables table refuses, again and again while it runs.</summary>
    public static readonly HostCommand ServeNftables = Root(FirewallScript, "serve", "nftables");

    /// <summary>The same for our ipsets.</summary>
    public static readonly HostCommand ServeIptables = Root(FirewallScript, "serve", "iptables");

    /// <summary>The same for ufw.</summary>
    public static readonly HostCommand ServeUfw = Root(FirewallScript, "serve", "ufw");

    /// <summary>The same for nginx.</summary>
    public static readonly HostCommand ServeNginxDenied = Root(FirewallScript, "serve", "nginx");

    /// <summary>Lets only an allowlist in, by nftables.</summary>
    public static readonly HostCommand LockNftables = Root(FirewallScript, "lock", "nftables");

    /// <summary>Lifts that.</summary>
    public static readonly HostCommand UnlockNftables = Root(FirewallScript, "unlock", "nftables");

    /// <summary>Makes the one or the other last.</summary>
    public static readonly HostCommand KeepNftables = Root(FirewallScript, "keep", "nftables");

    /// <summary>How it stands about that.</summary>
    public static readonly HostCommand NftablesLock = Root(FirewallScript, "status", "nftables");

    private static HostCommand ReadFirewall(string kind) => Root(FirewallScript, "read", kind) with { OutputLimit = FirewallOutput };
}
