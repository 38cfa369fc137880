using FestivalOps.Commands.Queue;
using FestivalOps.Language;

namespace FestivalOps.Commands;

/// <summary>
/// A menu whose choices are buttons ("⋯"): the value of each choice names the <see cref="IButtonAction"/> and its value, so that a choice is
/// pressed, permitted and recorded like the button that it stands for. At most five choices (Slack limit).
/// </summary>
internal static class ActionMenu
{
    /// <summary>The menu's <c>action_id</c>.</summary>
    public const string Id = "menu";

    /// <summary>A menu of these buttons.</summary>
    public static OverflowMenu Of(IEnumerable<(LocalizedText Label, string ActionId, string Value)> choices, SpokenLanguage language) => new()
    {
        ActionId = Id,
        Options = [.. choices.Select(c => new OverflowOption { Text = new PlainText(c.Label.In(language)), Value = $"{c.ActionId} {c.Value}" })],
    };

    /// <summary>The button that was pressed, also when it was chosen in a menu.</summary>
    public static PressedButton Button(string actionId, string value, string messageTs)
    {
        if (!string.Equals(actionId, Id, StringComparison.Ordinal)) return new(actionId, value, messageTs);
        var space = value.IndexOf(' ', StringComparison.Ordinal);
        return space < 0 ? new(value, "", messageTs) : new(value[..space], value[(space + 1)..], messageTs);
    }
}
