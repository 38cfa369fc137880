using FestivalOps.Language;

namespace FestivalOps.Escalation.Why;

/// <summary>What <c>/fops why</c> says around the timeline.</summary>
internal static class WhyTexts
{
    public static readonly LocalizedText Summary = new("インシデントで誰に・いつ・どの規則で通知した (しなかった) かを説明します", "tells who was or was not paged for an incident, when, how, and by which rule");
    public static readonly LocalizedText Usage = new("インシデント番号", "INCIDENT");
    public static readonly LocalizedText NeedsNumber = new("インシデント番号を指定してください (例: `/fops why 42`)。", "Which incident? (`/fops why 42`)");
    public static readonly LocalizedText Information = new("情報のみのインシデントのため、誰にも通知しません。", "It is for information only, so nobody is paged.");
    public static readonly LocalizedText NotSent = new("送らなかった通知", "Not sent");
    public static readonly LocalizedText Waiting = new("送信待ちの通知", "Waiting to be sent");

    public static LocalizedText Missing(long id) => new($"インシデント #{id} はありません。", $"There is no incident #{id}.");

    public static LocalizedText Next(string at, string roles, int level) => new($"次は {at} に{roles} (レベル {level}) へ通知します。", $"Next: {roles} (level {level}) at {at}.");

    public static LocalizedText NoNext(bool open) => open
        ? new("予定している通知はありません。", "No further page is planned.")
        : new("解決済みのため、これ以上通知しません。", "It is resolved; nobody is paged any more.");

    public static LocalizedText More(int count) => new($"…ほか {count} 行", $"…and {count} more lines");

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
