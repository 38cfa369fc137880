using System.Globalization;
using FestivalOps.Language;

namespace FestivalOps.Maintenance.Checklists;

/// <summary>What the checklists say.</summary>
internal static class ChecklistTexts
{
    public static readonly LocalizedText Summary = new("セキュリティチェックリスト", "the security checklists");
    public static readonly LocalizedText Usage = new("[daily|weekly|monthly] | export 番号 [csv|md] | undo 番号 項目", "[daily|weekly|monthly] | export NUMBER [csv|md] | undo NUMBER ITEM");
    public static readonly LocalizedText Details = new(
        "`/fops checklist` 未完了のリストと最近の署名\n`/fops checklist weekly` 今週のリストを開く(すでにあれば根拠を更新)\n`/fops checklist export 12` 署名を検証し、CSV と Markdown で出力\n`/fops checklist undo 12 3` 確認済みを取り消す(確認した人、またはシステム管理者)",
        "`/fops checklist` open lists and the last signatures\n`/fops checklist weekly` opens the list of this week (when it is there, its evidence is brought up to date)\n`/fops checklist export 12` checks the seal and gives CSV and Markdown\n`/fops checklist undo 12 3` takes a tick back (who ticked it, or an administrator)");

    private static readonly LocalizedText Weekdays = new("日月火水木金土", "SMTWTFS");

    public static readonly LocalizedText Signed = new("署名済み", "signed");
    public static readonly LocalizedText TickButton = new("確認した", "Done");
    public static readonly LocalizedText UndoButton = new("取り消す", "Undo");
    public static readonly LocalizedText NoteButton = new("メモを付けて確認…", "Done with a note…");
    public static readonly LocalizedText AssignButton = new("担当を割り当てる…", "Assign…");
    public static readonly LocalizedText RefreshButton = new("根拠を更新", "Update evidence");
    public static readonly LocalizedText SignButton = new("署名する", "Sign");
    public static readonly LocalizedText NoteLabel = new("メモ", "Note");
    public static readonly LocalizedText ItemLabel = new("項目", "Item");
    public static readonly LocalizedText PersonLabel = new("担当者", "Who");
    public static readonly LocalizedText AssignedLabel = new("担当", "Assigned to");
    public static readonly LocalizedText SignedByLabel = new("署名", "signed by");
    public static readonly LocalizedText SealLabel = new("封印", "seal");
    public static readonly LocalizedText NoteTitle = new("メモを付けて確認", "Done with a note");
    public static readonly LocalizedText AssignTitle = new("担当を割り当てる", "Assign an item");
    public static readonly LocalizedText Send = new("送信", "Send");
    public static readonly LocalizedText Cancel = new("やめる", "Cancel");
    public static readonly LocalizedText FooterOpen = new(
        "未完了の項目は次のリストに引き継がれます", "what is left goes into the next list");
    public static readonly LocalizedText FooterCarried = new("このリストは変更できません", "this list can't be changed any more");
    public static readonly LocalizedText LastReminder = new("このリストの通知はこれで最後です。", "This was the last reminder of this list.");

    public static readonly LocalizedText NoChannel = new(
        "確認できません: 投稿先のチャンネルが設定されていません(Channels:Reports)", "not available: no channel is set to post it in (Channels:Reports)");
    public static readonly LocalizedText NothingOpen = new("未完了のチェックリストはありません。", "No checklist is open.");
    public static readonly LocalizedText OpenTitle = new("未完了のチェックリスト", "Open checklists");
    public static readonly LocalizedText SignedTitle = new("最近の署名", "Last signatures");
    public static readonly LocalizedText NothingChosen = new("項目を選んでください。", "Choose an item.");
    public static readonly LocalizedText NobodyChosen = new("担当者を選んでください。", "Choose someone.");
    public static readonly LocalizedText SealWhole = new("署名時のまま変更されていません", "it is as it was signed");
    public static readonly LocalizedText SealBroken = new(
        "封印が一致しません: 署名後に記録が書き換えられています。システム管理者に連絡してください",
        "the seal does not match: the records were changed after signing. Tell an administrator");
    public static readonly LocalizedText SealNone = new("未署名です", "it is not signed");
    public static readonly LocalizedText RefreshNothing = new("新しい根拠はありません。", "There is no newer evidence.");

    public static LocalizedText Name(ChecklistKind kind) => kind switch
    {
        ChecklistKind.Daily => new("日次セキュリティチェック", "Daily security check"),
        ChecklistKind.Weekly => new("週次セキュリティチェック", "Weekly security check"),
        _ => new("月次セキュリティチェック", "Monthly security check"),
    };

    public static LocalizedText Title(ChecklistKind kind, ChecklistPeriod period)
    {
        var (name, first, last) = (Name(kind), period.First, period.Last);
        static string Ja(DateOnly day) => day.ToString("yyyy年M月d日(", CultureInfo.InvariantCulture) + Weekdays.Ja[(int)day.DayOfWeek] + ")";
        static string En(DateOnly day) => day.ToString("ddd MMM d, yyyy", CultureInfo.InvariantCulture);
        return kind switch
        {
            ChecklistKind.Daily => new($"{name.Ja} {Ja(first)}", $"{name.En}, {En(first)}"),
            ChecklistKind.Weekly => new($"{name.Ja} {Ja(first)}の週", $"{name.En}, week of {En(first)}"),
            _ => new($"{name.Ja} {first.ToString("yyyy年M月", CultureInfo.InvariantCulture)}", $"{name.En}, {first.ToString("MMMM yyyy", CultureInfo.InvariantCulture)}"),
        };
    }

    public static LocalizedText Number(long id) => new($"リスト {id}", $"list {id}");

    public static LocalizedText Progress(int done, int all) => new($"{done} / {all} 項目を確認済み", $"{done} of {all} done");

    public static LocalizedText ReadyToSign(int all) => new($"{all} 項目すべて確認済み。署名待ちです", $"all {all} done; it waits for a signature");

    public static LocalizedText CarriedTo(long id, int open) => new(
        $"未完了 {open} 件をリスト {id} に引き継ぎました", open == 1 ? $"1 item went into list {id}" : $"{open} items went into list {id}");

    public static LocalizedText TickedAt(string at) => new($"が確認({at})", $"checked it ({at})");

    public static LocalizedText ByBot(string at) => new($"ボットが確認({at} の結果)", $"checked by the bot (result of {at})");

    public static LocalizedText Since(string day) => new($"{day} から未完了", $"open since {day}");

    public static LocalizedText ExportHint(long id) => new($"`/fops checklist export {id}` で出力", $"`/fops checklist export {id}` gives it as a file");

    public static LocalizedText Reminder(int open) => open == 0
        ? new("すべて確認済みですが、署名がまだです。", "Everything is done, but it is not signed yet.")
        : new($"未完了の項目が {open} 件あります。", open == 1 ? "1 item is still open." : $"{open} items are still open.");

    public static LocalizedText More(int count) => new($"ほか {count} 件", $"{count} more");
}
