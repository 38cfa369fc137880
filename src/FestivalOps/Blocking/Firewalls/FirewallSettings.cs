namespace FestivalOps.Blocking.Firewalls;

/// <summary>The firewall of a host.</summary>
internal sealed class FirewallSettings
{
    /// <summary>Which it is, as <see cref="FirewallKind"/> names it. Default: Nftables.</summary>
    // A text: the binder drops an entry of a dictionary silently when a value in it has no such name.
    public string Kind { get; set; } = nameof(FirewallKind.Nftables);

    /// <summary>The kind that <see cref="Kind"/> names; the settings were checked.</summary>
    public FirewallKind GetKind() => Enum.Parse<FirewallKind>(Kind, ignoreCase: true);

    /// <summary>What is wrong with it, as sentences.</summary>
    public IEnumerable<string> Complaints(string host)
    {
        if (!Enum.GetNames<FirewallKind>().Contains(Kind, StringComparer.OrdinalIgnoreCase)) yield return $"{host}: Kind must be one of: {string.Join(", ", Enum.GetNames<FirewallKind>())}.";
    }
}
