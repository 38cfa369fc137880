using System.Globalization;
using FestivalOps.Language;

namespace FestivalOps.Alerting.Incidents;

/// <summary>What people are told about their wish for an incident. <c>&lt;@U…&gt;</c> is Slack's mention, shown as a name.</summary>
internal static class IncidentTexts
{
    public static LocalizedText Storm(int alerts) => new(
        $"アラート多発: {alerts.ToString("N0", CultureInfo.InvariantCulture)} 件",
        $"Alert storm: {alerts.ToString("N0", CultureInfo.InvariantCulture)} alerts");

    public static LocalizedText Missing(long id) => new($"インシデント #{id} は見つかりません。", $"There is no incident #{id}.");

    public static LocalizedText Taken(long id) => new($"#{id} を引き受けました。これ以上の通知は止まります。", $"You have taken #{id}. Nobody is paged any more.");

    public static LocalizedText TakenUntil(long id, string until) => new(
        $"#{id} を {until} までの約束で引き受けました。それまでに終わらなければ、もう一度お知らせします。",
        $"You have taken #{id} until {until}. It comes back if it is still open then.");

    public static LocalizedText TakenBy(long id, string by, string at) => new($"#{id} は {by} さんが {at} に引き受けました。", $"{by} took #{id} at {at}.");

    public static LocalizedText TakenByYou(long id, string at) => new($"#{id} は {at} にあなたが引き受けています。", $"You took #{id} at {at}.");

    public static LocalizedText Ended(long id) => new($"#{id} を解決済みにしました。", $"#{id} is resolved.");

    public static LocalizedText EndedBy(long id, string? by, string at) => by is null
        ? new($"#{id} はアラートが止まり、{at} に自動で解決しました。", $"#{id} ended by itself at {at}: its alerts stopped.")
        : new($"#{id} は {by} さんが {at} に解決済みにしました。", $"{by} resolved #{id} at {at}.");

    public static LocalizedText Merged(long id, string storm) => new(
        $"#{id} は #{storm} (アラート多発) にまとめました。#{storm} を操作してください。", $"#{id} was put together with others as #{storm}. Act on #{storm}.");

    public static LocalizedText StillFiring(long id, int alerts) => new(
        $"#{id} はまだ {alerts.ToString("N0", CultureInfo.InvariantCulture)} 件のアラートが発生中なので、解決済みにできません。通知を止めたいときは、サイレンスかスヌーズを使ってください。止まれば自動で解決します。",
        $"#{id} can't be resolved: {(alerts == 1 ? "1 alert still fires" : alerts.ToString("N0", CultureInfo.InvariantCulture) + " alerts still fire")}. To hear no more of it, silence or snooze it. It ends by itself when they stop.");

    public static LocalizedText StillFlapping(long id) => new(
        $"#{id} は発生と復旧を繰り返しているため、解決済みにできません。しばらく落ち着けば自動で解決します。通知を止めたいときは、サイレンスかスヌーズを使ってください。",
        $"#{id} can't be resolved: it comes and goes. It ends by itself when it has stayed away for a while. To hear no more of it, silence or snooze it.");

    public static LocalizedText Climbed(long id, int level) => new($"#{id} をレベル {level} に上げました。すぐに通知します。", $"#{id} is level {level} now. People are being paged.");

    public static LocalizedText ClimbedAlready(long id, int level) => new($"#{id} はすでにレベル {level} に上げました。", $"You have raised #{id} to level {level} already.");

    public static LocalizedText Highest(long id) => new($"#{id} はすでに最も高いレベル 3 です。", $"#{id} is at level 3 already, the highest.");

    public static LocalizedText PutOff(long id, string until) => new($"#{id} を {until} までスヌーズしました。", $"#{id} is snoozed until {until}.");

    public static LocalizedText PutOffAlready(long id, string until) => new($"#{id} はすでに {until} までスヌーズ中です。", $"#{id} is snoozed until {until} already.");

    public static LocalizedText PutOffBy(long id, string by, string until) => new(
        $"#{id} は {by} さんが {until} までスヌーズしています。", $"{by} has snoozed #{id} until {until}.");

    public static LocalizedText Given(long id, string to) => new($"#{id} を {to} さんに割り当てました。", $"#{id} is assigned to {to}.");

    public static LocalizedText GivenAlready(long id, string to) => new($"#{id} はすでに {to} さんが担当しています。", $"{to} is on #{id} already.");

    public static LocalizedText Noted(long id) => new($"#{id} にメモを残しました。", $"Your note is in the timeline of #{id}.");

    public static LocalizedText NotedAlready(long id) => new($"そのメモは #{id} にもう残っています。", $"That note is in the timeline of #{id} already.");

    public static readonly LocalizedText NoteEmpty = new("メモが空です。", "The note is empty.");

    public static readonly LocalizedText UntilPast = new("過ぎた時刻です。未来の時刻を指定してください。", "That time has passed. Give one in the future.");

    public static readonly LocalizedText UntilFar = new("指定できるのは 7 日先までです。", "It can be 7 days ahead at most.");

    public static LocalizedText Undone(long id) => new($"#{id} の直前の操作を取り消しました。", $"The last action on #{id} is taken back.");

    public static LocalizedText NothingToUndo(long id) => new(
        $"#{id} に取り消せる操作はありません。取り消せるのは、10 分以内で、そのあとに別の変化がないときだけです。",
        $"There is nothing to take back on #{id}. That works for 10 minutes, and only while nothing came after it.");

    public static LocalizedText NewerOpen(long id) => new(
        $"#{id} は元に戻せません。同じ種類の新しいインシデントがすでに開いています。", $"#{id} can't be opened again: a newer incident of the same kind is open.");

    public static LocalizedText Crossed(long id, string by) => new(
        $"{by} さんがほぼ同時に #{id} を操作しました。カードを確かめてから、必要ならもう一度押してください。",
        $"{by} acted on #{id} at the same moment. Look at the card, and press again if it is still needed.");
}
