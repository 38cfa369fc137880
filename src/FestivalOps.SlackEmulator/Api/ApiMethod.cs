using System.Text.Json.Nodes;

namespace FestivalOps.SlackEmulator.Api;

/// <summary>One method of the Web API.</summary>
/// <param name="Name">For example <c>chat.postMessage</c>.</param>
/// <param name="Scopes">One of these is needed; none means that any token will do.</param>
/// <param name="PerMinute">Calls a minute (Slack's tier).</param>
/// <param name="FormOnly">JSON bodies are not read.</param>
/// <param name="Required">Arguments without which Slack answers <c>invalid_arguments</c>.</param>
/// <param name="Run">Does it; throws <see cref="Refusal"/>.</param>
internal sealed record ApiMethod(string Name, string[] Scopes, int PerMinute, bool FormOnly, string[] Required, Func<ApiCall, JsonObject> Run)
{
    public const int Tier1 = 1;
    public const int Tier2 = 20;
    public const int Tier3 = 50;
    public const int Tier4 = 100;
    public const int Special = 600;

    /// <summary>Called with the app-level token instead of the bot's.</summary>
    public bool WithAppToken { get; init; }
}

/// <summary>All methods, by name.</summary>
internal sealed class MethodTable
{
    private readonly Dictionary<string, ApiMethod> methods;

    public MethodTable(ScheduleMethods schedule, ViewMethods views, OtherMethods others) =>
        methods = ((IEnumerable<ApiMethod>)[.. ChatMethods.All(), .. schedule.All(), .. ConversationMethods.All(), .. ConversationChanges.All(), .. UserMethods.All(), .. views.All(), .. FileMethods.All(), .. others.All()])
            .ToDictionary(m => m.Name, StringComparer.Ordinal);

    public ApiMethod? Find(string name) => methods.GetValueOrDefault(name);
}
