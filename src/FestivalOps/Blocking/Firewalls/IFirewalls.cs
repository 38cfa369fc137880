namespace FestivalOps.Blocking.Firewalls;

/// <summary>The firewalls of all hosts that attackers are kept out of.</summary>
internal interface IFirewalls
{
    /// <summary>All of them; the same ones as long as the process lives.</summary>
    IReadOnlyList<IFirewall> All { get; }
}

/// <summary>There is no firewall.</summary>
internal sealed class NoFirewalls : IFirewalls
{
    /// <inheritdoc/>
    public IReadOnlyList<IFirewall> All => [];
}
