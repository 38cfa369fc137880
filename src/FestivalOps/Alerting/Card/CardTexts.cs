using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Commands.Roles;
using FestivalOps.Language;

namespace FestivalOps.Alerting.Card;

/// <summary>What an incident's card says.</summary>
internal static class CardTexts
{
    public static readonly LocalizedText Drill = new("【訓練】", "[DRILL] ");
    public static readonly LocalizedText Acknowledged = new("対応中", "In progress");
    public static readonly LocalizedText Snoozed = new("スヌーズ中", "Snoozed");
    public static readonly LocalizedText Silenced = new("サイレンス中", "Silenced");
    public static readonly LocalizedText Merged = new("まとめ済み", "Put together");
    public static readonly LocalizedText Caused = new("通知なし", "Nobody told");
    public static readonly LocalizedText Resolved = new("解決", "Resolved");
    public static readonly LocalizedText NobodyYet = new("まだ誰も対応していません", "Nobody has taken this yet");
    public static readonly LocalizedText Value = new("値", "Value");
    public static readonly LocalizedText Limit = new("基準", "limit");
    public static readonly LocalizedText LastHour = new("1 時間", "1 h");
    public static readonly LocalizedText Next = new("次", "Next");
    public static readonly LocalizedText NothingPlanned = new("通知の予定はありません", "no notification is planned");
    public static readonly LocalizedText Flapping = new("発報と解消を繰り返しています。個々の変化は通知しません。", "Alerts come and go; single changes are not announced.");
    public static readonly LocalizedText BySystem = new("アラートが止まりました", "its alerts stopped");
    public static readonly LocalizedText DrillOver = new("訓練を終了しました", "the drill is over");
    public static readonly LocalizedText OpenAgain = new("再び対応が必要です。新しい通知をご覧ください", "It needs someone again; see the newer page");

    public static readonly LocalizedText AcknowledgeButton = new("対応する", "Acknowledge");
    public static readonly LocalizedText ResolveButton = new("解決する", "Resolve");
    public static readonly LocalizedText EscalateButton = new("エスカレーション", "Escalate now");
    public static readonly LocalizedText EscalateTitle = new("次のレベルに今すぐ通知しますか?", "Notify the next level now?");
    public static readonly LocalizedText EscalateYes = new("通知する", "Notify");
    public static readonly LocalizedText EscalateNo = new("やめる", "Cancel");
    public static readonly LocalizedText SnoozeMenu = new("スヌーズ", "Snooze");
    public static readonly LocalizedText SilenceButton = new("サイレンス…", "Silence…");
    public static readonly LocalizedText AssignButton = new("担当を決める…", "Assign…");
    public static readonly LocalizedText PromiseButton = new("期限を決めて対応…", "Take it until…");
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
        1 => new("対応目標: 営業時間内", "target: in business hours"),
        2 => new("対応目標: 2 時間以内", "target: within 2 hours"),
        3 => new("対応目標: 30 分以内", "target: within 30 minutes"),
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, "The guideline has levels 1 to 3"),
    };

    public static LocalizedText Since(LocalizedText at) => new($"{at.Ja} から", $"since {at.En}");

    public static LocalizedText IsOnIt(LocalizedText at) => new($"が対応中({at.Ja} から)", $"is on it since {at.En}");

    public static LocalizedText AssignedBy(LocalizedText at) => new($"が担当({at.Ja} から)", $"is assigned since {at.En}");

    public static LocalizedText Promise(LocalizedText at) =>
        new($"{at.Ja} までに終える約束(過ぎると再び通知します)", $"promised to be done by {at.En} (people are told again after that)");

    public static LocalizedText SnoozedUntil(LocalizedText at) =>
        new($"{at.Ja} までスヌーズ(その後、再び通知します)", $"Snoozed until {at.En} (people are told again then)");

    public static LocalizedText Solved(LocalizedText from, LocalizedText until, LocalizedText took) =>
        new($"解決 {from.Ja}–{until.Ja} ({took.Ja})", $"Resolved {from.En}–{until.En} ({took.En})");

    public static LocalizedText SilencedUntil(long id, LocalizedText at) =>
        new($"サイレンス {id} により {at.Ja} まで通知しません", $"Nobody is told until {at.En}: silence {id}");

    public static LocalizedText HiddenBy(string what)
    {
        var colon = what.IndexOf(':', StringComparison.Ordinal);
        var number = colon < 0 ? "" : what[(colon + 1)..];
        return colon < 0 ? new($"{what} により通知しません", $"Nobody is told: {what}")
            : what.StartsWith(Incident.StormKey, StringComparison.Ordinal)
                ? new($"#{number} (アラート多発) にまとめました", $"Put together with others as #{number}")
            : what.StartsWith("incident", StringComparison.Ordinal)
                ? new($"#{number} (原因) が続く間は通知しません", $"Nobody is told while #{number}, its likely cause, is open")
                : new($"サイレンス {number} により通知しません", $"Nobody is told: silence {number}");
    }

    /// <summary>"22:39 に 技術リード・運用担当者 へ通知予定".</summary>
    public static LocalizedText Step(CardTime time, DateTimeOffset at, IReadOnlyList<string> roles, bool waitsForMorning)
    {
        var (clock, who) = (time.At(at), Roles(roles));
        return waitsForMorning
            ? new($"{clock.Ja} に {who.Ja} へ通知予定(営業時間待ち)", $"{who.En} to be told at {clock.En} (waiting for business hours)")
            : new($"{clock.Ja} に {who.Ja} へ通知予定", $"{who.En} to be told at {clock.En}");
    }

    public static LocalizedText Later(LocalizedText at, int level, IReadOnlyList<string> roles)
    {
        var who = Roles(roles);
        return new($"{at.Ja} レベル {level}({who.Ja})", $"{at.En} level {level} ({who.En})");
    }

    public static LocalizedText OnceMore(LocalizedText at) => new($"{at.Ja} もう一度", $"{at.En} once more");

    private static LocalizedText Roles(IReadOnlyList<string> roles)
    {
        if (Enum.GetNames<Role>().All(roles.Contains)) return new("経営陣を含む全員", "everyone including management");
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

    public static LocalizedText Opened(LocalizedText since) => new($"発生 {since.Ja}", $"Open {since.En}");

    public static LocalizedText UnknownSeverity(string word) => new(
        $"severity「{word}」は未知の値のため、警告として扱っています", $"severity \"{word}\" is a word that nobody knows: taken as a warning");

    public static LocalizedText Drawn(LocalizedText at) => new($"{at.Ja} 時点", $"as of {at.En}");
}
