using FestivalOps.Slack.Interaction;
using Microsoft.Extensions.Logging;

namespace FestivalOps.Slack.Receiving;

/// <summary>Calls what is registered for the actions of one request.</summary>
internal sealed partial class BlockActionCalls(HandlerRegistry handlers, ILogger logger)
{
    public async Task Run(IServiceProvider scope, BlockActionRequest request)
    {
        foreach (var get in handlers.AllBlockActions)
            await get(scope).Handle(request).ConfigureAwait(false);
        foreach (var action in request.Actions)
        {
            var handled = handlers.AllBlockActions.Count > 0;
            foreach (var (matches, handle) in handlers.BlockActions)
            {
                if (!matches(action))
                    continue;
                handled = true;
                await handle(scope, action, request).ConfigureAwait(false);
            }
            if (!handled)
                Log.NotRegistered(logger, LogName.Of(action.ActionId), LogName.Of(action.Type));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(40, LogLevel.Warning, "Nothing is registered for the block action {ActionId} ({Type}); acknowledged")]
        public static partial void NotRegistered(ILogger logger, string actionId, string type);
    }
}
