using System.Globalization;
using FestivalOps.Language;

namespace FestivalOps.Maintenance.Readiness;

/// <summary>What the readiness post says.</summary>
internal static class ReadinessTexts
{
    private static readonly LocalizedText Weekdays = new("日月火水木金土", "SMTWTFS");

    public static readonly LocalizedText Summary = new("連休前の確認(休み中に期限や限界を迎えるもの)", "before days off: what would run out, end or be due in them");
    public static readonly LocalizedText Disk = new("ディスク", "disk");
    public static readonly LocalizedText Certificate = new("証明書", "certificate");
    public static readonly LocalizedText Backups = new("バックアップ", "backups");
    public static readonly LocalizedText OnCall = new("当番", "on call");
    public static readonly LocalizedText Tasks = new("定期タスク", "scheduled tasks");
    public static readonly LocalizedText Incidents = new("インシデント", "incidents");
    public static readonly LocalizedText Holidays = new("祝日データ", "public holidays");

    public static readonly LocalizedText NoCheck = new("チェックがありません", "there is no such check");
    public static readonly LocalizedText NoFigures = new("最近の測定値がありません", "there are no recent figures");
    public static readonly LocalizedText NoRoles = new("役割に人が設定されていません(Roles)", "no role is given to anyone (Roles)");
    public static readonly LocalizedText OnCallFine = new("当番: 休み中の空きはありません", "on call: no gap in these days");
    public static readonly LocalizedText BackupNever = new("バックアップ: 確認がまだ一度も実行されていません(`/fops run backups`)", "backups: they were never looked at (`/fops run backups`)");
    public static readonly LocalizedText NoTasksDue = new("定期タスク: 休み中の予定はありません", "scheduled tasks: none is due in these days");
    public static readonly LocalizedText NoIncidents = new("インシデント: 未解決はありません", "incidents: none is open");

    public static LocalizedText NotAvailable(LocalizedText part, LocalizedText why) => new(
        $"{part.Ja}: 確認できません({why.Ja})", $"{part.En}: not available ({why.En})");

    public static LocalizedText Broke(string errorId) => new($"エラー ID {errorId}", $"error id {errorId}");

    public static LocalizedText NoTask(string task) => new($"タスク {task} がありません", $"this bot has no task {task}");

    public static LocalizedText OldFigures(LocalizedText age) => new($"最後の測定値が {age.Ja}前のものです", $"the newest figure is {age.En} old");

    public static LocalizedText FewFigures(int hours, LocalizedText now) => new(
        $"現在 {now.Ja}。予測には測定値が足りません({hours} 時間分)", $"{now.En} now; too few figures for a forecast ({hours} h of them)");

    public static LocalizedText DiskSteady(LocalizedText now) => new($"ディスク: {now.Ja}、増加傾向はありません", $"disk: {now.En} and not growing");

    public static LocalizedText DiskFullNow(LocalizedText now, LocalizedText limit) => new(
        $"ディスク: すでに {now.Ja}({limit.Ja} 以上)", $"disk: {now.En} already, {limit.En} or more");

    public static LocalizedText DiskForecast(LocalizedText now, double perDay, LocalizedText limit, double days)
    {
        var (rate, left) = (perDay.ToString("0.0#", CultureInfo.InvariantCulture), days.ToString("0.0", CultureInfo.InvariantCulture));
        return new($"ディスク: {now.Ja}、1 日に {rate} ポイント増加。約 {left} 日後に {limit.Ja}", $"disk: {now.En}, growing by {rate} points a day; {limit.En} in about {left} days");
    }

    public static LocalizedText CertificateBad(LocalizedText says) => new($"証明書: {says.Ja}", $"certificate: {says.En}");

    public static LocalizedText CertificateEnds(LocalizedText at) => new($"証明書: {at.Ja} に期限切れ", $"certificate: ends {at.En}");

    public static LocalizedText CertificatePasses(LocalizedText at, LocalizedText mark) => new(
        $"証明書: 休み中に残り {mark.Ja} を切ります(期限 {at.Ja})", $"certificate: falls below {mark.En} in these days (it ends {at.En})");

    public static LocalizedText CertificateFine(LocalizedText at) => new($"証明書: 期限 {at.Ja}", $"certificate: ends {at.En}");

    public static LocalizedText BackupDueInside(LocalizedText at) => new($"バックアップ: 次の確認は休み中の {at.Ja}", $"backups: the next look is in these days, {at.En}");

    public static LocalizedText BackupBad(LocalizedText at, LocalizedText state, LocalizedText says) => new(
        $"バックアップ: {at.Ja} の確認は「{state.Ja}」— {says.Ja}", $"backups: the look of {at.En} ended as {state.En} — {says.En}");

    public static LocalizedText BackupOld(LocalizedText at, int days) => new(
        $"バックアップ: 最後の確認は {at.Ja}({days} 日以上前)", $"backups: last looked at {at.En}, more than {days} days ago");

    public static LocalizedText BackupFine(LocalizedText at) => new($"バックアップ: {at.Ja} の確認で正常", $"backups: fine at {at.En}");

    public static LocalizedText NobodyOnCall(LocalizedText role, LocalizedText from, LocalizedText until) => new(
        $"当番: {role.Ja}が {from.Ja} から {until.Ja} まで不在", $"on call: nobody for {role.En} from {from.En} to {until.En}");

    public static LocalizedText OnLeave(LocalizedText role, string away, string stands, LocalizedText at) => new(
        $"当番: {role.Ja}の {away} は休暇のため、{at.Ja} から {stands} が担当", $"on call: {away} ({role.En}) is on leave; {stands} is asked from {at.En}");

    public static LocalizedText TaskDue(string task, LocalizedText at, int runs) => new(
        $"定期タスク: {task} が {at.Ja} に実行されます" + (runs > 1 ? $"(休み中 {runs} 回)" : ""), $"scheduled tasks: {task} runs {at.En}" + (runs > 1 ? $" ({runs} times in these days)" : ""));

    public static LocalizedText MoreTasks(int tasks) => new($"定期タスク: 変更を行うものがほか {tasks} 件", $"scheduled tasks: {tasks} more that change something");

    public static LocalizedText OtherTasks(int tasks, int runs) => new(
        $"定期タスク: 確認だけのものが {tasks} 件(計 {runs} 回)", $"scheduled tasks: {tasks} that only look ({runs} runs)");

    public static LocalizedText PausedTasks(string names, int count) => new(
        $"定期タスク: 一時停止中のため休み中に実行されないもの {count} 件({names})", $"scheduled tasks: {count} paused, so not run in these days ({names})");

    public static LocalizedText OpenIncident(long id, LocalizedText title, int level, bool isTaken) => isTaken
        ? new($"インシデント #{id} {title.Ja}: 対応中(レベル {level})", $"incident #{id} {title.En}: in progress (level {level})")
        : new($"インシデント #{id} {title.Ja}: 未対応(レベル {level})", $"incident #{id} {title.En}: nobody has taken it (level {level})");

    public static LocalizedText SnoozedUntil(long id, LocalizedText title, LocalizedText at) => new(
        $"インシデント #{id} {title.Ja}: 休み中の {at.Ja} にスヌーズが終わります", $"incident #{id} {title.En}: its snooze ends in these days, {at.En}");

    public static LocalizedText MoreIncidents(int count) => new($"インシデント: 未解決がほか {count} 件", $"incidents: {count} more are open");

    public static LocalizedText SilenceEnds(long id, bool isMaintenance, LocalizedText at, string reason) => isMaintenance
        ? new($"メンテナンス {id} が {at.Ja} に終わり、通知が再開します({reason})", $"maintenance {id} ends {at.En}, then its alerts page again ({reason})")
        : new($"サイレンス {id} が {at.Ja} に終わり、通知が再開します({reason})", $"silence {id} ends {at.En}, then its alerts page again ({reason})");

    public static LocalizedText MoreSilences(int count) => new($"休み中に終わるサイレンスがほか {count} 件", $"{count} more silences end in these days");

    public static LocalizedText NoStretch(int days, int ahead) => new(
        $"今後 {ahead} 日以内に {days} 日以上の連休はありません", $"no {days} or more days off in a row within {ahead} days");

    public static LocalizedText Headline(Stretch stretch, int act, int unknown, TimeZoneInfo zone)
    {
        var back = At(stretch.Until, zone);
        var ja = $"{Day(stretch.First).Ja} から {stretch.Days} 日間の休み({back.Ja} まで)。" + (act == 0 ? "対応が必要なものはありません" : $"休み前に対応が必要なもの {act} 件");
        var en = $"{stretch.Days} days off from {Day(stretch.First).En} (back {back.En}): " + (act == 0 ? "nothing needs action" : act == 1 ? "1 thing needs action before" : $"{act} things need action before");
        return unknown == 0 ? new(ja, en) : new($"{ja}、確認できないもの {unknown} 件", $"{en}; {unknown} could not be looked at");
    }

    public static LocalizedText Line(Finding finding)
    {
        var sign = finding.Weight switch
        {
            Weight.Act => "△",
            Weight.NotAvailable => "?",
            _ => "○",
        };
        return new($"{sign} {finding.Says.Ja}", $"{sign} {finding.Says.En}");
    }

    /// <summary>"11月21日(土) 09:00", "Sat Nov 21 09:00".</summary>
    public static LocalizedText At(DateTimeOffset at, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        var (day, clock) = (Day(DateOnly.FromDateTime(local.DateTime)), local.ToString("HH:mm", CultureInfo.InvariantCulture));
        return new($"{day.Ja} {clock}", $"{day.En} {clock}");
    }

    private static LocalizedText Day(DateOnly day) => new(
        day.ToString("M月d日(", CultureInfo.InvariantCulture) + Weekdays.Ja[(int)day.DayOfWeek] + ")", day.ToString("ddd MMM d", CultureInfo.InvariantCulture));
}
