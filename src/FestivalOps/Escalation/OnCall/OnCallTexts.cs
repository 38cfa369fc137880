using System.Globalization;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Channels;
using FestivalOps.Commands.Roles;
using FestivalOps.Language;

namespace FestivalOps.Escalation.OnCall;

/// <summary>What is said about who is on call. Nothing here is escaped yet unless it says so.</summary>
internal static class OnCallTexts
{
    public static readonly LocalizedText Summary = new("オンコール担当と営業カレンダーを表示・変更します", "shows and changes who is on call, and the calendar");
    public static readonly LocalizedText Usage = new("[override @人 役割 開始 終了 | leave @人 開始 終了 | cancel 番号]", "[override @person role from to | leave @person from to | cancel number]");

    public static readonly LocalizedText Details = new(
        "`/fops oncall` 現在と次の担当\n`/fops oncall override @人 operations 2026-12-01 2026-12-03T18:00` 担当を代わる\n`/fops oncall leave @人 2026-12-28 2027-01-04` 休暇 (連絡されず、順番も飛ばされます)\n`/fops oncall cancel 3` 取り消す\n役割: operations, technicallead, security, management, administrator。変更は技術リードとシステム管理者のみ。終了が日付だけのときは、その日の終わりまで",
        "`/fops oncall` who is on call now and next\n`/fops oncall override @person operations 2026-12-01 2026-12-03T18:00` takes the duty\n`/fops oncall leave @person 2026-12-28 2027-01-04` away: never called, passed over\n`/fops oncall cancel 3` takes an entry back\nRoles: operations, technicallead, security, management, administrator. Changes: technical lead and administrator only. An end without a time is the end of that day");

    public static readonly LocalizedText Title = new("オンコール担当", "On call");
    public static readonly LocalizedText Nobody = new("担当者がいません", "nobody");
    public static readonly LocalizedText HandOver = new("オンコールの引き継ぎ", "On-call hand-over");
    public static readonly LocalizedText NothingOpen = new("未解決のインシデントはありません。", "No incident is open.");
    public static readonly LocalizedText NoPerson = new("人は @ で指定してください (例: `@sato`)。", "Name a person with @ (`@sato`).");
    public static readonly LocalizedText NoTime = new(
        "開始と終了は `2026-12-01` か `2026-12-01T09:00` の形で、終了は開始より後、366 日以内にしてください。",
        "From and to look like `2026-12-01` or `2026-12-01T09:00`; the end after the beginning, within 366 days, and not in the past.");

    public static LocalizedText NoRole(string typed) => new(
        $"「{typed}」という役割はありません。operations, technicallead, security, management, administrator のどれかです。",
        $"There is no role \"{typed}\": operations, technicallead, security, management or administrator.");

    public static LocalizedText NoEntry(string typed) => new($"有効な変更「{typed}」はありません。", $"There is no entry \"{typed}\" that holds.");

    public static readonly LocalizedText NoAccount = new(
        "このアカウントは停止中か、Slack に存在しません。連絡できる人を指定してください。", "This account is deactivated or unknown to Slack. Name someone who can be reached.");

    public static LocalizedText Entered(long id, Role? role, string person, string from, string to) => role is { } duty
        ? new($"{from} から {to} まで、{person} が{duty.Name().Ja}を担当します (番号 {id})。", $"{person} has the duty of {duty.Name().En} from {from} to {to} (number {id}).")
        : new($"{from} から {to} まで、{person} は休暇です (番号 {id})。", $"{person} is on leave from {from} to {to} (number {id}).");

    public static LocalizedText Cancelled(long id) => new($"番号 {id} を取り消しました。", $"Number {id} was taken back.");

    public static LocalizedText Next(string at) => new($"次の引き継ぎ: {at}", $"Next hand-over: {at}");

    /// <summary>Finished mrkdwn.</summary>
    public static LocalizedText Change(OnCallChange change, string person, string from, string to) => change.Kind == OnCallChangeKind.Leave
        ? new($"{change.Id}: {person} 休暇 {from} – {to}", $"{change.Id}: {person} on leave {from} – {to}")
        : new($"{change.Id}: {person} が{change.Role!.Value.Name().Ja}を担当 {from} – {to}", $"{change.Id}: {person} has the duty of {change.Role!.Value.Name().En} {from} – {to}");

    public static LocalizedText Passed(PassedOverReason reason) => reason switch
    {
        PassedOverReason.Deactivated => new("アカウント停止中", "deactivated"),
        PassedOverReason.Unknown => new("Slack に存在しません", "unknown to Slack"),
        _ => new("休暇中", "on leave"),
    };

    public static LocalizedText Open(int count) => new($"未解決のインシデント: {count} 件", count == 1 ? "1 open incident" : $"{count} open incidents");

    public static LocalizedText State(IncidentState state) => state == IncidentState.Acknowledged ? new("対応中", "taken") : new("未対応", "not taken");

    public static LocalizedText NotReached(Carrier carrier, string error) => carrier switch
    {
        Carrier.Mail => new($"メール: {Error(error).Ja}", $"e-mail: {Error(error).En}"),
        _ => new($"ダイレクトメッセージ: {Error(error).Ja}", $"direct message: {Error(error).En}"),
    };

    public static LocalizedText ReachTitle(int count) => new($"連絡先の週次確認: {count} 件の問題", $"Weekly reachability check: {count} problems");

    public static LocalizedText GroupNotKept(string error) => error == "plan_upgrade_required"
        ? new("ユーザーグループをオンコール担当に合わせられません: Slack の有料プランが必要です。", "The user group can't be kept in step with who is on call: Slack wants a paid plan for that.")
        : new($"ユーザーグループをオンコール担当に合わせられません ({error})。アプリに権限がないようです。", $"The user group can't be kept in step with who is on call ({error}): the app may not change it.");

    private static LocalizedText Error(string error) => error switch
    {
        "deactivated" => new("アカウント停止中", "the account is deactivated"),
        "unknown" => new("Slack に存在しません", "unknown to Slack"),
        "no_address" => new("アドレスがわかりません", "no address is known"),
        _ => LocalizedText.Same(ForeignText.OneLine(error, 100)),
    };

    /// <summary>A moment of the team's zone, to the minute.</summary>
    public static string Stamp(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
