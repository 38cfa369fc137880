using FestivalOps.Slack.Blocks;

namespace FestivalOps.Slack.Beyond;

/// <summary>
/// Tells the blocks that need no fitting, which most are. It may say no to a block that would have fitted, never yes to one that would not.
/// </summary>
internal static class BlockFits
{
    public static bool AsItIs(Block block) => block switch
    {
        DividerBlock => true,
        HeaderBlock header => Fits(header.Text, 150),
        SectionBlock { Accessory: null, Fields.Count: 0 } section => Fits(section.Text, 3000),
        ContextBlock { Elements: { Count: > 0 and <= 10 } elements } =>
            elements.All(element => element is TextObject text && Fits(text, BlockFitting.ContextText(elements.Count))),
        ActionsBlock { Elements: { Count: > 0 and <= 25 } elements } => elements.All(element => element is Button button && Fits(button)),
        _ => false,
    };

    private static bool Fits(Button button) =>
        button is { Confirm: null, Url: null, AccessibilityLabel: null } && button.Value is null or { Length: <= 2000 } && Fits(button.Text, 75);

    private static bool Fits(TextObject? text, int limit) =>
        text is PlainText or Markdown && text.Text.Length <= limit && !string.IsNullOrWhiteSpace(text.Text);
}
