using System.Runtime.CompilerServices;
using FestivalOps.Blocking.Reading;

namespace FestivalOps.Blocking.Addresses;

/// <summary>Finds out who asked, when proxies may stand between.</summary>
/// <param name="trusted">Proxies that we believe; null: the settings say nothing about proxies.</param>
internal sealed class Clients(AddressRanges? trusted)
{
    private readonly AddressRanges _trusted = trusted ?? AddressRanges.None;

    /// <summary>
    /// The client of a request: who connected; when that is a trusted proxy, the last address of X-Forwarded-For that is not trusted. What
    /// stands before that address was written by the client and says nothing.
    /// </summary>
    /// <param name="remote">Who connected, as the log has it.</param>
    /// <param name="forwarded">X-Forwarded-For as the log has it; <c>-</c> or empty: none.</param>
    /// <param name="isWhole">False when the line was cut before the end of that field.</param>
    /// <param name="client">The client.</param>
    /// <param name="doubt">Whether it looks as if a proxy had connected that the settings do not know.</param>
    /// <returns>False when nobody can be blamed: no address, a broken list, only proxies.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryFind(ReadOnlySpan<byte> remote, ReadOnlySpan<byte> forwarded, bool isWhole, out ClientAddress client, out Doubt doubt)
    {
        doubt = Doubt.None;
        if (!ClientAddress.TryParse(remote, out client)) return false;
        if (_trusted.Contains(client)) return isWhole && TryLast(forwarded, out client) && client.CanBeClient;
        if (trusted is null && (!isWhole || NamesAnother(forwarded, client))) doubt = Doubt.Proxy;
        return client.CanBeClient;
    }

    private bool TryLast(ReadOnlySpan<byte> list, out ClientAddress client)
    {
        client = default;
        while (!list.IsEmpty)
        {
            var comma = list.LastIndexOf((byte)',');
            if (!TryEntry(list[(comma + 1)..], out var address)) return false;
            if (!_trusted.Contains(address))
            {
                client = address;
                return true;
            }
            list = comma < 0 ? [] : list[..comma];
        }
        return false;
    }

    private static bool NamesAnother(ReadOnlySpan<byte> list, ClientAddress remote)
    {
        while (!list.IsEmpty)
        {
            var comma = list.LastIndexOf((byte)',');
            if (TryEntry(list[(comma + 1)..], out var address) && address.CanBeClient && address != remote) return true;
            list = comma < 0 ? [] : list[..comma];
        }
        return false;
    }

    // Some balancers add the port: 203.0.113.9:4711, [2001:db8::1]:4711.
    private static bool TryEntry(ReadOnlySpan<byte> text, out ClientAddress address)
    {
        text = text.Trim((byte)' ');
        if (text.StartsWith("["u8))
        {
            var close = text.IndexOf((byte)']');
            address = default;
            return close > 0 && IsPort(text[(close + 1)..]) && ClientAddress.TryParse(text[1..close], out address);
        }
        var colon = text.LastIndexOf((byte)':');
        if (colon > 0 && text[..colon].Contains((byte)'.') && !text[..colon].Contains((byte)':') && IsPort(text[colon..])) text = text[..colon];
        return ClientAddress.TryParse(text, out address);
    }

    private static bool IsPort(ReadOnlySpan<byte> text) =>
        text.IsEmpty || (text.Length is > 1 and <= 6 && text[0] == ':' && !text[1..].ContainsAnyExceptInRange((byte)'0', (byte)'9'));
}
