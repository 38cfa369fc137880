using System.Globalization;
using FestivalOps.Commands;
using FestivalOps.Language;

namespace FestivalOps.Blocking.Blocks.Card;

/// <summary>What can be done with a block from its card and from the list.</summary>
internal static class BlockButtons
{
    public const string Undo = "block.undo";
    public const string Extend = "block.extend";
    public const string Permanent = "block.permanent";
    public const string Approve = "block.approve";
    public const string Decline = "block.decline";

    /// <summary>The choices of an extension, by the word that the button carries.</summary>
    public static readonly IReadOnlyList<(string Word, TimeSpan By, LocalizedText Label)> Extensions =
    [
        ("1h", TimeSpan.FromHours(1), BlockCardTexts.Extend1), ("6h", TimeSpan.FromHours(6), BlockCardTexts.Extend6),
        ("24h", TimeSpan.FromHours(24), BlockCardTexts.Extend24), ("7d", TimeSpan.FromDays(7), BlockCardTexts.Extend7),
    ];

    /// <summary>The row of buttons of a card; null when nothing can be done any more.</summary>
    public static ActionsBlock? Of(AddressBlock block, SpokenLanguage language)
    {
        if (block.State == BlockState.Ended) return null;
        var id = block.Id.ToString(CultureInfo.InvariantCulture);
        var elements = new List<IActionElement>();
        if (block.AskedAt is not null)
        {
            elements.Add(Button(Approve, id, BlockCardTexts.ApproveButton, language, ButtonStyle.Primary));
            elements.Add(Button(Decline, id, BlockCardTexts.DeclineButton, language));
        }
        if (block.State == BlockState.Open)
        {
            elements.Add(Button(Undo, id, BlockCardTexts.UndoButton, language));
            if (block.Until is not null) elements.Add(ExtendMenu(id, language));
            if (block.Until is not null && block.AskedAt is null) elements.Add(Button(Permanent, id, BlockCardTexts.PermanentButton, language, ButtonStyle.Danger));
        }
        // A choice stays visible in a menu until its block is another one.
        return new() { BlockId = string.Create(CultureInfo.InvariantCulture, $"block:{id}:{block.Version}"), Elements = elements };
    }

    /// <summary>The same behind "⋯", beside a line of the list.</summary>
    public static OverflowMenu Menu(AddressBlock block, SpokenLanguage language)
    {
        var id = block.Id.ToString(CultureInfo.InvariantCulture);
        var choices = new List<(LocalizedText, string, string)> { (BlockCardTexts.UndoButton, Undo, id) };
        if (block.AskedAt is not null) choices.AddRange([(BlockCardTexts.ApproveButton, Approve, id), (BlockCardTexts.DeclineButton, Decline, id)]);
        else if (block.Until is not null) choices.AddRange([(BlockCardTexts.Extend24, Extend, $"{id} 24h"), (BlockCardTexts.Extend7, Extend, $"{id} 7d"), (BlockCardTexts.PermanentButton, Permanent, id)]);
        return ActionMenu.Of(choices, language);
    }

    private static Button Button(string action, string value, LocalizedText label, SpokenLanguage language, ButtonStyle style = ButtonStyle.Default) =>
        new() { ActionId = action, Value = value, Text = new(label.In(language)), Style = style };

    private static StaticSelectMenu ExtendMenu(string id, SpokenLanguage language) => new()
    {
        ActionId = Extend,
        Placeholder = new(BlockCardTexts.ExtendMenu.In(language)),
        Options = [.. Extensions.Select(e => new Option { Value = $"{id} {e.Word}", Text = new PlainText(e.Label.In(language)) })],
    };
}
