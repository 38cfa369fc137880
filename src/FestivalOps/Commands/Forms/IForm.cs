using FestivalOps.Commands.Queue;
using FestivalOps.Commands.Roles;
using FestivalOps.Language;

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
    /// What is wrong with what was entered, and in which input (its <c>block_id</c>): said in the dialog, which stays open with what was typed.
    /// Null: nothing that can be seen without looking anything up. Slack waits for it, so it must be quick.
    /// </summary>
    (string Block, LocalizedText Why)? Complaint(SentForm sent, DateTimeOffset now) => null;

    /// <summary>
    /// Does it; see <see cref="ICommand.RunAsync"/>. <see cref="CommandContext.Value"/> is what was given when it was opened,
    /// <see cref="CommandContext.Input"/> what was entered. The dialog is closed by then: the answer is a message.
    /// </summary>
    Task<Reply> RunAsync(CommandContext context, CancellationToken ct);
}
