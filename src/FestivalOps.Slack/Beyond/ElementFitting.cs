using System.Globalization;
using FestivalOps.Slack.Blocks;

namespace FestivalOps.Slack.Beyond;

/// <summary>Fits one element into its limits, in place.</summary>
internal static class ElementFitting
{
    private const int Choices = 100;

    public static void Fit(IBlockElement element)
    {
        if (element is ActionElement { Confirm: { } confirm })
            Fit(confirm);
        switch (element)
        {
            case Button button:
                button.Text = BlockFitting.Label(button.Text, 75);
                button.AccessibilityLabel = Optional(button.AccessibilityLabel, 75);
                IdRules.Value(button.Value, 2000, "a button's value");
                // An address cannot be cut; the button still sends its action.
                button.Url = Address(button.Url);
                break;
            case Image image:
                Fit(image);
                break;
            case StaticSelectMenuBase menu:
                menu.Placeholder = BlockFitting.Plain(menu.Placeholder, 150);
                FitChoices(menu);
                break;
            case SelectMenuBase menu:
                menu.Placeholder = BlockFitting.Plain(menu.Placeholder, 150);
                break;
            case CheckboxGroup boxes:
                boxes.Options = FitOptions(boxes.Options, 10);
                boxes.InitialOptions = FitOptions(boxes.InitialOptions, 10);
                break;
            case RadioButtonGroup radio:
                radio.Options = FitOptions(radio.Options, 10);
                break;
            case OverflowMenu overflow:
                overflow.Options = [.. overflow.Options.Take(5)];
                foreach (var option in overflow.Options)
                {
                    Fit(option);
                    option.Url = Address(option.Url);
                }
                break;
            case TextInput input:
                input.Placeholder = BlockFitting.Plain(input.Placeholder, 150);
                if (input is PlainTextInput plain)
                    plain.InitialValue = Optional(plain.InitialValue, Math.Clamp(plain.MaxLength ?? 3000, 1, 3000));
                break;
            case DatePicker picker:
                picker.Placeholder = BlockFitting.Plain(picker.Placeholder, 150);
                break;
            case TimePicker picker:
                picker.Placeholder = BlockFitting.Plain(picker.Placeholder, 150);
                break;
        }
    }

    public static void Fit(ContextActionsElement element)
    {
        switch (element)
        {
            case FeedbackButtons feedback:
                Fit(feedback.PositiveButton);
                Fit(feedback.NegativeButton);
                break;
            case IconButton icon:
                icon.Text = BlockFitting.Label(icon.Text, 75);
                icon.AccessibilityLabel = Optional(icon.AccessibilityLabel, 75);
                IdRules.Value(icon.Value, 2000, "an icon button's value");
                if (icon.Confirm is { } confirm)
                    Fit(confirm);
                break;
        }
    }

    public static void Fit(Image image)
    {
        image.AltText = BlockFitting.Words(image.AltText, 2000);
        image.ImageUrl = Address(image.ImageUrl);
    }

    public static void Fit(Option option)
    {
        option.Text = BlockFitting.Text(option.Text, 75) ?? new PlainText("–");
        option.Description = BlockFitting.Plain(option.Description, 75);
        IdRules.Value(option.Value, 150, "an option's value");
    }

    public static IList<Option> FitOptions(IList<Option> options, int most)
    {
        var kept = options.Take(most).ToList();
        kept.ForEach(Fit);
        return kept;
    }

    private static void FitChoices(StaticSelectMenuBase menu)
    {
        if (menu.Options.Count > Choices && menu.OptionGroups.Count == 0)
        {
            // A menu takes 100 choices, but 100 groups of 100: nothing need be left out.
            menu.OptionGroups = [.. menu.Options.Chunk(Choices).Take(Choices).Select((part, index) => new OptionGroup
            {
                Label = string.Create(CultureInfo.InvariantCulture, $"{index * Choices + 1}–{index * Choices + part.Length}"),
                Options = part,
            })];
            menu.Options = [];
        }
        menu.Options = FitOptions(menu.Options, Choices);
        menu.OptionGroups = FitGroups(menu.OptionGroups);
        var initial = menu switch
        {
            StaticSelectMenu { InitialOption: { } one } => [one],
            StaticMultiSelectMenu many => many.InitialOptions,
            _ => [],
        };
        foreach (var option in initial)
            Fit(option);
    }

    public static IList<OptionGroup> FitGroups(IList<OptionGroup> groups)
    {
        var kept = groups.Take(Choices).ToList();
        foreach (var group in kept)
        {
            group.Label = BlockFitting.Label(group.Label, 75);
            group.Options = FitOptions(group.Options, Choices);
        }
        return kept;
    }

    private static void Fit(ConfirmationDialog confirm)
    {
        confirm.Title = BlockFitting.Plain(confirm.Title, 100);
        confirm.Text = BlockFitting.Text(confirm.Text, 300);
        confirm.Confirm = BlockFitting.Plain(confirm.Confirm, 30);
        confirm.Deny = BlockFitting.Plain(confirm.Deny, 30);
    }

    private static void Fit(FeedbackButton button)
    {
        button.Text = BlockFitting.Label(button.Text, 75);
        button.AccessibilityLabel = Optional(button.AccessibilityLabel, 75);
        IdRules.Value(button.Value, 2000, "a feedback button's value");
    }

    private static string? Optional(string? text, int limit) => string.IsNullOrEmpty(text) ? null : TextCut.Plain(text, limit);

    private static string? Address(string? url) => url is { Length: > 3000 } ? null : url;
}
