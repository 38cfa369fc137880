using FestivalOps.Alerting.Incidents;
using FestivalOps.Language;

namespace FestivalOps.Alerting.Card;

/// <summary>The lines of a timeline in few words.</summary>
internal static class NoteTexts
{
    public static LocalizedText Until(LocalizedText at) => new($"{at.Ja} まで", $"until {at.En}");

    public static LocalizedText Of(IncidentEventKind kind) => kind switch
    {
        IncidentEventKind.Opened => new("インシデントが始まりました", "Opened"),
        IncidentEventKind.AlertsJoined => new("アラートが加わりました", "More alerts joined"),
        IncidentEventKind.AlertsStopped => new("アラートの一部が止まりました", "Some alerts stopped"),
        IncidentEventKind.Worsened => new("悪化しました", "Became worse"),
        IncidentEventKind.Acknowledged => new("対応を始めました", "Acknowledged"),
        IncidentEventKind.PromiseRanOut => new("約束の時刻を過ぎたため、再び未対応になりました", "The promised time has passed; it is open again"),
        IncidentEventKind.Resolved => new("解決しました", "Resolved"),
        IncidentEventKind.Reopened => new("再び始まりました", "Reopened"),
        IncidentEventKind.Escalated => new("次のレベルに上げました", "Escalated"),
        IncidentEventKind.Paged => new("通知します", "Notifying"),
        IncidentEventKind.PageArrived => new("通知が届きました", "The notification arrived"),
        IncidentEventKind.Unreachable => new("連絡できませんでした", "Could not be reached"),
        IncidentEventKind.NotPaged => new("今は通知しません", "Nobody is notified now"),
        IncidentEventKind.Snoozed => new("スヌーズしました", "Snoozed"),
        IncidentEventKind.SnoozeEnded => new("スヌーズが終わりました", "The snooze is over"),
        IncidentEventKind.Hidden => new("非表示になりました", "Hidden"),
        IncidentEventKind.Shown => new("再び表示しました", "Shown again"),
        IncidentEventKind.Assigned => new("担当が決まりました", "Assigned"),
        IncidentEventKind.Noted => new("メモ", "Note"),
        IncidentEventKind.Undone => new("操作を取り消しました", "Undone"),
        IncidentEventKind.FlappingBegan => new("発報と解消を繰り返しています", "Alerts come and go"),
        IncidentEventKind.FlappingEnded => new("状態が落ち着きました", "Steady again"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "This event has no words"),
    };

    public static string Picture(IncidentEventKind kind) => kind switch
    {
        IncidentEventKind.Acknowledged or IncidentEventKind.Assigned => ":eyes:",
        IncidentEventKind.Resolved => ":white_check_mark:",
        IncidentEventKind.Noted => ":memo:",
        IncidentEventKind.Snoozed => ":zzz:",
        IncidentEventKind.Undone => ":leftwards_arrow_with_hook:",
        IncidentEventKind.Unreachable => ":no_bell:",
        IncidentEventKind.Worsened => ":chart_with_upwards_trend:",
        _ => ":small_blue_diamond:",
    };
}
