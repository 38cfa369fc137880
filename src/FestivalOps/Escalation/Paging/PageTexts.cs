using System.Globalization;
using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Escalation.OnCall;
using FestivalOps.Language;

namespace FestivalOps.Escalation.Paging;

/// <summary>What pages say. Nothing here is escaped yet.</summary>
internal static class PageTexts
{
    public static readonly LocalizedText Drill = new("【訓練】", "[DRILL] ");
    public static readonly LocalizedText AcknowledgeButton = new("対応する", "Acknowledge");
    public static readonly LocalizedText EscalateButton = new("エスカレーション", "Escalate now");
    public static readonly LocalizedText OnlyADrill = new(
        "訓練です。「対応する」を押すほかに、することはありません。", "This is a drill. Press \"Acknowledge\"; nothing else is to be done.");
    public static readonly LocalizedText HowToAnswer = new(
        "Slack で「対応する」を押すか、`/fops ack` で引き受けると、以後の通知は止まります。",
        "Press \"Acknowledge\" in Slack or use `/fops ack` to take it; nobody is told any more then.");

    public static LocalizedText Title(Incident incident)
    {
        var mark = incident.Drill ? (Drill.Ja, Drill.En) : ("", "");
        return new($"{mark.Item1}#{incident.Id} {incident.TitleJa}", $"{mark.Item2}#{incident.Id} {incident.TitleEn}");
    }

    public static LocalizedText Level(int level, Severity severity) => severity == Severity.Critical
        ? new($"レベル {level}・緊急", $"Level {level}, critical")
        : new($"レベル {level}・警告", $"Level {level}, warning");

    /// <summary>Asks; the level is said beside it.</summary>
    public static LocalizedText Ask(string rule)
    {
        var why = EventTexts.Rule(rule);
        return new($"対応をお願いします ({why.Ja})。", $"Please take this: {why.En}.");
    }

    /// <summary>Asks where nothing else says the level.</summary>
    public static LocalizedText Ask(int level, string rule)
    {
        var why = EventTexts.Rule(rule);
        return new($"対応をお願いします (レベル {level}: {why.Ja})。", $"Please take this (level {level}: {why.En}).");
    }

    public static LocalizedText Next(IReadOnlyList<PlannedStep> plan, int level, TimeZoneInfo zone)
    {
        if (plan.Count == 0) return LocalizedText.Same("-");
        var at = TimeZoneInfo.ConvertTime(plan[0].At, zone).ToString("HH:mm", CultureInfo.InvariantCulture);
        return plan[0].Level > level
            ? new($"{at} までに対応がなければ、レベル {plan[0].Level} に通知します。", $"If nobody takes it by {at}, level {plan[0].Level} is told.")
            : new($"{at} までに対応がなければ、もう一度通知します。", $"If nobody takes it by {at}, everyone is told again.");
    }

    public static LocalizedText PassedOver(string name, PassedOverReason reason) => reason switch
    {
        PassedOverReason.Deactivated => new($"{name} はアカウント停止中のため除外しました。", $"{name} was passed over: the account is deactivated."),
        PassedOverReason.Unknown => new($"{name} は Slack に存在しないため除外しました。", $"{name} was passed over: unknown to Slack."),
        _ => new($"{name} は休暇中のため除外しました。", $"{name} was passed over: on leave."),
    };

    public static LocalizedText Measured(string value, string limit) => limit.Length == 0
        ? new($"値: {value}", $"Value: {value}")
        : new($"値: {value} ({limit})", $"Value: {value} ({limit})");

    public static LocalizedText MailSubject(Incident incident, int level)
    {
        var (title, grade) = (Title(incident), Level(level, incident.Severity));
        return new($"[FestivalOps] {title.Ja} ({grade.Ja})", $"[FestivalOps] {title.En} ({grade.En})");
    }
}
