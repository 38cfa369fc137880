using FestivalOps.Slack.Interaction;

namespace FestivalOps.Slack;

/// <summary>Answers to requests.</summary>
public static class SlackApiClientExtensions
{
    /// <summary>Answers an interaction through its <c>response_url</c>.</summary>
    /// <param name="client">The client.</param>
    /// <param name="request">The interaction.</param>
    /// <param name="response">The answer.</param>
    /// <param name="cancellationToken">Stops waiting and sending.</param>
    public static Task Respond(
        this ISlackApiClient client, InteractionRequest request, MessageResponse response, CancellationToken cancellationToken = default) =>
        client.Respond(request.ResponseUrl ?? "", new MessageUpdateResponse(response), cancellationToken);

    /// <summary>Answers a slash command through its <c>response_url</c>.</summary>
    /// <param name="client">The client.</param>
    /// <param name="slashCommand">The command.</param>
    /// <param name="response">The answer.</param>
    /// <param name="cancellationToken">Stops waiting and sending.</param>
    public static Task Respond(
        this ISlackApiClient client, SlashCommand slashCommand, SlashCommandResponse response, CancellationToken cancellationToken = default) =>
        client.Respond(slashCommand.ResponseUrl, new SlashCommandMessageResponse(response), cancellationToken);
}
