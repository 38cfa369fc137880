using FestivalOps.Commands.Roles;

namespace FestivalOps.Commands;

/// <summary>What a button on one of our messages does.</summary>
internal interface IButtonAction
{
    /// <summary>The button's <c>action_id</c>. Unique; at most 255 characters (Slack limit).</summary>
    string ActionId { get; }

    /// <summary>Who may press it; empty: everyone. The administrator always may.</summary>
    IReadOnlyCollection<Role> AllowedRoles => [];

    /// <summary>True when it changes something outside the bot; see <see cref="ICommand.Changes"/>.</summary>
    bool Changes => false;

    /// <summary>Does it; see <see cref="ICommand.RunAsync"/>. <see cref="CommandContext.Value"/> is the button's value.</summary>
    Task<Reply> RunAsync(CommandContext context, CancellationToken ct);
}
