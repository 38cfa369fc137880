using FestivalOps.Commands.Audit;
using FestivalOps.Commands.Forms;

namespace FestivalOps.Commands.Queue;

/// <summary>
/// Where Slack's requests come in. All handlers only put the work on the queue, so that Slack gets its acknowledgement within
/// milliseconds (its limit is 3 seconds) whatever the work needs.
/// </summary>
internal sealed class WorkDesk(WorkQueue queue, AuditClerk audit, CommandBook book, TimeProvider time) :
    ISlashCommandHandler,
    IBlockActionHandler<ButtonAction>,
    IBlockActionHandler<StaticSelectAction>,
    IBlockActionHandler<OverflowAction>,
    IViewSubmissionHandler
{
    /// <inheritdoc/>
    public Task<SlashCommandResponse?> Handle(SlashCommand command) =>
        Task.FromResult(Accepts(New(command.UserId, command.ChannelId, command.Text, command.ResponseUrl, null)) ? null : Busy());

    /// <inheritdoc/>
    public Task Handle(ButtonAction action, BlockActionRequest request) => Pressed(action, action.Value, request);

    /// <inheritdoc/>
    public Task Handle(StaticSelectAction action, BlockActionRequest request) => Pressed(action, action.SelectedOption?.Value, request);

    /// <inheritdoc/>
    public Task Handle(OverflowAction action, BlockActionRequest request) => Pressed(action, action.SelectedOption?.Value, request);

    /// <inheritdoc/>
    public Task<ViewSubmissionResponse> Handle(ViewSubmission viewSubmission)
    {
        var (form, channel, language) = FormReading.Read(viewSubmission.View);
        if (book.Form(form.Name)?.Complaint(form, time.GetUtcNow()) is { } wrong) return Task.FromResult(FormReading.StillOpen(wrong.Block, wrong.Why.In(language)));
        var item = New(viewSubmission.User?.Id, channel, form.Name, "", null) with { Form = form };
        // A form that is refused stays open, with what was typed in it.
        return Task.FromResult(Accepts(item) ? ViewSubmissionResponse.Null : FormReading.StillOpen(viewSubmission.View, CommandTexts.BusyLine));
    }

    /// <inheritdoc/>
    public Task HandleClose(ViewClosed viewClosed) => Task.CompletedTask;

    private Task Pressed(BlockAction action, string? value, BlockActionRequest request)
    {
        var button = ActionMenu.Button(action.ActionId ?? "", value ?? "", request.Container?.MessageTs ?? "");
        var channel = request.Channel?.Id ?? request.Container?.ChannelId;
        var item = New(request.User?.Id, channel, button.ActionId, request.ResponseUrl, button) with { TriggerId = request.TriggerId ?? "" };
        return Accepts(item) ? Task.CompletedTask : throw new QueueFullException();
    }

    private WorkItem New(string? userId, string? channelId, string? text, string? responseUrl, PressedButton? button)
    {
        var now = time.GetUtcNow();
        return new(Guid.CreateVersion7(now).ToString("N"), now, userId ?? "", channelId ?? "", text ?? "", responseUrl ?? "", button);
    }

    // Room first: a row without its work would be a promise to nobody.
    private bool Accepts(WorkItem item) => queue.HasRoom && queue.TryAccept(item with { Received = audit.Receive(item) });

    private static SlashCommandResponse Busy() => new() { Message = CommandTexts.Busy };
}

/// <summary>The queue is full or the bot is stopping. The Slack layer tells the person that it failed, with an error id.</summary>
internal sealed class QueueFullException() : Exception("The queue of accepted work is full or closed.");
