using System.Globalization;
using FestivalOps.Channels;
using FestivalOps.Commands;
using FestivalOps.Commands.Roles;
using FestivalOps.Language;
using FestivalOps.Maintenance.Checklists.Buttons;
using FestivalOps.Maintenance.Checklists.Card;
using FestivalOps.Maintenance.Checklists.Evidence;
using FestivalOps.Maintenance.Checklists.Export;
using FestivalOps.Scheduling.Calendar;
using Microsoft.Extensions.Options;

namespace FestivalOps.Maintenance.Checklists;

/// <summary><c>/fops checklist</c>: what is open, the list of a period by hand, the file of a list.</summary>
internal sealed class ChecklistCommand(
    ChecklistBook book, ChecklistOpening opening, ChecklistExport export, ChecklistUndo undo, RoleBook roles, BusinessCalendar calendar,
    IOptions<ChannelsOptions> channels) : ICommand
{
    private static readonly string[] Words = ["daily", "weekly", "monthly", "export", "undo"];

    /// <inheritdoc/>
    public string Name => "checklist";

    /// <inheritdoc/>
    public LocalizedText Summary => ChecklistTexts.Summary;

    /// <inheritdoc/>
    public LocalizedText? Usage => ChecklistTexts.Usage;

    /// <inheritdoc/>
    public LocalizedText? Details => ChecklistTexts.Details;

    /// <inheritdoc/>
    public async Task<Reply> RunAsync(CommandContext context, CancellationToken ct) => context.Name(0) switch
    {
        "" => await ShowAsync(context.Language, ct),
        "daily" => await OpenAsync(ChecklistKind.Daily, context, ct),
        "weekly" => await OpenAsync(ChecklistKind.Weekly, context, ct),
        "monthly" => await OpenAsync(ChecklistKind.Monthly, context, ct),
        "export" => await ExportAsync(context, ct),
        "undo" => await UndoAsync(context, ct),
        var other => Reply.Refused(CommandWords.Unknown(CommandTexts.Typed(context.Arguments[0]), Nearest.To(other, Words)), context.Language),
    };

    private async Task<Reply> OpenAsync(ChecklistKind kind, CommandContext context, CancellationToken ct)
    {
        if (await RefusalAsync(context, ct) is { } refusal) return refusal;
        var place = channels.Value.ForReports is { Length: > 0 } reports ? reports : context.ChannelId;
        if (place.Length == 0) return Reply.Refused(ChecklistTexts.NoChannel, context.Language);
        var (list, isNew) = await opening.OpenAsync(ChecklistPeriod.Of(kind, calendar.Day(context.AskedAt)), context.Person.UserId, place, ct);
        var said = isNew ? CommandWords.Opened(list.Id) : CommandWords.Known(list.Id);
        var line = Mrkdwn.Of($":shield: {said.In(context.Language)} {Mrkdwn.Channel(list.PostChannel)}");
        return Reply.ToPerson(new() { Text = line.ToString(), Blocks = [new SectionBlock { Text = line }] }) with { Detail = said.En };
    }

    private async Task<Reply> ExportAsync(CommandContext context, CancellationToken ct)
    {
        if (ItemValue.List(context.Name(1)) is not { } id || context.Arguments.Length > 3) return Reply.Refused(ExportTexts.WhichList, context.Language);
        return context.Name(2) is "" or "csv" or "md"
            ? await export.RunAsync(id, context.Name(2), context, ct)
            : Reply.Refused(ExportTexts.WhichFormat, context.Language);
    }

    private async Task<Reply> UndoAsync(CommandContext context, CancellationToken ct)
    {
        if (await RefusalAsync(context, ct) is { } refusal) return refusal;
        return context.Arguments.Length == 3 && ItemValue.Read($"{context.Name(1)} {context.Name(2)}") is { } item
            ? await undo.RunAsync(item.List, item.Item, context, ct)
            : Reply.Refused(CommandWords.WhichItem, context.Language);
    }

    // Reading is for all; who opens a list or takes a tick back works on it.
    private async Task<Reply?> RefusalAsync(CommandContext context, CancellationToken ct) => await roles.AskAsync(context.Person.UserId, ItemValue.Workers, ct) switch
    {
        Permission.Granted => null,
        Permission.Unclear => Reply.Refused(CommandTexts.RoleUnclear(ItemValue.Workers, roles.UnclearErrorId), context.Language),
        _ => Reply.Refused(CommandTexts.NotAllowed(ItemValue.Workers, roles.NobodyHas(ItemValue.Workers)), context.Language),
    };

    private async Task<Reply> ShowAsync(SpokenLanguage language, CancellationToken ct)
    {
        var (open, signed) = (await book.OpenAsync(ct), await book.SignedAsync(5, ct));
        List<Mrkdwn> lines = [Mrkdwn.Of($"*{ChecklistTexts.OpenTitle.In(language)}*")];
        lines.AddRange(open.Select(o => Mrkdwn.Of($"{o.List.Id.ToString(CultureInfo.InvariantCulture)}. {ChecklistTexts.Title(o.List.Kind, o.List.Period).In(language)} · {ChecklistMessage.State(o, language)}")));
        if (open.Count == 0) lines.Add(Mrkdwn.Of($"{ChecklistTexts.NothingOpen.In(language)}"));
        if (signed.Count > 0) lines.Add(Mrkdwn.Of($"*{ChecklistTexts.SignedTitle.In(language)}*"));
        lines.AddRange(signed.Select(s => Mrkdwn.Of(
            $"{s.Id.ToString(CultureInfo.InvariantCulture)}. {ChecklistTexts.Title(s.Kind, s.Period).In(language)} · {Mrkdwn.User(s.SignedBy!)} {EvidenceTexts.Stamp(s.SignedAt!.Value, calendar.Zone)}")));
        return Reply.ToPerson(new() { Text = ChecklistTexts.OpenTitle.In(language), Blocks = [new SectionBlock { Text = Mrkdwn.Join("\n", lines) }] });
    }
}
