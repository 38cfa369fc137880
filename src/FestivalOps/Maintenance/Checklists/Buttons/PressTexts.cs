using FestivalOps.Language;

namespace FestivalOps.Maintenance.Checklists.Buttons;

/// <summary>What is said to the one who pressed.</summary>
internal static class PressTexts
{
    public static readonly LocalizedText AllDone = new("これですべて確認済みです。署名できます。", "Everything is done now; the list can be signed.");
    public static readonly LocalizedText TickedAlready = new("この項目はすでに確認済みです。", "This item was done already.");
    public static readonly LocalizedText SignedAlready = new("このリストは署名済みで、もう変更できません。", "This list is signed and can't be changed any more.");
    public static readonly LocalizedText NotDone = new("この項目はまだ確認されていません。", "This item is not done, so there is nothing to take back.");
    public static readonly LocalizedText NotYours = new(
        "取り消せるのは、確認した人かシステム管理者だけです。", "Only who ticked it or an administrator can take it back.");
    public static readonly LocalizedText Missing = new("そのリストか項目が見つかりません。", "There is no such list or item.");
    public static readonly LocalizedText NoRole = new(
        "この人には役割がなく、項目を確認済みにできません。役割のある人を選んでください(`/fops oncall` で確認できます)。",
        "This person has no role and can't tick items. Choose someone who has one (`/fops oncall` shows them).");
    public static readonly LocalizedText TheBot = new("ボット", "the bot");

    public static LocalizedText Carried(long next) => new(
        $"このリストの未完了項目はリスト {next} に引き継がれました。そちらで操作してください。", $"What was open here went into list {next}. Please go on there.");

    public static LocalizedText Unfinished(int open, LocalizedText first) => new(
        $"未完了の項目が {open} 件あるため署名できません(例: {first.Ja})。", $"{open} open ({first.En}, …): a list is signed when everything is done.");

    public static LocalizedText Ticked(long list, LocalizedText item) => new(
        $"リスト {list} の「{item.Ja}」を確認済みにしました。", $"List {list}: \"{item.En}\" is done.");

    public static LocalizedText Unticked(long list, LocalizedText item) => new(
        $"リスト {list} の「{item.Ja}」を未完了に戻しました。", $"List {list}: \"{item.En}\" is open again.");

    public static LocalizedText Assigned(long list, LocalizedText item) => new(
        $"リスト {list} の「{item.Ja}」の担当を決めました。", $"List {list}: \"{item.En}\" was assigned.");

    public static LocalizedText Signed(long list, string seal) => new(
        $"リスト {list} に署名しました。封印 {seal}", $"List {list} is signed. Seal {seal}");

    public static LocalizedText Refreshed(long list, int items) => new(
        $"リスト {list} の {items} 項目の根拠を更新しました。", items == 1 ? $"List {list}: the evidence of 1 item is newer now." : $"List {list}: the evidence of {items} items is newer now.");
}
