using FestivalOps.Commands.Replies;
using FestivalOps.Commands.Roles;
using FestivalOps.Language;

namespace FestivalOps.Commands;

/// <summary>What the grammar of <c>/fops</c> says.</summary>
internal static class CommandTexts
{
    public static LocalizedText NoAudit(string errorId) => new(
        $"監査記録を書き込めないため、変更を伴うコマンドは実行しません (エラーID: {errorId})。保存先 (Storage) を確認してください。",
        $"The audit trail can't be written, so commands that change something don't run (error id: {errorId}). Check the store (Storage).");

    public static LocalizedText AuditWaits(string errorId) => new(
        $"監査記録は保存待ちです。保存先がいま書き込みを受け付けていません (エラーID: {errorId})。",
        $"The audit row waits to be stored: the store does not take it at the moment (error id: {errorId}).");

    public static LocalizedText AuditStarting(string errorId) => new(
        $"監査記録は保存待ちです。ボットは起動した直後で、保存先が開きしだい書き込みます (エラーID: {errorId})。",
        $"The audit row waits to be stored: the bot has just started, and writes it when its store is open (error id: {errorId}).");

    public static readonly LocalizedText Interrupted = new(
        "ボットが再起動したため、途中で中断しました。もう一度実行してください。",
        "The bot restarted and this was cut off. Please run it again.");

    public static LocalizedText TimedOut(string errorId) => new(
        $"時間内に終わらなかったため中断しました (エラーID: {errorId})。もう一度実行するか、担当者に連絡してください。",
        $"This took too long and was stopped (error id: {errorId}). Run it again, or tell the operators.");

    public static readonly LocalizedText AlreadyPressed = new(
        "このボタンはたった今押されたので、二度目は実行しませんでした。",
        "You pressed this button a moment ago; it was not done twice.");

    public static readonly LocalizedText GoneButton = new(
        "このボタンは今の版では使えません。コマンドで実行してください。",
        "This button is not known to this version any more. Use the command instead.");

    public static readonly LocalizedText PressAgain = new(
        "時間内に入力画面を開けませんでした。もう一度押してください。",
        "The dialog could not be opened in time. Please press again.");

    /// <summary>Said before anyone's language is known, so in both.</summary>
    public const string BusyLine =
        "混み合っているため受け付けられませんでした。少し待ってからもう一度実行してください。 / Too busy to accept this; please try again in a moment.";

    /// <summary>The same as a message.</summary>
    public static Message Busy { get; } = Notice.Of(":hourglass:", BusyLine);

    /// <summary>
    /// A word that was typed, as it may stand between back-ticks, where nothing is markup: one short line, Slack's entities undone, and
    /// back-ticks replaced by a look-alike.
    /// </summary>
    public static string Typed(string word) => ForeignText.OneLine(SlackText.Unescape(word), 40).Replace('`', 'ˋ');

    public static LocalizedText Unknown(string typed, string? nearest) => nearest is null
        ? new($"「`{typed}`」というコマンドはありません。`/fops help` で一覧を表示します。", $"There is no command `{typed}`. `/fops help` lists them all.")
        : new($"「`{typed}`」というコマンドはありません。`/fops {nearest}` ですか?", $"There is no command `{typed}`. Did you mean `/fops {nearest}`?");

    public static LocalizedText NotAllowed(IReadOnlyCollection<Role> roles, bool nobodyHasThem)
    {
        var who = RoleText.AnyOf(roles);
        return nobodyHasThem
            ? new(
                $"実行できるのは{who.Ja}だけですが、まだ誰にも割り当てられていません。ボットの設定 Roles で割り当ててください。",
                $"Only {who.En} may do this, and nobody has that role yet. Assign it in the bot's settings (Roles).")
            : new($"実行できるのは{who.Ja}だけです。", $"Only {who.En} may do this.");
    }

    public static LocalizedText RoleUnclear(IReadOnlyCollection<Role> roles, string errorId)
    {
        var who = RoleText.AnyOf(roles);
        return new(
            $"Slack からユーザーグループを取得できず、権限を確認できません ({who.Ja}のみ、エラーID: {errorId})。少し待ってからもう一度実行してください。",
            $"Slack did not say who is in the user groups, so your role can't be confirmed ({who.En} only, error id: {errorId}). Please try again in a moment.");
    }

    public static LocalizedText StoreNotOpen(string errorId) => new(
        $"ボットの保存先がまだ開いていません (起動した直後か、保存先に接続できません)。少し待ってから、もう一度実行してください (エラーID: {errorId})。",
        $"The bot's store is not open yet: it has just started, or can't reach it. Please try again in a moment (error id: {errorId}).");

    public static LocalizedText Failed(string errorId) => new(
        $"エラーが起きて完了できませんでした (エラーID: {errorId})。もう一度試し、続くときはこの ID を管理者に伝えてください。",
        $"Something broke and this was not completed (error id: {errorId}). Try again; if it goes on, give this id to the administrator.");
}
