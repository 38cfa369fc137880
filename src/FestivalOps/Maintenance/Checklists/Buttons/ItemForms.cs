using System.Globalization;
using FestivalOps.Alerting.Commands;
using FestivalOps.Commands;
using FestivalOps.Commands.Forms;
using FestivalOps.Commands.Roles;
using FestivalOps.Language;

namespace FestivalOps.Maintenance.Checklists.Buttons;

/// <summary>The dialogs of a list: one of its open items, and what is said of it.</summary>
internal sealed class ItemDialogs(ChecklistBook book)
{
    /// <summary>The input that holds the item.</summary>
    public const string Item = "item";

    /// <summary>The input that holds the note.</summary>
    public const string Note = "note";

    /// <summary>The input that holds the person.</summary>
    public const string Person = "person";

    /// <summary>Opens a dialog about an open item of the list that the button names.</summary>
    public async Task<Reply> OpenAsync(CommandContext context, string form, LocalizedText title, InputBlock more, CancellationToken ct)
    {
        if (ItemValue.List(context.Value) is not { } id || await book.FindAsync(id, ct) is not { } full) return Reply.Refused(PressTexts.Missing, context.Language);
        if (full.List.State != ChecklistState.Open)
            return Reply.Refused(full.List.CarriedTo is { } next ? PressTexts.Carried(next) : PressTexts.SignedAlready, context.Language);
        if (full.Open.Count == 0) return Reply.Refused(PressTexts.AllDone, context.Language);
        var options = full.Open.Select(i => new Option
        {
            Text = new PlainText(ForeignText.OneLine(PressReply.Title(i).In(context.Language), 75)),
            Value = i.Number.ToString(CultureInfo.InvariantCulture),
        }).ToList();
        var choice = new InputBlock
        {
            BlockId = Item,
            Label = new(ChecklistTexts.ItemLabel.In(context.Language)),
            Element = new StaticSelectMenu { ActionId = Item, Options = [.. options], InitialOption = options.Count == 1 ? options[0] : null },
        };
        return await context.OpenAsync(form, context.Value, new()
        {
            Title = new(title.In(context.Language)),
            Submit = new(ChecklistTexts.Send.In(context.Language)),
            Close = new(ChecklistTexts.Cancel.In(context.Language)),
            Blocks = [choice, more],
        }, ct);
    }

    /// <summary>The list and the item that a sent dialog is about; null when none was chosen.</summary>
    public static (long List, int Item)? Chosen(CommandContext context) => ItemValue.Read($"{context.Value} {context.Input(Item)}");
}

/// <summary>"Done with a note…" on a list opens a dialog.</summary>
internal sealed class TickNoteAction(ItemDialogs dialogs) : ListButton(Id, ItemValue.Workers, changes: false)
{
    /// <summary>The button's <c>action_id</c>.</summary>
    public const string Id = "checklist.note";

    /// <inheritdoc/>
    public override Task<Reply> RunAsync(CommandContext context, CancellationToken ct) => dialogs.OpenAsync(context, Id, ChecklistTexts.NoteTitle, new InputBlock
    {
        BlockId = ItemDialogs.Note,
        Label = new(ChecklistTexts.NoteLabel.In(context.Language)),
        Element = new PlainTextInput { ActionId = ItemDialogs.Note, Multiline = true, MaxLength = ChecklistItem.MaxNote },
    }, ct);
}

/// <summary>That dialog was sent.</summary>
internal sealed class TickNoteForm(ChecklistDesk desk, PressReply replies) : IForm
{
    /// <inheritdoc/>
    public string Name => TickNoteAction.Id;

    /// <inheritdoc/>
    public IReadOnlyCollection<Role> AllowedRoles => ItemValue.Workers;

    /// <inheritdoc/>
    public bool Changes => true;

    /// <inheritdoc/>
    public Task<Reply> RunAsync(CommandContext context, CancellationToken ct) => replies.OnItemAsync(
        ItemDialogs.Chosen(context), ChecklistTexts.NothingChosen,
        (list, item) => desk.TickAsync(list, item, context.Person.UserId, context.Input(ItemDialogs.Note), ct), PressTexts.Ticked, context.Language);
}

/// <summary>"Assign…" on a list opens a dialog.</summary>
internal sealed class AssignItemAction(ItemDialogs dialogs) : ListButton(Id, ItemValue.Workers, changes: false)
{
    /// <summary>The button's <c>action_id</c>.</summary>
    public const string Id = "checklist.assign";

    /// <inheritdoc/>
    public override Task<Reply> RunAsync(CommandContext context, CancellationToken ct) => dialogs.OpenAsync(context, Id, ChecklistTexts.AssignTitle, new InputBlock
    {
        BlockId = ItemDialogs.Person,
        Label = new(ChecklistTexts.PersonLabel.In(context.Language)),
        Element = new UserSelectMenu { ActionId = ItemDialogs.Person, InitialUser = context.Person.UserId },
    }, ct);
}

/// <summary>Someone was chosen in that dialog. It must be a person with a role: who is given an item must be able to tick it.</summary>
internal sealed class AssignItemForm(ChecklistDesk desk, RoleBook roles, Assignees assignees, PressReply replies) : IForm
{
    /// <inheritdoc/>
    public string Name => AssignItemAction.Id;

    /// <inheritdoc/>
    public IReadOnlyCollection<Role> AllowedRoles => ItemValue.Workers;

    /// <inheritdoc/>
    public bool Changes => true;

    /// <inheritdoc/>
    public async Task<Reply> RunAsync(CommandContext context, CancellationToken ct)
    {
        if (ItemDialogs.Chosen(context) is not { } item) return Reply.Refused(ChecklistTexts.NothingChosen, context.Language);
        var person = ForeignText.OneLine(context.Input(ItemDialogs.Person), 40);
        if (person.Length == 0) return Reply.Refused(ChecklistTexts.NobodyChosen, context.Language);
        if (await roles.AskAsync(person, ItemValue.Workers, ct) == Permission.Denied) return Reply.Refused(PressTexts.NoRole, context.Language);
        if (await assignees.WhyNotAsync(person, ct) is { } wrong) return Reply.Refused(wrong, context.Language);
        return await replies.OnItemAsync(item, ChecklistTexts.NothingChosen, (list, number) => desk.AssignAsync(list, number, person, ct), PressTexts.Assigned, context.Language);
    }
}
