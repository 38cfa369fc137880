using FestivalOps.Blocking.Addresses;
using FestivalOps.Language;

namespace FestivalOps.Blocking.Firewalls;

/// <summary>Which firewall a host has.</summary>
internal enum FirewallKind
{
    /// <summary>An nftables table of our own, with sets whose elements end by themselves. The default.</summary>
    Nftables,

    /// <summary>iptables and ip6tables, as the guideline writes it, with one ipset each.</summary>
    Iptables,

    /// <summary>ufw, with one rule for each address.</summary>
    Ufw,

    /// <summary>A file that nginx includes (a geo map): the host's kernel is left alone, nginx answers 403.</summary>
    Nginx,
}

/// <summary>
/// The addresses that one host's firewall refuses for us. It touches nothing but what is ours. Never throws for what a host can do wrong: a
/// missing tool, a refusal, a hang and a host that is away are a <see cref="FirewallAnswer.Problem"/>. One caller at a time.
/// </summary>
internal interface IFirewall
{
    /// <summary>The host's name in the settings.</summary>
    string Host { get; }

    /// <summary>Which it is.</summary>
    FirewallKind Kind { get; }

    /// <summary>What it refuses now. Makes nothing: a host whose table is missing refuses nothing.</summary>
    Task<FirewallReading> ReadAsync(CancellationToken ct);

    /// <summary>
    /// Changes what it refuses, all or nothing where the firewall can; makes the table, sets and rules that it needs when they are missing. Blocking what is
    /// blocked sets its time anew; unblocking what is not blocked is done already.
    /// </summary>
    Task<FirewallAnswer> ApplyAsync(FirewallChange change, CancellationToken ct);
}

/// <summary>A refused range.</summary>
/// <param name="Range">Which.</param>
/// <param name="For">How long from now; null: without end, also where the firewall has no times of its own.</param>
internal sealed record FirewallEntry(AddressRange Range, TimeSpan? For);

/// <summary>What is to change.</summary>
/// <param name="Block">To be refused. Ranges may overlap each other and what is there.</param>
/// <param name="Unblock">To be let in.</param>
internal sealed record FirewallChange(IReadOnlyCollection<FirewallEntry> Block, IReadOnlyCollection<AddressRange> Unblock);

/// <summary>What a firewall refuses.</summary>
/// <param name="Entries">All of it; null when it can't be had.</param>
/// <param name="Problem">Why not; null when it was had.</param>
internal sealed record FirewallReading(IReadOnlyList<FirewallEntry>? Entries, LocalizedText? Problem);

/// <summary>What became of a change.</summary>
/// <param name="Problem">Why it was not made, or not wholly; null when it was.</param>
internal sealed record FirewallAnswer(LocalizedText? Problem)
{
    /// <summary>It was made.</summary>
    public static readonly FirewallAnswer Done = new((LocalizedText?)null);
}
