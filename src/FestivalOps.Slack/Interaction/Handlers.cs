using FestivalOps.Slack.Blocks;

namespace FestivalOps.Slack.Interaction;

/// <summary>Handles a slash command.</summary>
public interface ISlashCommandHandler
{
    /// <summary>Called once per command. Answer within about 2.5 s, or the answer follows through the <c>response_url</c>; queue long work.</summary>
    /// <param name="command">The command.</param>
    /// <returns>The answer; null: say nothing for now.</returns>
    Task<SlashCommandResponse?> Handle(SlashCommand command);
}

/// <summary>Handles every block action.</summary>
public interface IBlockActionHandler
{
    /// <summary>Called once per request.</summary>
    /// <param name="request">The request with its actions.</param>
    Task Handle(BlockActionRequest request);
}

/// <summary>Handles one kind of block action.</summary>
/// <typeparam name="TAction">The kind.</typeparam>
public interface IBlockActionHandler<in TAction> where TAction : BlockAction
{
    /// <summary>Called once per action.</summary>
    /// <param name="action">The action.</param>
    /// <param name="request">The request around it.</param>
    Task Handle(TAction action, BlockActionRequest request);
}

/// <summary>Handles a modal.</summary>
public interface IViewSubmissionHandler
{
    /// <summary>Called when the modal was sent. Decide within about 2.5 s; later the modal has been closed already.</summary>
    /// <param name="viewSubmission">The modal with its values.</param>
    /// <returns>What happens with the modal; <see cref="ViewSubmissionResponse.Null"/> closes it.</returns>
    Task<ViewSubmissionResponse> Handle(ViewSubmission viewSubmission);

    /// <summary>Called when the modal was closed, if it has <see cref="ModalViewDefinition.NotifyOnClose"/>.</summary>
    /// <param name="viewClosed">The modal.</param>
    Task HandleClose(ViewClosed viewClosed);
}

/// <summary>Handles a shortcut outside any message.</summary>
public interface IGlobalShortcutHandler
{
    /// <summary>Called once per use.</summary>
    /// <param name="shortcut">The shortcut.</param>
    Task Handle(GlobalShortcut shortcut);
}

/// <summary>Handles a shortcut on a message.</summary>
public interface IMessageShortcutHandler
{
    /// <summary>Called once per use.</summary>
    /// <param name="request">The shortcut with its message.</param>
    Task Handle(MessageShortcut request);
}

/// <summary>Gives a menu its choices while someone types.</summary>
public interface IBlockOptionProvider
{
    /// <summary>Called while someone types. Answer within 3 s; afterwards the menu stays empty.</summary>
    /// <param name="request">The menu and what was typed.</param>
    /// <returns>At most 100 choices.</returns>
    Task<BlockOptionsResponse> GetOptions(BlockOptionsRequest request);
}
