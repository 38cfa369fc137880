using FestivalOps.Alerting.Card;
using FestivalOps.Blocking.Blocks.Enforcing;
using FestivalOps.Language;

namespace FestivalOps.Blocking.Blocks.Card;

/// <summary>What stands on the card of a block.</summary>
internal static class BlockCardTexts
{
    public static readonly LocalizedText UndoButton = new("ブロックを解除", "Unblock");
    public static readonly LocalizedText ExtendMenu = new("延長…", "Extend…");
    public static readonly LocalizedText Extend1 = new("1 時間延長", "1 h longer");
    public static readonly LocalizedText Extend6 = new("6 時間延長", "6 h longer");
    public static readonly LocalizedText Extend24 = new("24 時間延長", "24 h longer");
    public static readonly LocalizedText Extend7 = new("7 日延長", "7 days longer");
    public static readonly LocalizedText PermanentButton = new("無期限にする (要承認)", "Make permanent (approval)");
    public static readonly LocalizedText ApproveButton = new("ブロックを承認", "Approve block");
    public static readonly LocalizedText DeclineButton = new("依頼を却下", "Decline request");
    public static readonly LocalizedText Evidence = new("根拠", "Evidence");
    public static readonly LocalizedText WaitsToBlock = new("範囲のブロックのため、別の担当者の承認を待っています (まだブロックしていません)", "It is a range, so it waits for a second person: nothing is blocked yet");

    public static LocalizedText Open(string addresses) => new($"{addresses} をブロック中", $"{addresses} is blocked");

    public static LocalizedText Asked(string addresses) => new($"{addresses} のブロック依頼", $"Request to block {addresses}");

    public static LocalizedText Ended(string addresses) => new($"{addresses} のブロックは終了", $"{addresses} is not blocked any more");

    public static readonly LocalizedText NoFirewall = new("ファイアウォールが設定されていないため、実際には遮断していません", "No firewall is set up, so in fact nothing is kept out");

    /// <summary>Where what is blocked is known not to be kept out; null: nowhere.</summary>
    public static LocalizedText? NotKeptOut(FirewallLanes lanes, CardTime when) => lanes.All.Count == 0 ? NoFirewall : lanes.Away is { Count: > 0 } hosts ? NotYet(hosts, when.At(when.Now)) : null;

    private static LocalizedText NotYet(IReadOnlyList<string> hosts, LocalizedText now) =>
        new($"まだ遮断できていないホスト ({now.Ja} 現在): {string.Join("、", hosts)}。1 分ごとに再試行します", $"Not kept out yet (as of {now.En}): {string.Join(", ", hosts)}. It is tried again every minute");

    public static LocalizedText Times(int times) => new($"{times} 回目", times == 1 ? "1st time" : $"{times} times");

    public static LocalizedText Source(string source, string rule) => source == AddressBlock.Manual ? new("手動", "by hand") : new($"自動 ({source}・{rule})", $"automatic ({source}, {rule})");
}
