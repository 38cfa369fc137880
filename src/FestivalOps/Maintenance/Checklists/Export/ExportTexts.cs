using FestivalOps.Language;

namespace FestivalOps.Maintenance.Checklists.Export;

/// <summary>What stands in a file of a list, and with it.</summary>
internal static class ExportTexts
{
    public static readonly IReadOnlyList<LocalizedText> Columns =
    [
        new("番号", "number"), new("項目", "item"), new("状態", "state"), new("確認者", "done by"), new("確認日時", "done at"), new("メモ", "note"),
        new("根拠", "evidence"), new("根拠の日時", "evidence of"), new("役割", "role"), new("担当", "assigned to"), new("未完了の起点", "open since"),
    ];

    public static readonly LocalizedText Open = new("未完了", "open");
    public static readonly LocalizedText Done = new("確認済み", "done");
    public static readonly LocalizedText Bot = new("ボット", "bot");
    public static readonly LocalizedText List = new("リスト", "list");
    public static readonly LocalizedText State = new("状態", "state");
    public static readonly LocalizedText Before = new("前の封印", "seal before it");
    public static readonly LocalizedText Audit = new("署名時の監査記録", "audit trail when signed");
    public static readonly LocalizedText Verified = new("検証", "verification");
    public static readonly LocalizedText AsText = new(
        "ファイルを送信できなかったため、本文で表示します。", "The file could not be sent, so here is its text.");
    public static readonly LocalizedText WhichList = new(
        "番号を指定してください: `/fops checklist export 12`。番号は `/fops checklist` で確認できます。",
        "Name a list: `/fops checklist export 12`. `/fops checklist` shows the numbers.");
    public static readonly LocalizedText WhichFormat = new("形式は `csv` か `md` です。", "The format is `csv` or `md`.");

    public static LocalizedText CarriedOver(long id) => new($"リスト {id} に引き継ぎ", $"carried over into list {id}");

    public static LocalizedText Sent(long id, LocalizedText seal) => new($"リスト {id} を出力しました。検証: {seal.Ja}", $"List {id} was exported. Verification: {seal.En}");

    public static LocalizedText NoList(string typed) => new($"リスト「`{typed}`」は見つかりません。", $"There is no list `{typed}`.");
}
