using System.Globalization;
using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Card;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Blocking.Simulation;
using FestivalOps.Commands;
using FestivalOps.Language;

namespace FestivalOps.Blocking.Blocks.Commands;

/// <summary><c>/fops blocks</c>: what is blocked, the newest first, and whether the firewalls agree.</summary>
internal sealed class BlocksCommand(BlockList list) : ICommand
{
    /// <inheritdoc/>
    public string Name => "blocks";

    /// <inheritdoc/>
    public LocalizedText Summary => BlockIpTexts.BlocksSummary;

    /// <inheritdoc/>
    public LocalizedText? Usage => BlockIpTexts.BlocksUsage;

    /// <inheritdoc/>
    public async Task<Reply> RunAsync(CommandContext context, CancellationToken ct)
    {
        var page = 1;
        return context.Name(0) is { Length: > 0 } typed && (!int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out page) || page is < 1 or > 100_000)
            ? Reply.Refused(BlockIpTexts.BadPage(CommandTexts.Typed(context.Arguments[0])), context.Language)
            : await list.PageAsync(page, context.Language, ct);
    }
}

/// <summary>"Blocks" on the card of the incident that counts attackers: the first page of the same list, with what can be done with each.</summary>
internal sealed class ShowBlocksAction(BlockList list) : IButtonAction, IIncidentButton
{
    /// <inheritdoc cref="IButtonAction.ActionId"/>
    public string ActionId => "block.list";

    /// <inheritdoc/>
    public LocalizedText Label => BlockIpTexts.ListButton;

    /// <inheritdoc/>
    public bool BelongsTo(Incident incident) => list.IsBlocking && incident is { Source: AlertSource.Bot, GroupKey: AttackBook.GroupKey };

    /// <inheritdoc/>
    public Task<Reply> RunAsync(CommandContext context, CancellationToken ct) => list.PageAsync(1, context.Language, ct);
}
