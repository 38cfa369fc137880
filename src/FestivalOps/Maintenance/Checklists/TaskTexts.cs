using FestivalOps.Language;

namespace FestivalOps.Maintenance.Checklists;

/// <summary>What the tasks of the checklists say.</summary>
internal static class TaskTexts
{
    public static readonly LocalizedText Daily = new("日次セキュリティチェックリストを投稿", "posts the daily security checklist");
    public static readonly LocalizedText Weekly = new("週次セキュリティチェックリストを投稿", "posts the weekly security checklist");
    public static readonly LocalizedText Monthly = new("月次セキュリティチェックリストを投稿", "posts the monthly security checklist");
    public static readonly LocalizedText Reminder = new("チェックリストの根拠を更新し、未完了を通知", "updates the evidence of open checklists and reminds of what is left");

    public static LocalizedText Opened(long id, int done, int all) => new(
        $"リスト {id} を投稿しました。ボットが {done} / {all} 項目を確認済み", $"list {id} was posted; the bot checked {done} of {all} items");

    public static LocalizedText Known(long id, int done, int all) => new(
        $"リスト {id} はすでにあるため、根拠を更新しました。{done} / {all} 項目を確認済み", $"list {id} was there already, its evidence is up to date; {done} of {all} done");

    public static LocalizedText Looking(long id) => new($"リスト {id} を確認しています", $"Looking at list {id}");

    public static LocalizedText Reminded(int lists, int reminded, int filled) => lists == 0
        ? new("未完了のチェックリストはありません", "no checklist is open")
        : new($"未完了のリスト {lists} 件、通知 {reminded} 件、根拠を更新した項目 {filled} 件", $"{lists} open, reminded of {reminded}, newer evidence for {filled} items");
}
