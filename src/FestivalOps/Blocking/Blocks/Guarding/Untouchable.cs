using FestivalOps.Blocking.Addresses;
using FestivalOps.Blocking.Firewalls;
using FestivalOps.Language;

namespace FestivalOps.Blocking.Blocks.Guarding;

/// <summary>
/// Says which addresses nobody can block, whoever asks. Pure. Loopback and the other forms of IPv6 that are nobody's address on a network can't be
/// written as an <see cref="AddressRange"/> at all; <see cref="Commands.BlockWords"/> refuses them.
/// </summary>
internal sealed class Untouchable
{
    private static readonly (AddressRange Range, LocalizedText Why)[] Special =
    [
        (Range("127.0.0.0/8"), GuardTexts.Loopback),
        (Range("0.0.0.0/8"), GuardTexts.Nobody),
        (Range("169.254.0.0/16"), GuardTexts.LinkLocal),
        (Range("224.0.0.0/4"), GuardTexts.Multicast),
        (Range("240.0.0.0/4"), GuardTexts.Nobody),
        (Range("fe80::/10"), GuardTexts.LinkLocal),
        (Range("ff00::/8"), GuardTexts.Multicast),
        // IPv4 behind a translator: this /64 is all of it.
        (Range("64:ff9b::/64"), GuardTexts.Translated),
    ];

    private readonly int _widestV4;
    private readonly int _widestV6;
    private readonly List<AddressRange> _proxies;
    private readonly List<AddressRange> _neverBlock;

    /// <summary>Makes it from the settings, which were checked.</summary>
    public Untouchable(BlockingOptions options)
    {
        (_widestV4, _widestV6) = (options.WidestV4, options.WidestV6);
        (_proxies, _neverBlock) = (Ranges(options.TrustedProxies), Ranges(options.NeverBlock));
    }

    /// <summary>Why these addresses can't be blocked; null: they can.</summary>
    /// <param name="range">Which.</param>
    /// <param name="places">What our hosts need.</param>
    public LocalizedText? Why(AddressRange range, IReadOnlyList<ProtectedPlace> places)
    {
        var widest = range.IsV4 ? _widestV4 : _widestV6;
        // So wide that it holds special ranges only because it holds everything.
        if (range.Prefix < FirewallLimits.WidestPrefix(range)) return GuardTexts.TooWide(range.Prefix, widest);
        foreach (var (special, why) in Special)
        {
            if (range.Overlaps(special)) return why;
        }
        if (range.Prefix < widest) return GuardTexts.TooWide(range.Prefix, widest);
        foreach (var proxy in _proxies)
        {
            if (range.Overlaps(proxy)) return GuardTexts.Proxy(proxy);
        }
        foreach (var never in _neverBlock)
        {
            if (range.Overlaps(never)) return GuardTexts.NeverBlock(never);
        }
        foreach (var place in places)
        {
            if (range.Overlaps(place.Range)) return GuardTexts.Place(place);
        }
        return null;
    }

    // Loopback of IPv6 can stand there, and is protected anyway.
    private static List<AddressRange> Ranges(IEnumerable<string> texts)
    {
        var ranges = new List<AddressRange>();
        foreach (var text in texts)
        {
            if (AddressRange.TryParse(text, out var range)) ranges.Add(range);
        }
        return ranges;
    }

    private static AddressRange Range(string text) => AddressRange.TryParse(text, out var range) ? range : throw new FormatException(text);
}

/// <summary>Why an address can't be blocked.</summary>
internal static class GuardTexts
{
    public static readonly LocalizedText Loopback = new("ループバックアドレスのためブロックできません", "it is a loopback address, so it can't be blocked");
    public static readonly LocalizedText LinkLocal = new("リンクローカルアドレスのためブロックできません", "it is a link-local address, so it can't be blocked");
    public static readonly LocalizedText Multicast = new("マルチキャストアドレスのためブロックできません", "it is a multicast address, so it can't be blocked");
    public static readonly LocalizedText Nobody = new("どの端末のものでもない予約済みアドレスのためブロックできません", "it is reserved and no machine's address, so it can't be blocked");
    public static readonly LocalizedText Translated = new("IPv4 変換用のアドレスで、IPv4 の利用者全員を含むためブロックできません", "it stands for everyone on IPv4 (translated), so it can't be blocked");

    public static LocalizedText TooWide(int prefix, int widest) => new(
        $"/{prefix} は広すぎるためブロックできません (/{widest} まで。設定 Blocking:WidestV4・WidestV6)", $"/{prefix} is too wide to be blocked: /{widest} at the most (settings Blocking:WidestV4, WidestV6)");

    public static LocalizedText Proxy(AddressRange range) => new(
        $"信頼するプロキシ {range} (Blocking:TrustedProxies) を含むためブロックできません", $"it holds the trusted proxy {range} (Blocking:TrustedProxies), so it can't be blocked");

    public static LocalizedText NeverBlock(AddressRange range) => new(
        $"ブロック対象外 {range} (Blocking:NeverBlock) を含むためブロックできません", $"it holds {range}, which is never blocked (Blocking:NeverBlock), so it can't be blocked");

    public static LocalizedText Place(ProtectedPlace place) => place.Kind switch
    {
        PlaceKind.Own => new($"{place.Host} 自身のアドレス {place.Range} を含むためブロックできません", $"it holds {place.Range}, an address of {place.Host} itself, so it can't be blocked"),
        PlaceKind.Gateway => new($"{place.Host} のゲートウェイ {place.Range} を含むためブロックできません", $"it holds {place.Range}, the gateway of {place.Host}, so it can't be blocked"),
        _ => new(
            $"{place.Range} から {place.Host} に SSH 接続中のためブロックできません", $"someone is logged in to {place.Host} over SSH from {place.Range}, so it can't be blocked"),
    };
}
