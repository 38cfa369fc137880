using System.Globalization;

namespace FestivalOps.Tests.Manifest;

/// <summary>
/// Slack's rules for the parts of a manifest that we use (schema version 2, which is closed: a key that it does not know is
/// refused). Each leaf has its check; a key that is missing here is refused too.
/// </summary>
internal static class ManifestRules
{
    private static readonly Dictionary<string, Func<object?, string?>> Leaves = new(StringComparer.Ordinal)
    {
        ["display_information.name"] = Text(1, 35),
        ["display_information.description"] = Text(1, 140),
        ["display_information.long_description"] = Text(175, 4000),
        ["display_information.background_color"] = Colour,
        ["features.app_home.home_tab_enabled"] = Switch,
        ["features.app_home.messages_tab_enabled"] = Switch,
        ["features.app_home.messages_tab_read_only_enabled"] = Switch,
        ["features.bot_user.display_name"] = Text(1, 80),
        ["features.bot_user.always_online"] = Switch,
        ["features.slash_commands[].command"] = Command,
        ["features.slash_commands[].description"] = Text(1, 2000),
        ["features.slash_commands[].usage_hint"] = Text(1, 1000),
        ["features.slash_commands[].url"] = Https(3000),
        ["features.slash_commands[].should_escape"] = Switch,
        ["oauth_config.scopes.bot[]"] = Text(1, 100),
        ["settings.interactivity.is_enabled"] = Switch,
        ["settings.interactivity.request_url"] = Https(3000),
        ["settings.org_deploy_enabled"] = Switch,
        ["settings.socket_mode_enabled"] = Switch,
        ["settings.token_rotation_enabled"] = Switch,
    };

    private static readonly Dictionary<string, int> ListLimits = new(StringComparer.Ordinal)
    {
        ["features.slash_commands"] = 50,
        ["oauth_config.scopes.bot"] = 255,
    };

    private static readonly string[] Required =
    [
        "display_information.name",
        "features.bot_user.display_name",
        "features.slash_commands[].command",
        "features.slash_commands[].description",
        "settings.interactivity.is_enabled",
    ];

    /// <summary>What Slack would refuse: one sentence each, empty when it takes the manifest.</summary>
    public static IReadOnlyList<string> Refusals(ManifestFile manifest)
    {
        var found = new List<string>();
        foreach (var (path, value) in manifest.Leaves)
        {
            if (!Leaves.TryGetValue(path, out var check)) found.Add($"{path}: Slack knows no such key");
            else if (check(value) is { } refusal) found.Add($"{path}: {refusal}");
        }

        found.AddRange(ListLimits
            .Where(limit => manifest.CountOf(limit.Key) > limit.Value)
            .Select(limit => $"{limit.Key}: more than {limit.Value.ToString(CultureInfo.InvariantCulture)} entries"));
        found.AddRange(Required.Where(path => !manifest.Has(path)).Select(path => $"{path}: is required"));
        if (manifest.ValueOf("settings.socket_mode_enabled") is not "true")
        {
            // Only Socket Mode needs no address to deliver to.
            string[] addresses = ["features.slash_commands[].url", "settings.interactivity.request_url"];
            found.AddRange(addresses.Where(path => !manifest.Has(path)).Select(path => $"{path}: is required without Socket Mode"));
        }

        return found;
    }

    private static Func<object?, string?> Text(int least, int most) => value =>
        value is string text && text.Length >= least && text.Length <= most ? null : $"must be a text of {least} to {most} characters";

    private static Func<object?, string?> Https(int most) => value =>
        value is string text && text.Length <= most && Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps
            ? null
            : $"must be an https address of at most {most} characters";

    private static string? Switch(object? value) => value is "true" or "false" ? null : "must be true or false";

    private static string? Command(object? value) =>
        value is string { Length: >= 2 and <= 32 } text && text[0] == '/' && !text.Contains(' ', StringComparison.Ordinal)
            ? null
            : "must be '/' and 1 to 31 characters without a space";

    private static string? Colour(object? value) =>
        value is string { Length: 4 or 7 } text && text[0] == '#' && text[1..].All(char.IsAsciiHexDigit) ? null : "must be '#' and 3 or 6 hex digits";
}
