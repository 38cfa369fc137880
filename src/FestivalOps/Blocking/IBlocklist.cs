using FestivalOps.Blocking.Addresses;
using FestivalOps.Blocking.Deciding;

namespace FestivalOps.Blocking;

/// <summary>Where every decision ends: what is done about an address.</summary>
internal interface IBlocklist
{
    /// <summary>Carries decisions out. Durable when the task ends; what was carried out already and still lasts changes nothing.</summary>
    /// <param name="source">The log that they come from, by its name in the settings.</param>
    /// <param name="decisions">In the order of their lines.</param>
    /// <param name="ct">Gives up.</param>
    Task ApplyAsync(string source, IReadOnlyList<BlockDecision> decisions, CancellationToken ct);

    /// <summary>What was decided earlier and may matter still: for the windows of a process that begins.</summary>
    Task<IReadOnlyList<KnownAddress>> KnownAsync(CancellationToken ct);

    /// <summary>
    /// Tells the windows that what holds for an address is another than what they decided: people blocked it or let it in, or it may not be blocked.
    /// Default: it never is.
    /// </summary>
    event EventHandler<CorrectedEventArgs>? Corrected
    {
        add { }
        remove { }
    }
}

/// <summary>What holds for an address is another than what its windows decided.</summary>
internal sealed class CorrectedEventArgs(KnownAddress address) : EventArgs
{
    /// <summary>What holds.</summary>
    public KnownAddress Address => address;
}

/// <summary>An address that was decided about.</summary>
/// <param name="Address">Which.</param>
/// <param name="Until">Until when it is blocked, or nothing more is said of it.</param>
/// <param name="Times">How often it was blocked.</param>
internal sealed record KnownAddress(ClientAddress Address, DateTimeOffset Until, int Times);
