using FestivalOps.Blocking.Addresses;
using FestivalOps.Language;

namespace FestivalOps.Blocking.Blocks.Guarding;

/// <summary>Whose an address is that must not be blocked.</summary>
internal enum PlaceKind
{
    /// <summary>A host's own.</summary>
    Own,

    /// <summary>A gateway of a host.</summary>
    Gateway,

    /// <summary>Of someone who is logged in over SSH.</summary>
    Operator,
}

/// <summary>An address that a host needs.</summary>
/// <param name="Range">Which.</param>
/// <param name="Kind">Whose.</param>
/// <param name="Host">The host's name in the settings.</param>
internal sealed record ProtectedPlace(AddressRange Range, PlaceKind Kind, string Host);

/// <summary>What our hosts say of themselves.</summary>
/// <param name="Places">Addresses that they need.</param>
/// <param name="Unasked">Hosts that did not say it, each with why; of those that said it before, what they said last is in the places.</param>
internal sealed record Surroundings(IReadOnlyList<ProtectedPlace> Places, IReadOnlyList<(string Host, LocalizedText Why)> Unasked)
{
    /// <summary>Nothing is known.</summary>
    public static readonly Surroundings None = new([], []);
}

/// <summary>Knows what our hosts need.</summary>
internal interface ISurroundings
{
    /// <summary>What they need now; at most a minute old when they answer.</summary>
    Task<Surroundings> NowAsync(CancellationToken ct);
}
