using FestivalOps.Alerting.Alerts;
using FestivalOps.Commands.Roles;
using FestivalOps.Language;

namespace FestivalOps.Alerting.Card;

/// <summary>What an incident's card says.</summary>
internal static class CardTexts
{
    public static readonly LocalizedText Drill = new("【訓練】", "[DRILL] ");
    public static readonly LocalizedText Acknowledged = new("対応中", "In progress");
    public static readonly LocalizedText Snoozed = new("スヌーズ中", "Snoozed");
    public static readonly LocalizedText Hidden = new("非表示中", "Hidden");
    public static readonly LocalizedText Resolved = new("解決", "Resolved");
    public static readonly LocalizedText NobodyYet = new("まだ誰も対応していません", "Nobody has taken this yet");
    public static readonly LocalizedText Value = new("値", "Value");
    public static readonly LocalizedText Limit = new("基準", "limit");
    public static readonly LocalizedText LastHour = new("1 時間", "1 h");
    public static readonly LocalizedText Next = new("次", "Next");
    public static readonly LocalizedText NothingPlanned = new("通知の予定はありません", "no notification is planned");
    public static readonly LocalizedText Flapping = new("発報と解消を繰り返しています。個々の変化は通知しません。", "Alerts come and go; single changes are not announced.");
    public static readonly LocalizedText BySystem = new("アラートが止まりました", "its alerts stopped");

    public static readonly LocalizedText AcknowledgeButton = new("対応する", "Acknowledge");
    public static readonly LocalizedText ResolveButton = new("解決する", "Resolve");
    public static readonly LocalizedText EscalateButton = new("エスカレーション", "Escalate now");
    public static readonly LocalizedText EscalateTitle = new("次のレベルに今すぐ通知しますか?", "Notify the next level now?");
    public static readonly LocalizedText EscalateYes = new("通知する", "Notify");
    public static readonly LocalizedText EscalateNo = new("やめる", "Cancel");
    public static readonly LocalizedText SnoozeMenu = new("スヌーズ", "Snooze");
    public static readonly LocalizedText SilenceButton = new("サイレンス…", "Silence…");
    public static readonly LocalizedText AssignButton = new("担当を決める…", "Assign…");
    public static readonly LocalizedText NoteButton = new("メモを残す…", "Note…");
    public static readonly LocalizedText UndoButton = new("元に戻す", "Undo");

    public static readonly LocalizedText Snooze30 = new("30 分", "30 minutes");
    public static readonly LocalizedText Snooze60 = new("1 時間", "1 hour");
    public static readonly LocalizedText Snooze240 = new("4 時間", "4 hours");
    public static readonly LocalizedText SnoozeMorning = new("翌営業日の朝まで", "Until the next business morning");

    public static LocalizedText Name(this Severity severity) => severity switch
    {
        Severity.Information => new("情報", "Information"),
        Severity.Warning => new("警告", "Warning"),
        Severity.Critical => new("緊急", "Critical"),
        _ => throw new ArgumentOutOfRangeException(nameof(severity), severity, "This severity has no name"),
    };

    /// <summary>The level in the guideline's words (障害レベル定義).</summary>
    public static LocalizedText Level(int level) => level switch
    {
        1 => new("レベル 1 軽微", "Level 1 (minor)"),
        2 => new("レベル 2 中程度", "Level 2 (medium)"),
        3 => new("レベル 3 重大", "Level 3 (major)"),
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, "The guideline has levels 1 to 3"),
    };

    /// <summary>In which time it is to be dealt with (guideline, 障害レベル定義).</summary>
    public static LocalizedText Time(int level) => level switch
    {
        1 => new("営業時間内", "within business hours"),
        2 => new("2 時間以内", "within 2 hours"),
        3 => new("30 分以内", "within 30 minutes"),
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, "The guideline has levels 1 to 3"),
    };

    public static LocalizedText Since(LocalizedText at, LocalizedText span) => new($"{at.Ja} から({span.Ja})", $"since {at.En} ({span.En})");

    public static LocalizedText IsOnIt(LocalizedText at) => new($"が対応中({at.Ja} から)", $"is on it since {at.En}");

    public static LocalizedText AssignedBy(LocalizedText at) => new($"が担当({at.Ja} から)", $"is assigned since {at.En}");

    public static LocalizedText Promise(LocalizedText at, LocalizedText left) =>
        new($"{at.Ja} までに終える約束({left.Ja}に再通知)", $"promised to be done by {at.En} (comes back {left.En})");

    public static LocalizedText SnoozedUntil(LocalizedText at, LocalizedText left) =>
        new($"{at.Ja} まで通知しません({left.Ja}に再通知)", $"Nobody is told until {at.En} (comes back {left.En})");

    public static LocalizedText SolvedAfter(LocalizedText at, LocalizedText took) =>
        new($"{at.Ja} に解決(所要 {took.Ja})", $"Resolved at {at.En} after {took.En}");

    public static LocalizedText HiddenBy(string what)
    {
        var colon = what.IndexOf(':', StringComparison.Ordinal);
        var number = colon < 0 ? "" : what[(colon + 1)..];
        return colon < 0 ? new($"{what} により非表示(通知しません)", $"Hidden by {what}: nobody is told")
            : what.StartsWith("incident", StringComparison.Ordinal)
                ? new($"原因と見られる #{number} が続く間は通知しません", $"Nobody is told while #{number}, its likely cause, is open")
                : new($"サイレンス {number} により通知しません", $"Nobody is told: silence {number}");
    }

    /// <summary>"15 分後に技術リードへ通知(03:27)"; waiting for the morning: "09:00 に通知予定".</summary>
    public static LocalizedText Step(CardTime time, DateTimeOffset at, IReadOnlyList<string> roles, bool waitsForMorning)
    {
        var (clock, left) = (time.At(at), time.In(at));
        var who = Roles(roles);
        if (waitsForMorning)
            return new($"{clock.Ja} に{who.Ja}へ通知予定(営業時間待ち・{left.Ja})", $"{who.En}, {clock.En} ({left.En}, waiting for business hours)");
        // A step that is due has no "後" to which "に" belongs.
        return time.IsDue(at)
            ? new($"{left.Ja}{who.Ja}へ通知({clock.Ja})", $"{who.En} {left.En} ({clock.En})")
            : new($"{left.Ja}に{who.Ja}へ通知({clock.Ja})", $"{who.En} {left.En} ({clock.En})");
    }

    public static LocalizedText Later(LocalizedText at, int level, IReadOnlyList<string> roles)
    {
        var who = Roles(roles);
        return new($"{at.Ja} レベル {level}({who.Ja})", $"{at.En} level {level} ({who.En})");
    }

    private static LocalizedText Roles(IReadOnlyList<string> roles)
    {
        if (Enum.GetNames<Role>().All(roles.Contains)) return new("全員(経営陣を含む)", "everyone, management too");
        var names = roles.Select(r => Enum.TryParse<Role>(r, out var role) ? role.Name() : LocalizedText.Same(ForeignText.OneLine(r, 40) is { Length: > 0 } name ? name : "?")).ToList();
        return names.Count == 0 ? LocalizedText.Same("?") : new(string.Join("・", names.Select(n => n.Ja)), string.Join(", ", names.Select(n => n.En)));
    }

    public static readonly LocalizedText Then = new("その後", "Then");

    public static LocalizedText Alerts(int firing, int total) => firing == 0
        ? new($"アラート {total} 件(すべて停止)", $"{total} alerts, all stopped")
        : firing == total
        ? new($"アラート {total} 件が発報中", $"{total} alerts firing")
        : new($"アラート {total} 件のうち {firing} 件が発報中", $"{firing} of {total} alerts firing");

    public static LocalizedText More(int count) => new($"他 {count} 件", $"{count} more");

    public static readonly LocalizedText Elsewhere = new("に投稿できないため、このチャンネルに表示しています", "can't be posted to, so the card is here");

    public static LocalizedText Opened(string since) => new($"発生 {since}", $"Open {since}");

    public static LocalizedText Drawn(LocalizedText at) => new($"{at.Ja} 時点", $"as of {at.En}");
}
