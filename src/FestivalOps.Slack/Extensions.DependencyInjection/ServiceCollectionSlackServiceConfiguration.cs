using FestivalOps.Slack.Blocks;
using FestivalOps.Slack.Events;
using FestivalOps.Slack.Interaction;
using FestivalOps.Slack.Receiving;
using Microsoft.Extensions.DependencyInjection;

namespace FestivalOps.Slack.Extensions.DependencyInjection;

/// <summary>Registers tokens and handlers. A handler type is made by the container, in a scope per request.</summary>
/// <typeparam name="TConfig">The class that derives from this one.</typeparam>
public abstract class ServiceCollectionSlackServiceConfiguration<TConfig> where TConfig : ServiceCollectionSlackServiceConfiguration<TConfig>
{
    private protected ServiceCollectionSlackServiceConfiguration(SlackSettings settings) => Settings = settings;

    internal SlackSettings Settings { get; }

    internal HandlerRegistry Handlers => Settings.Handlers;

    /// <summary>The bot token (<c>xoxb-…</c>).</summary>
    /// <param name="token">The token.</param>
    public TConfig UseApiToken(string token) => Chain(() => Settings.ApiToken = token);

    /// <summary>The app-level token (<c>xapp-…</c>) for Socket Mode.</summary>
    /// <param name="token">The token.</param>
    public TConfig UseAppLevelToken(string token) => Chain(() => Settings.AppLevelToken = token);

    /// <summary>Handles a slash command.</summary>
    /// <typeparam name="THandler">Made by the container.</typeparam>
    /// <param name="command">The command with its slash.</param>
    public TConfig RegisterSlashCommandHandler<THandler>(string command) where THandler : class, ISlashCommandHandler =>
        RegisterSlashCommandHandler(command, Made<THandler>());

    /// <summary>Handles a slash command.</summary>
    /// <param name="command">The command with its slash.</param>
    /// <param name="handler">The handler.</param>
    public TConfig RegisterSlashCommandHandler(string command, ISlashCommandHandler handler) => RegisterSlashCommandHandler(command, _ => handler);

    /// <summary>Handles a slash command.</summary>
    /// <param name="command">The command with its slash.</param>
    /// <param name="getHandler">Makes the handler within the request's scope.</param>
    /// <exception cref="ArgumentException">No slash, or registered already.</exception>
    public TConfig RegisterSlashCommandHandler(string command, Func<IServiceProvider, ISlashCommandHandler> getHandler) =>
        Chain(() => Handlers.AddSlashCommand(command, getHandler));

    /// <summary>Handles every block action.</summary>
    /// <typeparam name="THandler">Made by the container.</typeparam>
    public TConfig RegisterBlockActionHandler<THandler>() where THandler : class, IBlockActionHandler =>
        RegisterBlockActionHandler(Made<THandler>());

    /// <summary>Handles every block action.</summary>
    /// <param name="handler">The handler.</param>
    public TConfig RegisterBlockActionHandler(IBlockActionHandler handler) => RegisterBlockActionHandler(_ => handler);

    /// <summary>Handles every block action.</summary>
    /// <param name="getHandler">Makes the handler within the request's scope.</param>
    public TConfig RegisterBlockActionHandler(Func<IServiceProvider, IBlockActionHandler> getHandler) =>
        Chain(() => Handlers.AddBlockAction(getHandler));

    /// <summary>Handles one kind of block action, whichever element sent it.</summary>
    /// <typeparam name="TAction">The kind.</typeparam>
    /// <typeparam name="THandler">Made by the container.</typeparam>
    public TConfig RegisterBlockActionHandler<TAction, THandler>() where TAction : BlockAction where THandler : class, IBlockActionHandler<TAction> =>
        Chain(() => Handlers.AddBlockAction<TAction>(null, Made<THandler>()));

    /// <summary>Handles the actions of one element.</summary>
    /// <typeparam name="TAction">The kind.</typeparam>
    /// <typeparam name="THandler">Made by the container.</typeparam>
    /// <param name="actionId">The element's <c>action_id</c>.</param>
    public TConfig RegisterBlockActionHandler<TAction, THandler>(string actionId)
        where TAction : BlockAction where THandler : class, IBlockActionHandler<TAction> =>
        RegisterBlockActionHandler(actionId, (Func<IServiceProvider, IBlockActionHandler<TAction>>)Made<THandler>());

    /// <summary>Handles the actions of one element.</summary>
    /// <typeparam name="TAction">The kind.</typeparam>
    /// <param name="actionId">The element's <c>action_id</c>.</param>
    /// <param name="handler">The handler.</param>
    public TConfig RegisterBlockActionHandler<TAction>(string actionId, IBlockActionHandler<TAction> handler) where TAction : BlockAction =>
        RegisterBlockActionHandler(actionId, _ => handler);

    /// <summary>Handles the actions of one element.</summary>
    /// <typeparam name="TAction">The kind.</typeparam>
    /// <param name="actionId">The element's <c>action_id</c>.</param>
    /// <param name="getHandler">Makes the handler within the request's scope.</param>
    public TConfig RegisterBlockActionHandler<TAction>(string actionId, Func<IServiceProvider, IBlockActionHandler<TAction>> getHandler)
        where TAction : BlockAction => Chain(() => Handlers.AddBlockAction(actionId, getHandler));

    /// <summary>Gives a menu its choices.</summary>
    /// <typeparam name="TProvider">Made by the container.</typeparam>
    /// <param name="actionId">The menu's <c>action_id</c>.</param>
    public TConfig RegisterBlockOptionProvider<TProvider>(string actionId) where TProvider : class, IBlockOptionProvider =>
        RegisterBlockOptionProvider(actionId, Made<TProvider>());

    /// <summary>Gives a menu its choices.</summary>
    /// <param name="actionId">The menu's <c>action_id</c>.</param>
    /// <param name="provider">The provider.</param>
    public TConfig RegisterBlockOptionProvider(string actionId, IBlockOptionProvider provider) => RegisterBlockOptionProvider(actionId, _ => provider);

    /// <summary>Gives a menu its choices.</summary>
    /// <param name="actionId">The menu's <c>action_id</c>.</param>
    /// <param name="getProvider">Makes the provider within the request's scope.</param>
    public TConfig RegisterBlockOptionProvider(string actionId, Func<IServiceProvider, IBlockOptionProvider> getProvider) =>
        Chain(() => Handlers.AddBlockOptions(actionId, getProvider));

    /// <summary>Handles a modal.</summary>
    /// <typeparam name="THandler">Made by the container.</typeparam>
    /// <param name="callbackId">The modal's <c>callback_id</c>.</param>
    public TConfig RegisterViewSubmissionHandler<THandler>(string callbackId) where THandler : class, IViewSubmissionHandler =>
        RegisterViewSubmissionHandler(callbackId, Made<THandler>());

    /// <summary>Handles a modal.</summary>
    /// <param name="callbackId">The modal's <c>callback_id</c>.</param>
    /// <param name="handler">The handler.</param>
    public TConfig RegisterViewSubmissionHandler(string callbackId, IViewSubmissionHandler handler) => RegisterViewSubmissionHandler(callbackId, _ => handler);

    /// <summary>Handles a modal.</summary>
    /// <param name="callbackId">The modal's <c>callback_id</c>.</param>
    /// <param name="getHandler">Makes the handler within the request's scope.</param>
    public TConfig RegisterViewSubmissionHandler(string callbackId, Func<IServiceProvider, IViewSubmissionHandler> getHandler) =>
        Chain(() => Handlers.AddViewSubmission(callbackId, getHandler));

    /// <summary>Handles a shortcut outside any message.</summary>
    /// <typeparam name="THandler">Made by the container.</typeparam>
    /// <param name="callbackId">The shortcut's id; null: every one.</param>
    public TConfig RegisterGlobalShortcutHandler<THandler>(string? callbackId = null) where THandler : class, IGlobalShortcutHandler =>
        Chain(() => Handlers.AddGlobalShortcut(callbackId, Made<THandler>()));

    /// <summary>Handles a shortcut outside any message.</summary>
    /// <param name="callbackId">The shortcut's id.</param>
    /// <param name="handler">The handler.</param>
    public TConfig RegisterGlobalShortcutHandler(string callbackId, IGlobalShortcutHandler handler) =>
        Chain(() => Handlers.AddGlobalShortcut(callbackId, _ => handler));

    /// <summary>Handles a shortcut on a message.</summary>
    /// <typeparam name="THandler">Made by the container.</typeparam>
    /// <param name="callbackId">The shortcut's id; null: every one.</param>
    public TConfig RegisterMessageShortcutHandler<THandler>(string? callbackId = null) where THandler : class, IMessageShortcutHandler =>
        Chain(() => Handlers.AddMessageShortcut(callbackId, Made<THandler>()));

    /// <summary>Handles a shortcut on a message.</summary>
    /// <param name="callbackId">The shortcut's id.</param>
    /// <param name="handler">The handler.</param>
    public TConfig RegisterMessageShortcutHandler(string callbackId, IMessageShortcutHandler handler) =>
        Chain(() => Handlers.AddMessageShortcut(callbackId, _ => handler));

    /// <summary>Handles every event.</summary>
    /// <typeparam name="THandler">Made by the container.</typeparam>
    public TConfig RegisterEventHandler<THandler>() where THandler : class, IEventHandler =>
        RegisterEventHandler(Made<THandler>());

    /// <summary>Handles every event.</summary>
    /// <param name="handler">The handler.</param>
    public TConfig RegisterEventHandler(IEventHandler handler) => RegisterEventHandler(_ => handler);

    /// <summary>Handles every event.</summary>
    /// <param name="getHandler">Makes the handler within the request's scope.</param>
    public TConfig RegisterEventHandler(Func<IServiceProvider, IEventHandler> getHandler) => Chain(() => Handlers.AddEvent(getHandler));

    /// <summary>Handles one kind of event.</summary>
    /// <typeparam name="TEvent">The kind.</typeparam>
    /// <typeparam name="THandler">Made by the container.</typeparam>
    public TConfig RegisterEventHandler<TEvent, THandler>() where TEvent : Event where THandler : class, IEventHandler<TEvent> =>
        RegisterEventHandler((Func<IServiceProvider, IEventHandler<TEvent>>)Made<THandler>());

    /// <summary>Handles one kind of event.</summary>
    /// <typeparam name="TEvent">The kind.</typeparam>
    /// <param name="handler">The handler.</param>
    public TConfig RegisterEventHandler<TEvent>(IEventHandler<TEvent> handler) where TEvent : Event => RegisterEventHandler(_ => handler);

    /// <summary>Handles one kind of event.</summary>
    /// <typeparam name="TEvent">The kind.</typeparam>
    /// <param name="getHandler">Makes the handler within the request's scope.</param>
    public TConfig RegisterEventHandler<TEvent>(Func<IServiceProvider, IEventHandler<TEvent>> getHandler) where TEvent : Event =>
        Chain(() => Handlers.AddEvent(getHandler));

    private Func<IServiceProvider, THandler> Made<THandler>() where THandler : class
    {
        Settings.HandlerTypes.Add(typeof(THandler));
        return services => services.GetRequiredService<THandler>();
    }

    private protected TConfig Chain(Action change)
    {
        change();
        return (TConfig)this;
    }
}
