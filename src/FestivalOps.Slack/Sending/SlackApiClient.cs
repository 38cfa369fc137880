using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using FestivalOps.Slack.Beyond;
using FestivalOps.Slack.Receiving;
using FestivalOps.Slack.WebApi;
using Microsoft.Extensions.Logging;

namespace FestivalOps.Slack.Sending;

/// <summary>What all clients share, whatever their token.</summary>
internal sealed record SendingParts(SlackTransport Transport, SlackAddresses Addresses, PostingLanes Lanes, UpdateMerging Updates, ILogger<SendingParts> Logger);

internal sealed class SlackApiClient : ISlackApiClient, ISlackRepeats
{
    private readonly SendingParts _parts;
    private readonly string? _token;
    private readonly bool _repeats;
    private readonly ResponseUrlSender _responses;

    public SlackApiClient(SendingParts parts, string? token, bool repeats = true)
    {
        _repeats = repeats;
        SlackSettings.CheckToken(token, "token");
        (_parts, _token, _responses) = (parts, token, new ResponseUrlSender(parts));
        Chat = new ChatApi(this, parts);
        Files = new FilesApi(this, parts);
        Conversations = new ConversationsApi(this);
        Views = new ViewsApi(this);
        Auth = new AuthApi(this);
        Users = new UsersApi(this);
        UserGroups = new UserGroupsApi(this);
        UserGroupUsers = new UserGroupUsersApi(this);
        Reactions = new ReactionsApi(this);
        Pins = new PinsApi(this);
        Bookmarks = new BookmarksApi(this);
        Canvases = new CanvasesApi(this);
        ScheduledMessages = new ScheduledMessagesApi(this);
        Bots = new BotsApi(this);
        Team = new TeamApi(this);
        AppsConnectionsApi = new AppsConnectionsApi(this);
        OAuthV2 = new OAuthV2Api(this);
    }

    public IAuthApi Auth { get; }

    public IChatApi Chat { get; }

    public IConversationsApi Conversations { get; }

    public IUsersApi Users { get; }

    public IUserGroupsApi UserGroups { get; }

    public IUserGroupUsersApi UserGroupUsers { get; }

    public IViewsApi Views { get; }

    public IFilesApi Files { get; }

    public IReactionsApi Reactions { get; }

    public IPinsApi Pins { get; }

    public IBookmarksApi Bookmarks { get; }

    public ICanvasesApi Canvases { get; }

    public IScheduledMessagesApi ScheduledMessages { get; }

    public IBotsApi Bots { get; }

    public ITeamApi Team { get; }

    public IAppsConnectionsApi AppsConnectionsApi { get; }

    public IOAuthV2Api OAuthV2 { get; }

    /// <summary>Tells one token's lanes and limits from another's without keeping the token in a key that may be shown.</summary>
    public string TokenKey => (_token?.GetHashCode(StringComparison.Ordinal) ?? 0).ToString("x8", System.Globalization.CultureInfo.InvariantCulture);

    public Task Get(string apiMethod, Dictionary<string, object?> args, CancellationToken cancellationToken = default) =>
        Call(apiMethod, Arguments.From(args), Repeat.Harmless, cancellationToken);

    public async Task<T> Get<T>(string apiMethod, Dictionary<string, object?> args, CancellationToken cancellationToken = default) where T : class =>
        Convert<T>(await Call(apiMethod, Arguments.From(args), Repeat.Harmless, cancellationToken).ConfigureAwait(false));

    public Task Post(string apiMethod, Dictionary<string, object?> args, CancellationToken cancellationToken = default) =>
        Call(apiMethod, Arguments.From(args), Repeat.Never, cancellationToken);

    public async Task<T> Post<T>(string apiMethod, Dictionary<string, object?> args, CancellationToken cancellationToken = default) where T : class =>
        Convert<T>(await Call(apiMethod, Arguments.From(args), Repeat.Never, cancellationToken).ConfigureAwait(false));

    public Task Respond(string responseUrl, IReadOnlyMessage message, CancellationToken cancellationToken = default) =>
        _responses.Respond(responseUrl, message, cancellationToken);

    public Task PostToWebhook(string url, Message message, CancellationToken cancellationToken = default) =>
        _responses.PostToWebhook(url, message, cancellationToken);

    public ISlackApiClient WithAccessToken(string accessToken) => new SlackApiClient(_parts, accessToken, _repeats);

    public ISlackApiClient WithoutRepeats() => new SlackApiClient(_parts, _token, repeats: false);

    /// <summary>Calls a method; with <paramref name="scope"/>, a 429 concerns only that channel.</summary>
    public Task<JsonElement> Call(string method, Arguments arguments, Repeat repeat, CancellationToken cancellationToken, string? scope = null)
    {
        if (!IsMethod(method))
            throw new ArgumentException($"'{method}' is not the name of a Web API method.", nameof(method));
        if (string.IsNullOrEmpty(_token) && method != "oauth.v2.access")
            throw new InvalidOperationException($"{method} needs a token; give one with UseApiToken or WithAccessToken.");
        return _parts.Transport.Send(method, $"{TokenKey} {method} {scope}", _repeats ? repeat : Repeat.ByCaller, Request, Attempt.FromApi, cancellationToken);

        HttpRequestMessage Request()
        {
            var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_parts.Addresses.ApiBase, method)) { Content = arguments.ToContent() };
            if (!string.IsNullOrEmpty(_token))
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
            return request;
        }
    }

    public async Task<T> Call<T>(string method, Arguments arguments, Repeat repeat, CancellationToken cancellationToken, string? property = null, string? scope = null)
        where T : class
    {
        var answer = await Call(method, arguments, repeat, cancellationToken, scope).ConfigureAwait(false);
        if (property is null)
            return Convert<T>(answer);
        return answer.TryGetProperty(property, out var part) && part.ValueKind != JsonValueKind.Null ? Convert<T>(part) : throw Incomplete(method, property);
    }

    public async Task<string> CallForText(string method, Arguments arguments, Repeat repeat, CancellationToken cancellationToken, params string[] path)
    {
        var answer = await Call(method, arguments, repeat, cancellationToken).ConfigureAwait(false);
        foreach (var step in path)
            if (answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty(step, out answer))
                return "";
        return answer.ValueKind == JsonValueKind.String ? answer.GetString()! : "";
    }

    /// <summary>Calls a method for which some refusals say that things are as wanted already.</summary>
    public async Task CallUntil(string method, Arguments arguments, CancellationToken cancellationToken, params string[] fine)
    {
        try
        {
            await Call(method, arguments, Repeat.Harmless, cancellationToken).ConfigureAwait(false);
        }
        catch (SlackException refusal) when (fine.Contains(refusal.ErrorCode))
        {
            // Also what the repeat of a try with unknown outcome answers.
        }
    }

    private static T Convert<T>(JsonElement answer) where T : class
    {
        if (typeof(T) == typeof(JsonNode) || typeof(T) == typeof(JsonObject))
            return (T)(object)JsonObject.Create(answer)!;
        try
        {
            return SlackJson.Read<T>(answer)!;
        }
        catch (JsonException cause)
        {
            throw new SlackException(new ErrorResponse { Error = "unreadable_answer", Messages = { cause.Path ?? "" } });
        }
    }

    private static SlackException Incomplete(string method, string property) =>
        new(new ErrorResponse { Error = "unreadable_answer", Messages = { $"{method} answered without '{property}'" } });

    private static bool IsMethod(string method) =>
        method is { Length: > 0 and <= 100 } && method.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_');
}
