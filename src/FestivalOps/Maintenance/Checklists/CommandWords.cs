using FestivalOps.Language;

namespace FestivalOps.Maintenance.Checklists;

/// <summary>What <c>/fops checklist</c> answers.</summary>
internal static class CommandWords
{
    public static readonly LocalizedText WhichItem = new(
        "リストと項目の番号を指定してください: `/fops checklist undo 12 3`", "Name list and item: `/fops checklist undo 12 3`");

    public static LocalizedText Opened(long id) => new($"リスト {id} を作成しました:", $"List {id} was opened:");

    public static LocalizedText Known(long id) => new(
        $"この期間のリスト {id} はすでにあります。根拠を更新しました:", $"List {id} of this period is there already; its evidence is up to date now:");

    public static LocalizedText Unknown(string typed, string? nearest) => nearest is null
        ? new($"「`{typed}`」はわかりません。`/fops checklist [daily|weekly|monthly]` または `export 番号` です。", $"`{typed}` is not understood. It is `/fops checklist [daily|weekly|monthly]` or `export NUMBER`.")
        : new($"「`{typed}`」はわかりません。`/fops checklist {nearest}` ですか?", $"`{typed}` is not understood. Did you mean `/fops checklist {nearest}`?");
}
