using System.Globalization;
using FestivalOps.Language;

namespace FestivalOps.Alerting.Silences;

/// <summary>What is said about silences; plain text, escaped where it is shown.</summary>
internal static class SilenceTexts
{
    public static readonly LocalizedText MatchersTooLong = new("条件が長すぎます（1,000 文字まで）。", "The conditions are too long (1,000 characters at most).");
    public static readonly LocalizedText MatchersMissing = new(
        "何を静かにするかを指定してください。例: alertname=HighCpuUsage instance=~\"web.*\"", "Say what to silence, such as alertname=HighCpuUsage instance=~\"web.*\"");
    public static readonly LocalizedText MatchesNothingInParticular = new(
        "この条件では対象が絞れません。少なくとも 1 つ、対象を示す条件（例: alertname=HighCpuUsage）を入れてください。",
        "These conditions don't say which alerts. Give at least one that does, such as alertname=HighCpuUsage.");
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

    public static LocalizedText Created(Silence silence, TimeZoneInfo zone, int hidden) => new(
        $"{Name(silence).Ja}を設定しました（{Time(silence.EndsAt, zone)} まで）。今は {hidden.ToString("N0", CultureInfo.InvariantCulture)} 件のアラートが隠れます。",
        $"{Name(silence).En} is set (until {Time(silence.EndsAt, zone)}). It hides {Alerts(hidden)} now.");

    public static LocalizedText SetAlready(Silence silence, TimeZoneInfo zone) => new(
        $"{Name(silence).Ja}としてもう設定されています（{Time(silence.EndsAt, zone)} まで）。", $"It is set already: {Name(silence).En}, until {Time(silence.EndsAt, zone)}.");

    public static LocalizedText Planned(Silence silence, TimeZoneInfo zone) => new(
        $"{Name(silence).Ja}を予定しました（{Time(silence.StartsAt, zone)} から {Time(silence.EndsAt, zone)} まで）。",
        $"{Name(silence).En} is planned (from {Time(silence.StartsAt, zone)} until {Time(silence.EndsAt, zone)}).");

    public static LocalizedText Ended(Silence silence, int shown, int hidden)
    {
        var (ja, en) = ($"{Name(silence).Ja}を終わらせました。", $"{Name(silence).En} is ended.");
        if (hidden == 0) return new(ja, en);
        var still = hidden - shown;
        var (alsoJa, alsoEn) = still == 0 ? ("", "") : ($"{still.ToString("N0", CultureInfo.InvariantCulture)} 件はほかの理由で隠れたままです。", $" Something else hides {Alerts(still)} still.");
        return new(
            $"{ja}{shown.ToString("N0", CultureInfo.InvariantCulture)} 件のアラートがまた見えるようになりました。{alsoJa}", $"{en} {Alerts(shown)} can be seen again.{alsoEn}");
    }

    public static LocalizedText Missing(long id) => new($"サイレンス {id} は見つかりません。", $"There is no silence {id}.");

    public static LocalizedText OverAlready(Silence silence) => new($"{Name(silence).Ja}はもう終わっています。", $"{Name(silence).En} is over already.");

    public static LocalizedText Reminder(Silence silence, TimeZoneInfo zone)
    {
        var what = ForeignText.OneLine(silence.IsMaintenance || silence.Matchers.Length == 0 ? silence.Reason : silence.Matchers, 200);
        return new(
            $"{Name(silence).Ja}（{what}）は {Time(silence.EndsAt, zone)} に終わります。必要なら、その前に新しく設定してください。",
            $"{Name(silence).En} ({what}) ends at {Time(silence.EndsAt, zone)}. Set a new one before that if it is still needed.");
    }

    // What was typed, in one short line; whoever shows the sentence escapes it.
    private static string Shown(string typed) => ForeignText.OneLine(typed, 80);

    private static LocalizedText Name(Silence silence) => silence.IsMaintenance
        ? new($"メンテナンス {silence.Id} ", $"Maintenance {silence.Id}")
        : new($"サイレンス {silence.Id} ", $"Silence {silence.Id}");

    private static string Time(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Alerts(int count) => count == 1 ? "1 alert" : count.ToString("N0", CultureInfo.InvariantCulture) + " alerts";
}
