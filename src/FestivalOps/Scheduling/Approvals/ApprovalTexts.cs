using FestivalOps.Commands.Roles;
using FestivalOps.Language;

namespace FestivalOps.Scheduling.Approvals;

/// <summary>What is said about plans and their approval.</summary>
internal static class ApprovalTexts
{
    public static readonly LocalizedText ApproveButton = new("承認して実行", "Approve and run");

    public static readonly LocalizedText RejectButton = new("却下", "Reject");

    public static readonly LocalizedText AskButton = new("実行を依頼", "Ask to run");

    public static readonly LocalizedText OtherOrder = new("手順の順序が変わりました", "The steps are in another order");

    public static readonly LocalizedText PlanChanged = new(
        "承認された内容と現在の計画が異なるため、実行しませんでした。必要なら、もう一度依頼してください",
        "Not run: what it would do is not what was approved. Ask again if it is still wanted");

    public static readonly LocalizedText PlanToApprove = new("計画を作成しました。承認の依頼を投稿します", "The plan is made; its approval is asked for in a post of its own");

    public static readonly LocalizedText PlanByClock = new(
        "実行には承認が必要です。実行する場合は「実行を依頼」を押してください", "It needs an approval to run. Press \"Ask to run\" if it is to be done");

    public static readonly LocalizedText WaitsAlready = new(
        "承認待ちの依頼がすでにあるため、新しい依頼は出しません", "Another request of this task is waiting for its approval already, so this one is not asked for");

    public static readonly LocalizedText NothingToDo = new("変更する手順はありません", "There is nothing that it would change");

    public static readonly LocalizedText NoPlaceToAsk = new(
        "承認の依頼をほかの担当者に見せる場所がありません。チャンネルで実行するか、設定 Channels:Reports に投稿先を指定してください。",
        "There is no place where another person would see the request. Run it in a channel, or set Channels:Reports.");

    public static LocalizedText NotPosted(string task, string error) => new(
        $"{task} の承認の依頼を投稿できませんでした({error})。依頼は無効です。ボットをチャンネルに招待してから、もう一度依頼してください。",
        $"The request to run {task} could not be posted ({error}) and is void. Invite the bot into the channel and ask again.");

    public static readonly LocalizedText NotYourOwn = new(
        "自分が依頼した実行は承認できません。ほかの担当者に承認を依頼してください。", "You can't approve what you asked for yourself. Ask someone else to approve it.");

    public static readonly LocalizedText Gone = new("この依頼の記録はもうありません。もう一度依頼してください。", "This request is not remembered any more. Please ask again.");

    public static readonly LocalizedText TooLate = new(
        "承認の期限が過ぎています。もう一度依頼してください。", "This can't be approved any more: its time is over. Please ask again.");

    public static readonly LocalizedText WasChanged = new("承認後に計画が変わったため無効です。", "It is void: the plan changed after it was approved.");

    public static LocalizedText Waiting(string task) => new($"{task} の実行には承認が必要です", $"{task} needs an approval to run");

    public static LocalizedText Request(string task) => new($"{task} の実行依頼", $"Request to run {task}");

    public static LocalizedText Asked(string task) => new(
        $"{task} の計画を作成しています。できあがると、承認の依頼を投稿します。", $"The plan of {task} is being made; its approval is then asked for in a post.");

    public static LocalizedText AskedBy(string since) => new($"依頼 {since}", $"asked {since}");

    public static LocalizedText Until(string end, IReadOnlyCollection<Role> roles)
    {
        var who = RoleText.AnyOf(roles);
        return new($"承認できるのは依頼者以外の{who.Ja}です。期限 {end}", $"To be approved by someone else ({who.En}) until {end}");
    }

    public static LocalizedText Host(string host) => new($"対象: {host}", $"on: {host}");

    public static LocalizedText Planned(int steps, string host, bool isPartial) => isPartial
        ? new($"実行内容: {steps} 手順(対象: {host})。確認できなかったものがあります", $"It would take {Count(steps, "step")} (on: {host}); not all could be looked at")
        : new($"実行内容: {steps} 手順(対象: {host})", $"It would take {Count(steps, "step")} (on: {host})");

    public static LocalizedText Step(int number, LocalizedText says, string exact) => new($"{number}. {says.Ja} `{exact}`", $"{number}. {says.En} `{exact}`");

    public static readonly LocalizedText Facts = new("確認した状態:", "Found:");

    public static readonly LocalizedText Numbers = new("現在の件数など:", "Now:");

    public static LocalizedText Item(LocalizedText says) => new($"・{says.Ja}", $"・{says.En}");

    public static LocalizedText MoreLines(int count) => new(
        $"ほか {count} 行。全文は、この直前の「承認のための計画」の投稿のスレッドにあるファイルで読めます", $"{count} more lines; all of them are in the file below the post of the plan, right before this one");

    public static LocalizedText OtherHost(string before, string now) => new($"対象が変わりました: {before} → {now}", $"another host: {before} → {now}");

    public static LocalizedText StepGone(string exact) => new($"− なくなった手順: {Shown(exact)}", $"− no longer: {Shown(exact)}");

    public static LocalizedText StepNew(string exact) => new($"+ 新しい手順: {Shown(exact)}", $"+ new: {Shown(exact)}");

    public static LocalizedText FactGone(LocalizedText fact) => new($"− 承認時の状態: {fact.Ja}", $"− found then: {fact.En}");

    public static LocalizedText FactNew(LocalizedText fact) => new($"+ 現在の状態: {fact.Ja}", $"+ found now: {fact.En}");

    /// <summary>How it ended; the person is added by whoever shows it.</summary>
    public static LocalizedText Ended(ApprovalState state) => state switch
    {
        ApprovalState.Approved => new("承認されました", "approved"),
        ApprovalState.Rejected => new("却下されました", "rejected"),
        ApprovalState.Withdrawn => new("依頼者が取り下げました", "taken back by who asked"),
        ApprovalState.Expired => new("期限までに承認されなかったため無効になりました", "void: nobody approved it in time"),
        ApprovalState.Changed => new("承認後に計画が変わったため無効になりました", "void: the plan changed after it was approved"),
        ApprovalState.NotPosted => new("投稿できなかったため無効になりました", "void: it could not be posted"),
        _ => new("承認待ち", "waiting for its approval"),
    };

    public static LocalizedText AlreadyApproved(string task) => new($"{task} はすでに承認されています。", $"{task} was approved already.");

    public static LocalizedText AlreadyRejected(string task) => new($"{task} の実行依頼はすでに却下されています。", $"The request to run {task} was rejected already.");

    public static LocalizedText AlreadyWithdrawn(string task) => new($"{task} の実行依頼は取り下げられています。", $"The request to run {task} was taken back.");

    public static LocalizedText Started(string task) => new($"承認しました。{task} を開始します。", $"Approved; {task} starts now.");

    public static LocalizedText WasRejected(string task) => new($"{task} の実行依頼を却下しました。", $"The request to run {task} is rejected.");

    public static LocalizedText WasWithdrawn(string task) => new($"{task} の実行依頼を取り下げました。", $"The request to run {task} is taken back.");

    public static LocalizedText AskedAlready(string task, string since) => new(
        $"{task} は {since} から承認待ちです。承認または却下されてから、もう一度依頼してください。",
        $"{task} has been waiting for its approval since {since}. Ask again when that is decided.");

    private static string Shown(string exact) => ForeignText.OneLine(exact, 240);

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}
