using System.Globalization;
using FestivalOps.SlackEmulator.Team;

namespace FestivalOps.SlackEmulator.Page;

/// <summary>Who looks at the page, in which language, and where.</summary>
/// <param name="Person">The person acted as.</param>
/// <param name="Language"><c>ja</c> or <c>en</c>.</param>
/// <param name="ForcedLanguage">Set when the language was chosen in the page.</param>
/// <param name="Channel">Conversation id, or <c>home</c>.</param>
/// <param name="Thread">Timestamp of the open thread.</param>
/// <param name="Panel">Open inspector tab.</param>
public sealed record Viewer(Person Person, string Language, string? ForcedLanguage, string Channel, string? Thread, string? Panel)
{
    private static readonly TimeSpan Tokyo = TimeSpan.FromHours(9);

    /// <summary>The page's word for something.</summary>
    /// <param name="key">Which.</param>
    /// <param name="args">Fill <c>{0}</c> and so on.</param>
    /// <returns>The text in the viewer's language.</returns>
    public string T(string key, params object[] args) => string.Format(CultureInfo.InvariantCulture, PageText.Of(key, Language), args);

    /// <summary>A role as shown to the viewer.</summary>
    /// <param name="role">As stored.</param>
    /// <returns>Translated when known.</returns>
    public string Role(string role) => PageText.Maybe("role." + role, Language) ?? role;

    /// <summary>The address of another place in the page; what is not given stays.</summary>
    /// <param name="person">User id.</param>
    /// <param name="channel">Conversation id.</param>
    /// <param name="thread">Thread, empty to close it.</param>
    /// <param name="panel">Inspector tab, empty to close it.</param>
    /// <param name="language">Language, empty for the person's own.</param>
    /// <returns>A relative address.</returns>
    public string Link(string? person = null, string? channel = null, string? thread = null, string? panel = null, string? language = null)
    {
        var query = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["as"] = person ?? Person.Id,
            ["channel"] = channel ?? Channel,
            ["thread"] = thread ?? (channel is null ? Thread : null),
            ["panel"] = panel ?? Panel,
            ["lang"] = language ?? ForcedLanguage,
        };
        return "/" + QueryString.Create(query.Where(q => !string.IsNullOrEmpty(q.Value)));
    }

    /// <summary>Tokyo wall clock.</summary>
    /// <param name="at">A moment.</param>
    /// <returns>The same moment at +09:00.</returns>
    public static DateTimeOffset InTokyo(DateTimeOffset at) => at.ToOffset(Tokyo);

    internal CultureInfo Culture => CultureInfo.GetCultureInfo(Language == "ja" ? "ja-JP" : "en-US");

    internal static string Clock(string ts) => InTokyo(Ids.Moment(ts)).ToString("HH:mm", CultureInfo.InvariantCulture);

    internal string Day(string ts, DateTimeOffset now)
    {
        var (day, today) = (InTokyo(Ids.Moment(ts)).Date, InTokyo(now).Date);
        if (day == today)
            return T("today");
        return day == today.AddDays(-1) ? T("yesterday") : day.ToString(Language == "ja" ? "M月d日(ddd)" : "dddd, MMMM d", Culture);
    }
}
