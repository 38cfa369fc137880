using FestivalOps.Commands;
using FestivalOps.Commands.Replies;
using FestivalOps.Commands.Roles;
using FestivalOps.Maintenance.Checklists.Evidence;

namespace FestivalOps.Maintenance.Checklists.Buttons;

/// <summary>"Done" beside an item.</summary>
internal sealed class TickAction(ChecklistDesk desk, PressReply replies) : ListButton(Id, ItemValue.Workers, changes: true)
{
    /// <summary>The button's <c>action_id</c>.</summary>
    public const string Id = "checklist.tick";

    /// <inheritdoc/>
    public override Task<Reply> RunAsync(CommandContext context, CancellationToken ct) => replies.OnItemAsync(
        ItemValue.Read(context.Value), PressTexts.Missing, (list, item) => desk.TickAsync(list, item, context.Person.UserId, "", ct), PressTexts.Ticked, context.Language);
}

/// <summary>"Undo" beside an item that a person has ticked.</summary>
internal sealed class UntickAction(ChecklistUndo undo) : ListButton(Id, ItemValue.Workers, changes: true)
{
    /// <summary>The button's <c>action_id</c>.</summary>
    public const string Id = "checklist.untick";

    /// <inheritdoc/>
    public override async Task<Reply> RunAsync(CommandContext context, CancellationToken ct) => ItemValue.Read(context.Value) is { } item
        ? await undo.RunAsync(item.List, item.Item, context, ct)
        : Reply.Refused(PressTexts.Missing, context.Language);
}

/// <summary>Takes a tick back, from the button and from the command.</summary>
internal sealed class ChecklistUndo(ChecklistDesk desk, RoleBook roles, PressReply replies)
{
    /// <summary>Does it, if the person ticked the item or is an administrator.</summary>
    public async Task<Reply> RunAsync(long list, int number, CommandContext context, CancellationToken ct)
    {
        var user = context.Person.UserId;
        var isAdministrator = await roles.AskAsync(user, [Role.Administrator], ct) == Permission.Granted;
        return await replies.OnItemAsync((list, number), PressTexts.Missing, (_, _) => desk.UndoAsync(list, number, user, isAdministrator, ct), PressTexts.Unticked, context.Language);
    }
}

/// <summary>"Sign" on a list of which everything is done. The seal goes into the audit trail with the answer.</summary>
internal sealed class SignListAction(ChecklistSigning signing, PressReply replies) : ListButton(Id, ItemValue.Signers, changes: true)
{
    /// <summary>The button's <c>action_id</c>.</summary>
    public const string Id = "checklist.sign";

    /// <inheritdoc/>
    public override async Task<Reply> RunAsync(CommandContext context, CancellationToken ct)
    {
        if (ItemValue.List(context.Value) is not { } id) return Reply.Refused(PressTexts.Missing, context.Language);
        var outcome = await signing.SignAsync(id, context.Person.UserId, ct);
        return replies.Of(outcome, PressTexts.Signed(id, outcome.List?.Seal ?? "-"), context.Language);
    }
}

/// <summary>"Update evidence" on a list: what the bot's checks and tasks found since.</summary>
internal sealed class RefreshEvidenceAction(ChecklistBook book, EvidenceReader evidence, ChecklistDesk desk) : ListButton(Id, ItemValue.Workers, changes: true)
{
    /// <summary>The button's <c>action_id</c>.</summary>
    public const string Id = "checklist.refresh";

    /// <inheritdoc/>
    public override async Task<Reply> RunAsync(CommandContext context, CancellationToken ct)
    {
        if (ItemValue.List(context.Value) is not { } id || await book.FindAsync(id, ct) is not { } full) return Reply.Refused(PressTexts.Missing, context.Language);
        if (full.List.State != ChecklistState.Open)
            return Reply.Refused(full.List.CarriedTo is { } next ? PressTexts.Carried(next) : PressTexts.SignedAlready, context.Language);
        var items = await desk.RefreshAsync(id, await evidence.OfAsync(full.List.Period, ct), ct);
        return Reply.ToPerson(Notice.Of(":mag:", (items == 0 ? ChecklistTexts.RefreshNothing : PressTexts.Refreshed(id, items)).In(context.Language)));
    }
}
