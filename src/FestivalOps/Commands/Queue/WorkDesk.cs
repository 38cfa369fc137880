using FestivalOps.Commands.Audit;
using FestivalOps.Commands.Forms;

namespace FestivalOps.Commands.Queue;

/// <summary>
/// Where Slack's requests come in. All handlers only put the work on the queue, so that Slack gets its acknowledgement within
/// milliseconds (its limit is 3 seconds) whatever the work needs. They wait for the row that says so, up to <see cref="RowPatience"/>: what was
/// acknowledged is known to the next start, however this process ends. A store that takes longer delays no acknowledgement beyond that, and in
/// a crowd (<see cref="Burst.IsCrowd"/>, 200 a second) commands that only read don't wait: keeping all senders within Slack's limit goes first.
/// </summary>
internal sealed class WorkDesk(WorkQueue queue, Burst burst, AuditClerk audit, CommandBook book, TimeProvider time) :
    ISlashCommandHandler,
    IBlockActionHandler<ButtonAction>,
    IBlockActionHandler<StaticSelectAction>,
    IBlockActionHandler<OverflowAction>,
    IViewSubmissionHandler
{
    /// <summary>How long an acknowledgement waits for its row: 300 milliseconds.</summary>
    public static readonly TimeSpan RowPatience = TimeSpan.FromMilliseconds(300);

    /// <inheritdoc/>
    public async Task<SlashCommandResponse?> Handle(SlashCommand command) =>
        await AcceptsAsync(New(command.UserId, command.ChannelId, command.Text, command.ResponseUrl, null)) ? null : Busy();

    /// <inheritdoc/>
    public Task Handle(ButtonAction action, BlockActionRequest request) => Pressed(action, action.Value, request);

    /// <inheritdoc/>
    public Task Handle(StaticSelectAction action, BlockActionRequest request) => Pressed(action, action.SelectedOption?.Value, request);

    /// <inheritdoc/>
    public Task Handle(OverflowAction action, BlockActionRequest request) => Pressed(action, action.SelectedOption?.Value, request);

    /// <inheritdoc/>
    public async Task<ViewSubmissionResponse> Handle(ViewSubmission viewSubmission)
    {
        var (form, channel, language) = FormReading.Read(viewSubmission.View);
        if (book.Form(form.Name)?.Complaint(form, time.GetUtcNow()) is { } wrong) return FormReading.StillOpen(wrong.Block, wrong.Why.In(language));
        var item = New(viewSubmission.User?.Id, channel, form.Name, "", null) with { Form = form };
        // A form that is refused stays open, with what was typed in it.
        return await AcceptsAsync(item) ? ViewSubmissionResponse.Null : FormReading.StillOpen(viewSubmission.View, CommandTexts.BusyLine);
    }

    /// <inheritdoc/>
    public Task HandleClose(ViewClosed viewClosed) => Task.CompletedTask;

    private async Task Pressed(BlockAction action, string? value, BlockActionRequest request)
    {
        var button = ActionMenu.Button(action.ActionId ?? "", value ?? "", request.Container?.MessageTs ?? "");
        var channel = request.Channel?.Id ?? request.Container?.ChannelId;
        var item = New(request.User?.Id, channel, button.ActionId, request.ResponseUrl, button) with { TriggerId = request.TriggerId ?? "" };
        if (!await AcceptsAsync(item)) throw new QueueFullException();
    }

    private WorkItem New(string? userId, string? channelId, string? text, string? responseUrl, PressedButton? button)
    {
        var now = time.GetUtcNow();
        return new(Guid.CreateVersion7(now).ToString("N"), now, userId ?? "", channelId ?? "", text ?? "", responseUrl ?? "", button);
    }

    private async Task<bool> AcceptsAsync(WorkItem item)
    {
        // Room first: a row without its work would be a promise to nobody.
        if (!queue.HasRoom) return false;
        var received = audit.Receive(item);
        if (!queue.TryAccept(item with { Received = received })) return false;
        if (burst.IsCrowd && item is { Button: null, Form: null } && book.Find(item.Line) is not { Changes: true }) return true;
        // Whether the row came is the runner's to judge.
        await received.WaitAsync(RowPatience, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return true;
    }

    private static SlashCommandResponse Busy() => new() { Message = CommandTexts.Busy };
}

/// <summary>The queue is full or the bot is stopping. The Slack layer tells the person that it failed, with an error id.</summary>
internal sealed class QueueFullException() : Exception("The queue of accepted work is full or closed.");
