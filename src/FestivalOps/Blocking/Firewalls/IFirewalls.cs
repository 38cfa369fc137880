namespace FestivalOps.Blocking.Firewalls;

/// <summary>The firewalls of all hosts that attackers are kept out of.</summary>
internal interface IFirewalls
{
    /// <summary>All of them; the same ones as long as the process lives.</summary>
    IReadOnlyList<IFirewall> All { get; }

    /// <summary>Their lock-downs; of some kinds one that only says that it can't be done.</summary>
    IReadOnlyList<ILockdownFirewall> Lockdowns { get; }
}
