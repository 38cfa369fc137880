using System.Globalization;

namespace FestivalOps.SlackEmulator.Page.Rendering;

/// <summary>Slack's date tokens, in the viewer's language and Tokyo time.</summary>
internal static class Dates
{
    public static string Format(string tokens, DateTimeOffset at, DateTimeOffset now, Viewer viewer)
    {
        var isJapanese = viewer.Language == "ja";
        var local = Viewer.InTokyo(at);
        var days = (local.Date - Viewer.InTokyo(now).Date).Days;
        string F(string ja, string en) => local.ToString(isJapanese ? ja : en, viewer.Culture);
        string Pretty(string otherwise) => days switch
        {
            0 => isJapanese ? "今日" : "today",
            -1 => isJapanese ? "昨日" : "yesterday",
            1 => isJapanese ? "明日" : "tomorrow",
            _ => otherwise,
        };
        var date = F("yyyy年M月d日", "MMMM d, yyyy");
        var brief = F("yyyy/MM/dd", "MMM d, yyyy");
        var whole = F("yyyy年M月d日 dddd", "dddd, MMMM d, yyyy");
        (string Token, string Shown)[] table =
        [
            ("{date_short_pretty}", Pretty(brief)), ("{date_long_pretty}", Pretty(whole)), ("{day_divider_pretty}", Pretty(whole)), ("{date_pretty}", Pretty(date)),
            ("{date_long_full}", whole), ("{date_short}", brief), ("{date_long}", whole), ("{date_slash}", F("yyyy/MM/dd", "MM/dd/yyyy")),
            ("{date_num}", local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), ("{date}", date),
            ("{time_secs}", F("HH:mm:ss", "h:mm:ss tt")), ("{time}", F("HH:mm", "h:mm tt")), ("{ago}", Ago(at - now, isJapanese)),
        ];
        return table.Aggregate(tokens, (text, pair) => text.Replace(pair.Token, pair.Shown, StringComparison.Ordinal));
    }

    private static string Ago(TimeSpan distance, bool isJapanese)
    {
        var (n, ja, en) = distance.Duration() switch
        {
            { TotalDays: >= 1 } d => ((int)d.TotalDays, "日", "days"),
            { TotalHours: >= 1 } d => ((int)d.TotalHours, "時間", "hours"),
            { TotalMinutes: >= 1 } d => ((int)d.TotalMinutes, "分", "minutes"),
            var d => ((int)d.TotalSeconds, "秒", "seconds"),
        };
        return distance > TimeSpan.Zero ? isJapanese ? $"{n}{ja}後" : $"in {n} {en}" : isJapanese ? $"{n}{ja}前" : $"{n} {en} ago";
    }
}
