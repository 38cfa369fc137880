using FestivalOps.Language;

namespace FestivalOps.Escalation.Why;

/// <summary>What <c>/fops why</c> says around the timeline.</summary>
internal static class WhyTexts
{
    public static readonly LocalizedText Summary = new("インシデントで誰に・いつ・どの規則で通知した (しなかった) か、アドレスがなぜブロックされたかを説明します", "tells who was or was not paged for an incident, when, how, and by which rule; or why an address is blocked");
    public static readonly LocalizedText Usage = new("インシデント番号", "INCIDENT");
    public static readonly LocalizedText NeedsNumber = new("インシデント番号またはアドレスを指定してください (例: `/fops why 42`、`/fops why 203.0.113.9`)。", "Which incident or address? (`/fops why 42`, `/fops why 203.0.113.9`)");
    public static readonly LocalizedText Information = new("情報のみのインシデントのため、誰にも通知しません。", "It is for information only, so nobody is paged.");
    public static readonly LocalizedText HidingRule = new("通知しない理由となった規則 (Alerting:Inhibition):", "The rule that hides it (Alerting:Inhibition):");

    public static LocalizedText StormRule(int most) => new(
        $"1 分間に {most} 件を超えるインシデントが同じチャンネルで始まったため、1 件にまとめています (Alerting:Storm:GroupsPerMinute)。",
        $"More than {most} incidents began in its channel within a minute, so they are put together as one (Alerting:Storm:GroupsPerMinute).");

    public static readonly LocalizedText NotSent = new("送らなかった通知", "Not sent");
    public static readonly LocalizedText Waiting = new("送信待ちの通知", "Waiting to be sent");

    public static LocalizedText Missing(long id) => new($"インシデント #{id} はありません。", $"There is no incident #{id}.");

    public static LocalizedText Next(LocalizedText at, LocalizedText roles, int level) =>
        new($"次は {at.Ja} に{roles.Ja} (レベル {level}) へ通知します。", $"Next: {roles.En} (level {level}) at {at.En}.");

    public static LocalizedText Roles(IEnumerable<LocalizedText> names) => names.ToList() is { Count: > 0 } some
        ? new(string.Join("・", some.Select(n => n.Ja)), string.Join(", ", some.Select(n => n.En)))
        : LocalizedText.Same("?");

    public static LocalizedText NoNext(bool open) => open
        ? new("予定している通知はありません。", "No further page is planned.")
        : new("解決済みのため、これ以上通知しません。", "It is resolved; nobody is paged any more.");

    public static readonly LocalizedText Earlier = new("…これより前は省略しています", "…what came before is left out");
    public static readonly LocalizedText NotArrived = new("届いていません", "not arrived");
    public static readonly LocalizedText NotShown = new("まだ表示していません", "not yet");
    public static readonly LocalizedText InChannel = new("チャンネルに表示", "shown in the channel");
    public static readonly LocalizedText NotTold = new("通知していない人", "Not told");

    public static LocalizedText Step(string level, string people, LocalizedText rule) =>
        new($"レベル {level} として {people} へ通知 — {rule.Ja}", $"{people} told as level {level}, because {rule.En}");

    public static LocalizedText NobodyFor(LocalizedText span, string level) =>
        new($"レベル {level} で {span.Ja}のあいだ誰も対応しなかったため", $"nobody took it at level {level} for {span.En}");

    public static LocalizedText PlannedFor(LocalizedText at) => new($"{at.Ja} の予定", $"planned for {at.En}");

    public static LocalizedText Why(string reason) => reason switch
    {
        "resolved" => new("解決したため", "resolved"),
        "a newer page says it" => new("新しい通知に含まれるため", "a newer page says it"),
        _ when reason.StartsWith("acknowledged by", StringComparison.Ordinal) => new("対応中になったため", "someone took it"),
        _ when reason.StartsWith("it was taken since", StringComparison.Ordinal) => new("その後いったん対応されたため", "it was taken since"),
        _ when reason.StartsWith("snoozed", StringComparison.Ordinal) => new("スヌーズされたため", "it was snoozed"),
        _ when reason.StartsWith("hidden", StringComparison.Ordinal) => new("サイレンスなどの対象になったため", "it was silenced or has a cause"),
        _ => LocalizedText.Same(ForeignText.OneLine(reason, 150)),
    };
}
