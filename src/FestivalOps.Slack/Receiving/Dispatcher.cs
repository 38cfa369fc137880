using FestivalOps.Slack.Beyond;
using FestivalOps.Slack.Events;
using FestivalOps.Slack.Interaction;
using FestivalOps.Slack.Sending;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FestivalOps.Slack.Receiving;

/// <summary>
/// Calls the handlers, each request once, whichever way it came. A handler that takes longer than Slack waits is acknowledged meanwhile,
/// and its answer follows through the <c>response_url</c>; one that throws is answered with a sentence and an error id.
/// </summary>
internal sealed partial class Dispatcher(
    IServiceScopeFactory scopes, SlackSettings settings, ReplayMemory seen, SlackAddresses addresses, ISlackApiClient client,
    AcceptedWork work, TimeProvider time, ILogger<Dispatcher> logger)
{
    /// <summary>Slack waits 3 s for the acknowledgement; this leaves half a second for the way.</summary>
    internal static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(2.5);

    private readonly PayloadReader _payloads = new(addresses, logger);

    /// <exception cref="FormatException">The command is malformed.</exception>
    public Task<Reply> Command(SlashCommand command)
    {
        command.ResponseUrl = _payloads.Usable(command.ResponseUrl) ?? "";
        if (!seen.IsFirst('t', command.TriggerId))
            return Repeated("command");
        if (!settings.Handlers.SlashCommands.TryGetValue(command.Command, out var get))
        {
            Log.NotRegistered(logger, "slash command", LogName.Of(command.Command));
            return Task.FromResult(Reply.Message(SpokenTexts.Ephemeral(SpokenTexts.NoSuchCommand(command.Command))));
        }
        return Answer(HandleCommand(get, command), CommandReply, response => Deliver(command, response), CommandError);

        Reply CommandReply(SlashCommandResponse? response) => response?.Message is null
            ? Reply.Empty
            : Reply.Message(response) with { ByResponseUrl = token => client.Respond(command, response, token) };

        Reply CommandError(string errorId) => Reply.Message(SpokenTexts.Ephemeral(SpokenTexts.Failed(errorId)));
    }

    /// <exception cref="FormatException">The payload is malformed.</exception>
    public Task<Reply> Interaction(JsonElement payload)
    {
        var type = RawJson.Text(payload, "type");
        if (!seen.IsFirst('t', RawJson.Text(payload, "trigger_id")))
            return Repeated(type);
        switch (type)
        {
            case "block_actions":
                var actions = _payloads.Read<BlockActionRequest>(payload);
                return Answer(Guarded("block action", actions, scope => new BlockActionCalls(settings.Handlers, logger).Run(scope, actions)));
            case "view_submission":
                return ViewSubmitted(_payloads.Read<ViewSubmission>(payload));
            case "view_closed":
                return ViewClosed(_payloads.Read<ViewClosed>(payload));
            case "shortcut":
                var shortcut = _payloads.Read<GlobalShortcut>(payload);
                return Shortcut(shortcut, shortcut.CallbackId, settings.Handlers.GlobalShortcuts, (handler, _) => handler.Handle(shortcut));
            case "message_action":
                var message = _payloads.Read<MessageShortcut>(payload);
                return Shortcut(message, message.CallbackId, settings.Handlers.MessageShortcuts, (handler, _) => handler.Handle(message));
            case "block_suggestion":
                return Options(_payloads.Read<BlockOptionsRequest>(payload));
            default:
                Log.UnknownType(logger, LogName.Of(type));
                return Task.FromResult(Reply.Empty);
        }
    }

    /// <exception cref="FormatException">The payload is malformed.</exception>
    public Task<Reply> Event(JsonElement payload)
    {
        var type = RawJson.Text(payload, "type");
        if (type != "event_callback")
        {
            if (type == "app_rate_limited")
                Log.EventsLimited(logger);
            else
                Log.UnknownType(logger, LogName.Of(type));
            return Task.FromResult(Reply.Empty);
        }
        var callback = _payloads.Read<EventCallback>(payload);
        if (!seen.IsFirst('e', callback.EventId))
            return Repeated("event_callback");
        var handlers = settings.Handlers.Events.Where(entry => entry.Matches(callback.Event)).ToList();
        if (handlers.Count == 0)
        {
            Log.NotRegistered(logger, "event", LogName.Of(callback.Event.Type));
            return Task.FromResult(Reply.Empty);
        }
        // Side by side and apart: one handler that fails or hangs takes nothing from the others.
        return Answer(Task.WhenAll(handlers.Select(entry => Guarded("event", null, scope => entry.Handle(scope, callback)))));
    }

    private Task<Reply> ViewSubmitted(ViewSubmission submission)
    {
        foreach (var url in submission.ResponseUrls)
            url.ResponseUrl = _payloads.Usable(url.ResponseUrl);
        if (!settings.Handlers.ViewSubmissions.TryGetValue(submission.View.CallbackId ?? "", out var get))
        {
            Log.NotRegistered(logger, "view", LogName.Of(submission.View.CallbackId));
            return Task.FromResult(Reply.Empty);
        }
        return Answer(HandleView(get, submission), Reply.View, Late, errorId => Reply.View(SpokenTexts.FailedView(submission.View, errorId)));

        Task Late(ViewSubmissionResponse response)
        {
            // The view is closed by now; there is nothing left to show the answer in.
            if (response.ResponseAction is not null)
                Log.TooLateForView(logger, LogName.Of(submission.View.CallbackId));
            return Task.CompletedTask;
        }
    }

    private Task<Reply> ViewClosed(ViewClosed closed)
    {
        if (settings.Handlers.ViewSubmissions.TryGetValue(closed.View.CallbackId ?? "", out var get))
            return Answer(Guarded("view", null, scope => get(scope).HandleClose(closed)));
        Log.NotRegistered(logger, "view", LogName.Of(closed.View.CallbackId));
        return Task.FromResult(Reply.Empty);
    }

    private Task<Reply> Shortcut<THandler>(
        InteractionRequest request, string callbackId, List<(string? CallbackId, Func<IServiceProvider, THandler> Get)> handlers, Func<THandler, IServiceProvider, Task> call)
    {
        var matching = handlers.Where(entry => entry.CallbackId is null || entry.CallbackId == callbackId).ToList();
        if (matching.Count == 0)
            Log.NotRegistered(logger, "shortcut", LogName.Of(callbackId));
        return matching.Count == 0
            ? Task.FromResult(Reply.Empty)
            : Answer(Guarded("shortcut", request, async scope =>
            {
                foreach (var (_, get) in matching)
                    await call(get(scope), scope).ConfigureAwait(false);
            }));
    }

    private Task<Reply> Options(BlockOptionsRequest request)
    {
        if (settings.Handlers.BlockOptions.TryGetValue(request.ActionId, out var get))
            return Answer(HandleOptions(get, request), Reply.Options, _ => Task.CompletedTask, _ => Reply.Options(new BlockOptionsResponse { Options = [] }));
        Log.NotRegistered(logger, "option provider", LogName.Of(request.ActionId));
        return Task.FromResult(Reply.Options(new BlockOptionsResponse { Options = [] }));
    }

    private async Task<SlashCommandResponse?> HandleCommand(Func<IServiceProvider, ISlashCommandHandler> get, SlashCommand command)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            return await get(scope.ServiceProvider).Handle(command).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            return SpokenTexts.Ephemeral(SpokenTexts.Failed(Failed(failure, "slash command")));
        }
    }

    private async Task<ViewSubmissionResponse> HandleView(Func<IServiceProvider, IViewSubmissionHandler> get, ViewSubmission submission)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            return await get(scope.ServiceProvider).Handle(submission).ConfigureAwait(false) ?? ViewSubmissionResponse.Null;
        }
        catch (Exception failure)
        {
            return SpokenTexts.FailedView(submission.View, Failed(failure, "view"));
        }
    }

    private async Task<BlockOptionsResponse> HandleOptions(Func<IServiceProvider, IBlockOptionProvider> get, BlockOptionsRequest request)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            return await get(scope.ServiceProvider).GetOptions(request).ConfigureAwait(false) ?? new BlockOptionsResponse { Options = [] };
        }
        catch (Exception failure)
        {
            Failed(failure, "option provider");
            return new BlockOptionsResponse { Options = [] };
        }
    }

    private async Task<bool> Guarded(string kind, InteractionRequest? request, Func<IServiceProvider, Task> handle)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await handle(scope.ServiceProvider).ConfigureAwait(false);
            return true;
        }
        catch (Exception failure)
        {
            var errorId = Failed(failure, kind);
            if (request is not null)
                await Tell(request, SpokenTexts.Failed(errorId)).ConfigureAwait(false);
            return false;
        }
    }

    private Task<Reply> Answer<T>(Task<T> handling) => Answer(handling, _ => Reply.Empty, _ => Task.CompletedTask, _ => Reply.Empty);

    private async Task<Reply> Answer<T>(Task<T> handling, Func<T, Reply> inTime, Func<T, Task> late, Func<string, Reply> broken)
    {
        if (!handling.IsCompleted)
        {
            try
            {
                await handling.WaitAsync(AnswerTime, time).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                work.Track(Late());
                return Reply.Empty;
            }
        }
        try
        {
            return inTime(await handling.ConfigureAwait(false));
        }
        catch (Exception failure) when (failure is ArgumentException or InvalidOperationException)
        {
            // An answer that breaks a rule of Slack's, such as the same action_id twice.
            return broken(Failed(failure, "answer"));
        }

        async Task Late()
        {
            try
            {
                await late(await handling.ConfigureAwait(false)).ConfigureAwait(false);
            }
            catch (Exception failure)
            {
                Failed(failure, "late answer");
            }
        }
    }

    private Task Deliver(SlashCommand command, SlashCommandResponse? response) =>
        response?.Message is null ? Task.CompletedTask : client.Respond(command, response, CancellationToken.None);

    private async Task Tell(InteractionRequest request, string text)
    {
        try
        {
            if (!string.IsNullOrEmpty(request.ResponseUrl))
                await client.Respond(request, new MessageResponse { Message = new() { Text = text } }, CancellationToken.None).ConfigureAwait(false);
            else if (request.User.Id.Length > 0)
                await client.Chat.PostMessage(new() { Channel = request.User.Id, Text = text }, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            Failed(failure, "telling a person of an error");
        }
    }

    private Task<Reply> Repeated(string? type)
    {
        Log.Repeated(logger, LogName.Of(type));
        return Task.FromResult(Reply.Empty);
    }

    private string Failed(Exception failure, string kind)
    {
        var errorId = ErrorId.New();
        Log.HandlerFailed(logger, kind, errorId, SlackRedaction.Redact(failure.ToString()));
        return errorId;
    }

    private static partial class Log
    {
        [LoggerMessage(30, LogLevel.Error, "A handler failed ({Kind}, {ErrorId}): {Failure}")]
        public static partial void HandlerFailed(ILogger logger, string kind, string errorId, string failure);

        [LoggerMessage(31, LogLevel.Warning, "Nothing is registered for the {Kind} {Name}; acknowledged")]
        public static partial void NotRegistered(ILogger logger, string kind, string name);

        [LoggerMessage(32, LogLevel.Warning, "Unknown payload type {Type}; acknowledged")]
        public static partial void UnknownType(ILogger logger, string type);

        [LoggerMessage(33, LogLevel.Information, "Slack sent a {Type} again; it is handled once")]
        public static partial void Repeated(ILogger logger, string type);

        [LoggerMessage(34, LogLevel.Warning, "Slack holds events back: more than 30,000 in an hour")]
        public static partial void EventsLimited(ILogger logger);

        [LoggerMessage(35, LogLevel.Warning, "The handler of view {CallbackId} took too long; its answer could not be shown")]
        public static partial void TooLateForView(ILogger logger, string callbackId);
    }
}
