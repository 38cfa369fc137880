using FestivalOps.Alerting.Card;
using FestivalOps.Commands;
using FestivalOps.Language;

namespace FestivalOps.Alerting.Commands;

/// <summary>What the commands, buttons and dialogs about incidents say.</summary>
internal static class IncidentTexts
{
    public static readonly LocalizedText Send = new("送る", "Send");
    public static readonly LocalizedText Cancel = new("やめる", "Cancel");
    public static readonly LocalizedText NoteTitle = new("メモ", "Note");
    public static readonly LocalizedText NoteLabel = new("わかったこと、試したこと", "What you found or tried");
    public static readonly LocalizedText EmptyNote = new("メモが空だったので、何も残しませんでした。", "The note was empty; nothing was written.");
    public static readonly LocalizedText PromiseTitle = new("期限を決めて対応", "Take it until");
    public static readonly LocalizedText PromiseLabel = new("いつまでに終えますか?", "When will you be done?");
    public static readonly LocalizedText PromiseHint = new("過ぎると未対応に戻り、再び通知します。例: 2h、14:00、朝", "Then it is open again and people are told anew. For example 2h, 14:00, morning");
    public static readonly LocalizedText AssignTitle = new("担当を決める", "Assign");
    public static readonly LocalizedText AssignLabel = new("誰が対応しますか?", "Who takes it?");
    public static readonly LocalizedText AssignHint = new("担当が決まると、対応中になります。", "It then counts as acknowledged.");
    public static readonly LocalizedText NoRole = new(
        "この人には役割がなく、インシデントを操作できません。役割のある人を選んでください(`/fops oncall` で確認できます)。",
        "This person has no role and can't act on incidents. Choose someone who has one (`/fops oncall` shows them).");
    public static readonly LocalizedText NoPerson = new(
        "このアカウントは停止中か、人のものではありません。別の人を選んでください。", "This account is deactivated, or is no person's. Choose someone else.");
    public static readonly LocalizedText NobodyChosen = new("担当者が選ばれていません。", "Nobody was chosen.");

    public static readonly LocalizedText ListSummary = new("インシデントの一覧を表示します(重いものから)", "lists incidents, worst first");
    public static readonly LocalizedText ListUsage = new("[all]", "[all]");
    public static readonly LocalizedText ListDetails = new(
        "`/fops incidents` 続いているもの\n`/fops incidents all` 解決したものも含めて新しい順", "`/fops incidents` those that are open\n`/fops incidents all` newest first, the resolved ones too");
    public static readonly LocalizedText NoneOpen = new("続いているインシデントはありません。", "No incident is open.");
    public static readonly LocalizedText NoneAtAll = new("インシデントはまだありません。", "There has been no incident yet.");
    public static readonly LocalizedText NextPage = new("続きを見る", "Show more");

    public static readonly LocalizedText OneSummary = new("インシデントを表示・登録します", "shows an incident, or opens one");
    public static readonly LocalizedText OneUsage = new("番号 | open タイトル [警告|緊急]", "NUMBER | open TITLE [warning|critical]");
    public static readonly LocalizedText OneDetails = new(
        "`/fops incident 42` カードと経過を表示\n`/fops incident open チケットが買えない 緊急` 気づいた問題を登録(省略時は警告。`レベル2` のようにも指定できます)",
        "`/fops incident 42` shows its card and what happened\n`/fops incident open tickets can't be bought critical` opens one for what you noticed (a warning unless you say so; `level2` works, too)");
    public static readonly LocalizedText OneHelp = new(
        "使い方: `/fops incident 42` または `/fops incident open タイトル [警告|緊急]`", "Usage: `/fops incident 42` or `/fops incident open TITLE [warning|critical]`");
    public static readonly LocalizedText NoTitle = new(
        "タイトルを付けてください。例: `/fops incident open チケットが買えない 緊急`", "Give it a title, for example `/fops incident open tickets can't be bought critical`");
    public static readonly LocalizedText NotOpened = new(
        "登録できませんでした。もう一度実行してください。", "It was not opened. Please run it again.");
    public static readonly LocalizedText Timeline = new("経過", "What happened");

    public static readonly LocalizedText AckSummary = new("インシデントの対応を引き受けます(通知が止まります)", "takes an incident; nobody is notified any more");
    public static readonly LocalizedText AckUsage = new("番号 [いつまで]", "NUMBER [until 14:00]");
    public static readonly LocalizedText AckDetails = new(
        "`/fops ack 42` 引き受ける\n`/fops ack 42 until 14:00` 14:00 までに終える約束をして引き受ける(過ぎると再び通知)",
        "`/fops ack 42` takes it\n`/fops ack 42 until 14:00` takes it with a promise; it comes back when that time has passed");
    public static readonly LocalizedText ResolveSummary = new("インシデントを解決済みにします", "ends an incident");
    public static readonly LocalizedText ResolveUsage = new("番号 [理由]", "NUMBER [reason]");
    public static readonly LocalizedText SnoozeSummary = new("しばらく通知を止めます", "puts an incident off for a while");
    public static readonly LocalizedText SnoozeUsage = new("番号 30m | until 9:00 | 朝", "NUMBER 30m | until 9:00 | morning");
    public static readonly LocalizedText SnoozeDetails = new(
        "`/fops snooze 42 1h` 1 時間\n`/fops snooze 42 until 9:00` 次の 9:00 まで\n`/fops snooze 42 朝` 翌営業日の朝まで",
        "`/fops snooze 42 1h` for an hour\n`/fops snooze 42 until 9:00` until the next 9:00\n`/fops snooze 42 morning` until the next business morning");

    public static LocalizedText Missing(long id) => new(
        $"#{id} というインシデントはありません。`/fops incidents all` で一覧を表示します。", $"There is no incident #{id}. `/fops incidents all` lists them.");

    public static LocalizedText NoNumber(string typed) => typed.Length == 0
        ? new("インシデントの番号を指定してください(`42` または `#42`)。`/fops incidents` で一覧を表示します。", "Give the incident's number (`42` or `#42`). `/fops incidents` lists them.")
        : new(
            $"「`{CommandTexts.Typed(typed)}`」はインシデントの番号ではありません。`42` または `#42` のように指定してください。",
            $"`{CommandTexts.Typed(typed)}` is not an incident's number. Write `42` or `#42`.");

    public static LocalizedText TooMuch(string typed) => new(
        $"「`{CommandTexts.Typed(typed)}`」の意味がわかりません。`/fops help` で使い方を確認してください。", $"`{CommandTexts.Typed(typed)}` is not understood here. `/fops help` tells how to use this.");

    public static LocalizedText OpenTitle(int count) => new($"続いているインシデント {count} 件(重い順)", count == 1 ? "1 open incident" : $"{count} open incidents, worst first");

    public static LocalizedText AllTitle(int count) => new($"インシデント {count} 件(新しい順)", count == 1 ? "1 incident" : $"{count} incidents, newest first");

    public static LocalizedText Page(int from, int to, int count) => new($"{from}–{to} / {count}", $"{from}–{to} of {count}");

    /// <summary>Where its card is.</summary>
    public static readonly LocalizedText CardIn = new("カード:", "Its card:");

    public static LocalizedText Opened(long id, LocalizedText severity, int level)
    {
        var says = new LocalizedText($"#{id} を登録しました ({severity.Ja}・レベル {level})。", $"#{id} is open ({severity.En}, level {level}).");
        return level > 1 ? says : new(
            $"{says.Ja}夜間・休業日は翌営業日の朝まで通知しません。急ぐ場合はカードの「{CardTexts.EscalateButton.Ja}」を押してください。",
            $"{says.En} At night and on days off nobody is told before the next business morning; if it can't wait, press \"{CardTexts.EscalateButton.En}\" on its card.");
    }
}
