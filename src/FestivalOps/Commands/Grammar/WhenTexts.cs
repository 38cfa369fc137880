using FestivalOps.Language;

namespace FestivalOps.Commands.Grammar;

/// <summary>The words of times in both languages, and what is said when a time can't be used.</summary>
internal static class WhenTexts
{
    public static readonly LocalizedText Days = new("日", "d|day|days");
    public static readonly LocalizedText Hours = new("時間", "h|hr|hrs|hour|hours");
    public static readonly LocalizedText Minutes = new("分", "m|min|mins|minute|minutes");
    public static readonly LocalizedText Lead = new("あと", "until|till|for|in|by|from|at");
    public static readonly LocalizedText Tail = new("後|間|まで|から|頃", "later");
    public static readonly LocalizedText Today = new("今日|本日|きょう", "today|tonight");
    public static readonly LocalizedText Tomorrow = new("明日|あした|あす|明朝", "tomorrow|tmr");
    public static readonly LocalizedText AfterTomorrow = new("明後日|あさって", "overmorrow");
    public static readonly LocalizedText Morning = new("朝", "morning");
    public static readonly LocalizedText BusinessMorning = new("朝|翌朝|翌営業日|翌営業日の朝", "morning|next morning|next business day|next business morning");
    public static readonly LocalizedText Of = new("の", "at|t");
    public static readonly LocalizedText OClock = new("時", "h");
    public static readonly LocalizedText Half = new("半", "half");
    public static readonly LocalizedText BeforeNoon = new("午前|朝", "am");
    public static readonly LocalizedText AfterNoon = new("午後|夕方", "pm");
    public static readonly LocalizedText Midday = new("正午", "noon");
    public static readonly LocalizedText NextWeek = new("来週の?", "next week's ");
    public static readonly LocalizedText Month = new("月", "month");

    /// <summary>Monday first.</summary>
    public static readonly IReadOnlyList<LocalizedText> Weekdays =
    [
        new("月曜日?", "mon|monday"), new("火曜日?", "tue|tues|tuesday"), new("水曜日?", "wed|wednesday"), new("木曜日?", "thu|thurs|thursday"),
        new("金曜日?", "fri|friday"), new("土曜日?", "sat|saturday"), new("日曜日?", "sun|sunday"),
    ];

    public static readonly LocalizedText Missing = new(
        "いつまでかを指定してください。例: `30m`、`2h`、`14:00`、`明日 9:00`、`朝`(翌営業日の朝)",
        "Say until when, for example `30m`, `2h`, `14:00`, `tomorrow 9:00` or `morning` (of the next business day).");

    public static LocalizedText Unreadable(string typed) => new(
        $"「`{typed}`」を時刻として読み取れません。例: `30m`、`2h`、`14:00`、`明日 9:00`、`11/24 9:00`、`朝`(翌営業日の朝)",
        $"`{typed}` is not a time that I can read. Examples: `30m`, `2h`, `14:00`, `tomorrow 9:00`, `11/24 9:00`, `morning` (of the next business day).");

    public static LocalizedText Past(string typed) => new(
        $"「`{typed}`」はもう過ぎています。これからの時刻を指定してください。",
        $"`{typed}` is in the past. Please give a time to come.");

    public static LocalizedText TooFar(string typed) => new(
        $"「`{typed}`」は先すぎます。1 年以内で指定してください。",
        $"`{typed}` is too far ahead. Please stay within a year.");
}
