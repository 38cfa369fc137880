using FestivalOps.Commands.Audit;

namespace FestivalOps.Commands.Queue;

/// <summary>
/// Where Slack's requests come in. Both handlers only put the work on the queue, so that Slack gets its acknowledgement within
/// milliseconds (its limit is 3 seconds) whatever the work needs.
/// </summary>
internal sealed class WorkDesk(WorkQueue queue, AuditClerk audit, TimeProvider time) : ISlashCommandHandler, IBlockActionHandler<ButtonAction>
{
    /// <inheritdoc/>
    public Task<SlashCommandResponse?> Handle(SlashCommand command) =>
        Task.FromResult(Accepts(command.UserId, command.ChannelId, command.Text, command.ResponseUrl, null) ? null : Busy());

    /// <inheritdoc/>
    public Task Handle(ButtonAction action, BlockActionRequest request)
    {
        var button = new PressedButton(action.ActionId ?? "", action.Value ?? "", request.Container?.MessageTs ?? "");
        var channel = request.Channel?.Id ?? request.Container?.ChannelId;
        return Accepts(request.User?.Id, channel, button.ActionId, request.ResponseUrl, button) ? Task.CompletedTask : throw new QueueFullException();
    }

    private bool Accepts(string? userId, string? channelId, string? text, string? responseUrl, PressedButton? button)
    {
        // Room first: a row without its work would be a promise to nobody.
        if (!queue.HasRoom) return false;
        var now = time.GetUtcNow();
        var item = new WorkItem(Guid.CreateVersion7(now).ToString("N"), now, userId ?? "", channelId ?? "", text ?? "", responseUrl ?? "", button);
        return queue.TryAccept(item with { Received = audit.Receive(item) });
    }

    private static SlashCommandResponse Busy() => new() { Message = CommandTexts.Busy };
}

/// <summary>The queue is full or the bot is stopping. The Slack layer tells the person that it failed, with an error id.</summary>
internal sealed class QueueFullException() : Exception("The queue of accepted work is full or closed.");
