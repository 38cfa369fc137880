using FestivalOps.Commands.Roles;

namespace FestivalOps.Commands.Forms;

/// <summary>What happens with a dialog of ours once it was filled in and sent. Registered with <see cref="CommandsSetup.AddForm{T}"/>.</summary>
internal interface IForm
{
    /// <summary>Names it among all forms: <c>incident.note</c>. Unique.</summary>
    string Name { get; }

    /// <summary>Who may send it; empty: everyone. The administrator always may.</summary>
    IReadOnlyCollection<Role> AllowedRoles => [];

    /// <summary>True when it changes something outside the bot; see <see cref="ICommand.Changes"/>.</summary>
    bool Changes => false;

    /// <summary>
    /// Does it; see <see cref="ICommand.RunAsync"/>. <see cref="CommandContext.Value"/> is what was given when it was opened,
    /// <see cref="CommandContext.Input"/> what was entered. The dialog is closed by then: the answer is a message.
    /// </summary>
    Task<Reply> RunAsync(CommandContext context, CancellationToken ct);
}
