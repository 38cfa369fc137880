using FestivalOps.Slack.WebApi;

namespace FestivalOps.Slack;

/// <summary>Slack's Web API.</summary>
/// <remarks>
/// Posts are paced to about one a second and channel. 429 is waited for within a limit; other failures are repeated only when the method
/// is safe to repeat. Errors: <see cref="SlackException"/> (refused), <see cref="SlackRateLimitException"/> (still limited after
/// waiting), <see cref="Beyond.SlackUnclearException"/> (a write may or may not have happened),
/// <see cref="Beyond.SlackUnavailableException"/> (nothing happened; Slack could not be reached).
/// </remarks>
public interface ISlackApiClient
{
    /// <summary>Tokens.</summary>
    IAuthApi Auth { get; }

    /// <summary>Messages.</summary>
    IChatApi Chat { get; }

    /// <summary>Channels.</summary>
    IConversationsApi Conversations { get; }

    /// <summary>People.</summary>
    IUsersApi Users { get; }

    /// <summary>Groups of people.</summary>
    IUserGroupsApi UserGroups { get; }

    /// <summary>Members of groups.</summary>
    IUserGroupUsersApi UserGroupUsers { get; }

    /// <summary>Modals and home pages.</summary>
    IViewsApi Views { get; }

    /// <summary>Files.</summary>
    IFilesApi Files { get; }

    /// <summary>Reactions.</summary>
    IReactionsApi Reactions { get; }

    /// <summary>Pinned messages.</summary>
    IPinsApi Pins { get; }

    /// <summary>Links at the top of channels.</summary>
    IBookmarksApi Bookmarks { get; }

    /// <summary>Canvases.</summary>
    ICanvasesApi Canvases { get; }

    /// <summary>Messages to be posted later.</summary>
    IScheduledMessagesApi ScheduledMessages { get; }

    /// <summary>Bots.</summary>
    IBotsApi Bots { get; }

    /// <summary>Workspaces.</summary>
    ITeamApi Team { get; }

    /// <summary>Socket Mode.</summary>
    IAppsConnectionsApi AppsConnectionsApi { get; }

    /// <summary>Installing the app.</summary>
    IOAuthV2Api OAuthV2 { get; }

    /// <summary>Calls a reading method that has no own member. Sent as a form POST, so that no argument stands in a URL.</summary>
    /// <param name="apiMethod">For example <c>users.getPresence</c>.</param>
    /// <param name="args">Arguments; null values are left out.</param>
    /// <param name="cancellationToken">Stops waiting and sending.</param>
    Task Get(string apiMethod, Dictionary<string, object?> args, CancellationToken cancellationToken = default);

    /// <summary>Calls a reading method that has no own member.</summary>
    /// <typeparam name="T"><see cref="System.Text.Json.Nodes.JsonObject"/> or a response type of this library.</typeparam>
    /// <param name="apiMethod">For example <c>users.getPresence</c>.</param>
    /// <param name="args">Arguments; null values are left out.</param>
    /// <param name="cancellationToken">Stops waiting and sending.</param>
    /// <returns>Slack's answer.</returns>
    Task<T> Get<T>(string apiMethod, Dictionary<string, object?> args, CancellationToken cancellationToken = default) where T : class;

    /// <summary>Calls a writing method that has no own member.</summary>
    /// <param name="apiMethod">For example <c>reminders.add</c>.</param>
    /// <param name="args">Arguments; null values are left out.</param>
    /// <param name="cancellationToken">Stops waiting and sending.</param>
    Task Post(string apiMethod, Dictionary<string, object?> args, CancellationToken cancellationToken = default);

    /// <summary>Calls a writing method that has no own member.</summary>
    /// <typeparam name="T"><see cref="System.Text.Json.Nodes.JsonObject"/> or a response type of this library.</typeparam>
    /// <param name="apiMethod">For example <c>reminders.add</c>.</param>
    /// <param name="args">Arguments; null values are left out.</param>
    /// <param name="cancellationToken">Stops waiting and sending.</param>
    /// <returns>Slack's answer.</returns>
    Task<T> Post<T>(string apiMethod, Dictionary<string, object?> args, CancellationToken cancellationToken = default) where T : class;

    /// <summary>Sends a message to a <c>response_url</c>. The host must be one of the allowed ones; redirects are not followed.</summary>
    /// <param name="responseUrl">The address from a command or interaction.</param>
    /// <param name="message">The message; ephemeral unless it is a <see cref="Interaction.MessageUpdateResponse"/> that says otherwise.</param>
    /// <param name="cancellationToken">Stops waiting and sending.</param>
    /// <exception cref="SlackException"><c>expired_url</c>: the address is older than 30 minutes or was used 5 times.</exception>
    Task Respond(string responseUrl, IReadOnlyMessage message, CancellationToken cancellationToken = default);

    /// <summary>Posts to an incoming webhook; same rules for its address as for <see cref="Respond"/>.</summary>
    /// <param name="url">The webhook's address.</param>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Stops waiting and sending.</param>
    Task PostToWebhook(string url, Message message, CancellationToken cancellationToken = default);

    /// <summary>The same client with another token.</summary>
    /// <param name="accessToken">The token.</param>
    /// <returns>A client that shares connections and pacing with this one.</returns>
    ISlackApiClient WithAccessToken(string accessToken);
}
