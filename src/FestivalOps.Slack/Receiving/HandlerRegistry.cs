using FestivalOps.Slack.Blocks;
using FestivalOps.Slack.Events;
using FestivalOps.Slack.Interaction;

namespace FestivalOps.Slack.Receiving;

/// <summary>Which handler is called for what. Filled at set-up, read only afterwards.</summary>
internal sealed class HandlerRegistry
{
    public Dictionary<string, Func<IServiceProvider, ISlashCommandHandler>> SlashCommands { get; } = new(StringComparer.OrdinalIgnoreCase);

    public Dictionary<string, Func<IServiceProvider, IBlockOptionProvider>> BlockOptions { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, Func<IServiceProvider, IViewSubmissionHandler>> ViewSubmissions { get; } = new(StringComparer.Ordinal);

    public List<(Func<BlockAction, bool> Matches, Func<IServiceProvider, BlockAction, BlockActionRequest, Task> Handle)> BlockActions { get; } = [];

    public List<(Func<Event, bool> Matches, Func<IServiceProvider, EventCallback, Task> Handle)> Events { get; } = [];

    public List<(string? CallbackId, Func<IServiceProvider, IGlobalShortcutHandler> Get)> GlobalShortcuts { get; } = [];

    public List<(string? CallbackId, Func<IServiceProvider, IMessageShortcutHandler> Get)> MessageShortcuts { get; } = [];

    public List<Func<IServiceProvider, IBlockActionHandler>> AllBlockActions { get; } = [];

    public void AddSlashCommand(string command, Func<IServiceProvider, ISlashCommandHandler> get)
    {
        if (command is not ['/', _, ..])
            throw new ArgumentException($"'{command}' is not a slash command: it must start with '/'.", nameof(command));
        Add(SlashCommands, command, get, "slash command");
    }

    public void AddBlockOptions(string actionId, Func<IServiceProvider, IBlockOptionProvider> get) => Add(BlockOptions, actionId, get, "option provider");

    public void AddViewSubmission(string callbackId, Func<IServiceProvider, IViewSubmissionHandler> get) => Add(ViewSubmissions, callbackId, get, "view");

    public void AddGlobalShortcut(string? callbackId, Func<IServiceProvider, IGlobalShortcutHandler> get) => GlobalShortcuts.Add((callbackId, get));

    public void AddMessageShortcut(string? callbackId, Func<IServiceProvider, IMessageShortcutHandler> get) => MessageShortcuts.Add((callbackId, get));

    public void AddBlockAction(Func<IServiceProvider, IBlockActionHandler> get) => AllBlockActions.Add(get);

    public void AddBlockAction<TAction>(string? actionId, Func<IServiceProvider, IBlockActionHandler<TAction>> get) where TAction : BlockAction =>
        BlockActions.Add((
            action => action is TAction && (actionId is null || action.ActionId == actionId),
            (services, action, request) => get(services).Handle((TAction)action, request)));

    public void AddEvent(Func<IServiceProvider, IEventHandler> get) => Events.Add((_ => true, (services, callback) => get(services).Handle(callback)));

    public void AddEvent<TEvent>(Func<IServiceProvider, IEventHandler<TEvent>> get) where TEvent : Event =>
        Events.Add((happened => happened is TEvent, (services, callback) => get(services).Handle((TEvent)callback.Event)));

    private static void Add<T>(Dictionary<string, T> handlers, string key, T handler, string kind)
    {
        if (!handlers.TryAdd(key, handler))
            throw new ArgumentException($"The {kind} '{key}' has a handler already.", nameof(key));
    }
}
