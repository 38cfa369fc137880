using System.Globalization;
using FestivalOps.Language;

namespace FestivalOps.Alerting.Silences;

/// <summary>What is said about silences; finished mrkdwn.</summary>
internal static class SilenceTexts
{
    public static readonly LocalizedText MatchersTooLong = new("条件が長すぎます（1,000 文字まで）。", "The conditions are too long (1,000 characters at most).");
    public static readonly LocalizedText MatchersMissing = new(
        "何を静かにするかを指定してください。例: alertname=HighCpuUsage instance=~\"web.*\"", "Say what to silence, such as alertname=HighCpuUsage instance=~\"web.*\"");
    public static readonly LocalizedText MatchesNothingInParticular = new(
        "この条件はすべてのアラートに当てはまります。少なくとも 1 つ、対象を絞る条件（例: alertname=HighCpuUsage）を入れてください。",
        "These conditions fit every alert. Give at least one that says which, such as alertname=HighCpuUsage.");
    public static readonly LocalizedText ReasonMissing = new("理由を書いてください。あとで見た人が判断できるように残します。", "Give a reason, so that whoever looks later can judge it.");
    public static readonly LocalizedText EndBeforeStart = new("終わりの時刻は、始まりより後の未来にしてください。", "The end must lie after the start, and in the future.");
    public static readonly LocalizedText TooLong = new(
        "静かにできるのは 30 日までです。それより長く必要なら、原因を直すかルールを変えてください。", "A silence lasts 30 days at most. For longer, mend the cause or change the rule.");
    public static readonly LocalizedText TooFarAhead = new("開始は 1 年以内にしてください。", "The start must lie within a year.");
    public static readonly LocalizedText TooMany = new(
        "有効なサイレンスが多すぎます（500 件まで）。不要なものを終わらせてください。", "There are too many silences (500 at most). End those that are not needed.");

    public static LocalizedText MatcherUnreadable(string word) => new(
        $"条件「{Shown(word)}」が読み取れません。名前=値、名前!=値、名前=~正規表現、名前!~正規表現 のどれかで書いてください。",
        $"The condition \"{Shown(word)}\" can't be read. Write name=value, name!=value, name=~pattern or name!~pattern.");

    public static LocalizedText PatternUnreadable(string pattern) => new(
        $"正規表現「{Shown(pattern)}」が正しくありません（先読みと後方参照は使えません）。",
        $"The pattern \"{Shown(pattern)}\" is not a regular expression that can be used (no look-around, no back-references).");

    public static LocalizedText Created(long id, DateTimeOffset until, TimeZoneInfo zone, int hidden) => new(
        $"サイレンス {id} を設定しました（{Time(until, zone)} まで）。今は {hidden.ToString("N0", CultureInfo.InvariantCulture)} 件のアラートが隠れます。",
        $"Silence {id} is set (until {Time(until, zone)}). It hides {Alerts(hidden)} now.");

    public static LocalizedText Planned(long id, DateTimeOffset from, DateTimeOffset until, TimeZoneInfo zone) => new(
        $"メンテナンス {id} を予定しました（{Time(from, zone)} から {Time(until, zone)} まで）。",
        $"Maintenance {id} is planned (from {Time(from, zone)} until {Time(until, zone)}).");

    public static LocalizedText Ended(long id, int shown) => new(
        $"サイレンス {id} を終わらせました。{shown.ToString("N0", CultureInfo.InvariantCulture)} 件のアラートがまた見えるようになりました。",
        $"Silence {id} is ended. {Alerts(shown)} can be seen again.");

    public static LocalizedText Missing(long id) => new($"サイレンス {id} は見つかりません。", $"There is no silence {id}.");

    public static LocalizedText OverAlready(long id) => new($"サイレンス {id} はもう終わっています。", $"Silence {id} is over already.");

    public static LocalizedText Reminder(long id, string what, DateTimeOffset until, TimeZoneInfo zone) => new(
        $"サイレンス {id}（{what}）は {Time(until, zone)} に終わります。必要なら、その前に新しく設定してください。",
        $"Silence {id} ({what}) ends at {Time(until, zone)}. Set a new one before that if it is still needed.");

    // Finished mrkdwn: what was typed is escaped here, once.
    private static string Shown(string typed) => SlackText.Escape(ForeignText.OneLine(typed, 80));

    private static string Time(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Alerts(int count) => count == 1 ? "1 alert" : count.ToString("N0", CultureInfo.InvariantCulture) + " alerts";
}
