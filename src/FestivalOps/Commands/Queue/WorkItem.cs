namespace FestivalOps.Commands.Queue;

/// <summary>A command or a button press that was acknowledged and waits to be done.</summary>
/// <param name="Id">Joins its audit rows; sorts by time.</param>
/// <param name="ReceivedAt">When it was acknowledged.</param>
/// <param name="UserId">Slack id of the person.</param>
/// <param name="ChannelId">Slack id of the channel; empty where there is none.</param>
/// <param name="Text">What was typed after <c>/fops</c>; for a button its action id.</param>
/// <param name="ResponseUrl">Where the answer goes. Never logged; see <see cref="ToString"/>.</param>
/// <param name="Button">The pressed button; null for a command.</param>
internal sealed record WorkItem(
    string Id, DateTimeOffset ReceivedAt, string UserId, string ChannelId, string Text, string ResponseUrl, PressedButton? Button)
{
    /// <summary>Slack's limit on the life of a <c>response_url</c>: 30 minutes; a minute is kept in hand.</summary>
    public static readonly TimeSpan AnswerableFor = TimeSpan.FromMinutes(29);

    /// <summary>
    /// Ends when the row that says that it was received is durable. It is asked for in the moment of acceptance, so that what still waits in
    /// the queue is not forgotten by a crash.
    /// </summary>
    public Task Received { get; init; } = Task.CompletedTask;

    /// <summary>The id alone: whatever logs the record must not log the response URL.</summary>
    public override string ToString() => Id;
}

/// <summary>A button that was pressed.</summary>
/// <param name="ActionId">Its <c>action_id</c>.</param>
/// <param name="Value">Its value.</param>
/// <param name="MessageTs">The message that held it; empty for an ephemeral one.</param>
internal sealed record PressedButton(string ActionId, string Value, string MessageTs);
