using FestivalOps.Blocking.Addresses;

namespace FestivalOps.Blocking.Firewalls;

/// <summary>What a firewall takes. <c>festivalops-firewall</c>, which runs as root, checks the same once more.</summary>
internal static class FirewallLimits
{
    /// <summary>The longest time: 10 years; a longer one is cut to it. ipset cuts at 24 days: the end is set anew when the lists are compared.</summary>
    public static readonly TimeSpan LongestTime = TimeSpan.FromDays(3_650);

    /// <summary>Ranges in an allowlist, after those that lie in others were left out.</summary>
    public const int MostAllowed = 1_000;

    /// <summary>Changes at a time: 1,000,000; of ufw, each of whose rules takes a fifth of a second, 1,000.</summary>
    public static int MostChanges(FirewallKind kind) => kind == FirewallKind.Ufw ? 1_000 : 1_000_000;

    /// <summary>The prefix of the widest range of this family: 8, of IPv6 16.</summary>
    public static int WidestPrefix(AddressRange range) => range.IsV4 ? 8 : 16;

    /// <summary>
    /// Whether a range may be refused or allowed: not wider than /8 (IPv6: /16), so that a slip of the hand shuts out no half of the world, and
    /// nothing without which a host loses itself or its neighbours (0.0.0.0/8, 127.0.0.0/8, 169.254.0.0/16, 224.0.0.0/3, fe80::/10, ff00::/8).
    /// </summary>
    public static bool Takes(AddressRange range) => range.First.CanBeClient && range.Prefix >= WidestPrefix(range);
}
