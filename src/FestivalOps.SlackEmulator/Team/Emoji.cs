using System.Text.RegularExpressions;

namespace FestivalOps.SlackEmulator.Team;

/// <summary>Emoji short codes that are drawn; every other one is shown as its code.</summary>
internal static partial class Emoji
{
    private const string Table = """
        white_check_mark ✅|heavy_check_mark ✔️|x ❌|warning ⚠️|rotating_light 🚨|fire 🔥|bell 🔔|no_bell 🔕|information_source ℹ️|question ❓|grey_question ❔
        exclamation ❗|bangbang ‼️|no_entry ⛔|no_entry_sign 🚫|octagonal_sign 🛑|red_circle 🔴|large_orange_circle 🟠|large_yellow_circle 🟡|large_green_circle 🟢
        large_blue_circle 🔵|large_purple_circle 🟣|black_circle ⚫|white_circle ⚪|large_red_square 🟥|large_green_square 🟩|large_yellow_square 🟨|eyes 👀|thumbsup 👍
        +1 👍|thumbsdown 👎|-1 👎|raised_hands 🙌|pray 🙏|wave 👋|tada 🎉|rocket 🚀|hourglass ⌛|hourglass_flowing_sand ⏳|stopwatch ⏱️|alarm_clock ⏰|clock3 🕒|calendar 📅|date 📅
        spiral_calendar_pad 🗓️|chart_with_upwards_trend 📈|chart_with_downwards_trend 📉|bar_chart 📊|clipboard 📋|memo 📝|page_facing_up 📄|books 📚|book 📖|bulb 💡|gear ⚙️|wrench 🔧
        hammer 🔨|hammer_and_wrench 🛠️|tools 🛠️|lock 🔒|unlock 🔓|key 🔑|shield 🛡️|computer 💻|desktop_computer 🖥️|floppy_disk 💾|satellite 🛰️|satellite_antenna 📡|globe_with_meridians 🌐
        zap ⚡|boom 💥|broom 🧹|package 📦|inbox_tray 📥|outbox_tray 📤|link 🔗|mag 🔍|speech_balloon 💬|telephone_receiver 📞|phone ☎️|sos 🆘|new 🆕|ok 🆗|up 🆙|arrow_up ⬆️|arrow_down ⬇️
        arrow_right ➡️|arrow_left ⬅️|arrows_counterclockwise 🔄|repeat 🔁|leftwards_arrow_with_hook ↩️|smile 😄|slightly_smiling_face 🙂|grinning 😀|sweat_smile 😅|thinking_face 🤔|cry 😢
        sunny ☀️|cloud ☁️|snowflake ❄️|star ⭐|sparkles ✨|heart ❤️|100 💯|robot_face 🤖|busts_in_silhouette 👥|bust_in_silhouette 👤|jp 🇯🇵|us 🇺🇸|small_blue_diamond 🔹|small_orange_diamond 🔸
        heavy_minus_sign ➖|heavy_plus_sign ➕|double_vertical_bar ⏸️|arrow_forward ▶️|black_square_for_stop ⏹️|zzz 💤|mute 🔇|loudspeaker 📢|mega 📣|pushpin 📌|round_pushpin 📍|bookmark 🔖|label 🏷️
        """;

    private static readonly Dictionary<string, string> Known = Table.Split(['|', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(pair => pair.Split(' ')).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    public static string? Find(string name) => Known.GetValueOrDefault(name);

    public static bool IsName(string name) => Name().IsMatch(name);

    [GeneratedRegex(@"^[\p{L}\p{Nd}_+'-]{1,100}$", RegexOptions.None, 1000)]
    private static partial Regex Name();
}
