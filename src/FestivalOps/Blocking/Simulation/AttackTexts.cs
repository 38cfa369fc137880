using FestivalOps.Language;

namespace FestivalOps.Blocking.Simulation;

/// <summary>What is said of attackers that were found by themselves.</summary>
internal static class AttackTexts
{
    public static readonly LocalizedText Over = new("期間が終わりました", "its time is over");

    public static LocalizedText WouldBlock(string address) => new($"攻撃元 {address} をブロックするところでした(シミュレーション)", $"{address} attacks and would be blocked (simulation)");

    public static LocalizedText Blocked(string address) => new($"攻撃元 {address} をブロックしました", $"{address} attacks and was blocked");

    public static LocalizedText BlockedFor(LocalizedText reason, TimeSpan length)
    {
        var span = SpokenTime.Span(length);
        return new($"{reason.Ja}。{span.Ja}ブロックします。", $"{reason.En}. Blocked for {span.En}.");
    }

    public static LocalizedText Warned(string address) => new($"{address} から不審なアクセスがあります", $"Suspicious access from {address}");

    public static LocalizedText Simulated(LocalizedText reason, TimeSpan length)
    {
        var span = SpokenTime.Span(length);
        return new(
            $"{reason.Ja}。シミュレーションのため何もブロックしていません(本来は {span.Ja})。",
            $"{reason.En}. Simulation: nothing was blocked (it would be for {span.En}).");
    }
}
