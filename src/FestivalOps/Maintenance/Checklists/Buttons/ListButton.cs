using FestivalOps.Commands;
using FestivalOps.Commands.Roles;

namespace FestivalOps.Maintenance.Checklists.Buttons;

/// <summary>A button on the card of a list.</summary>
/// <param name="id">Its <c>action_id</c>.</param>
/// <param name="roles">Who may press it.</param>
/// <param name="changes">False: it only opens a dialog.</param>
internal abstract class ListButton(string id, IReadOnlyCollection<Role> roles, bool changes) : IButtonAction
{
    /// <inheritdoc/>
    public string ActionId => id;

    /// <inheritdoc/>
    public IReadOnlyCollection<Role> AllowedRoles => roles;

    /// <inheritdoc/>
    public bool Changes => changes;

    /// <inheritdoc/>
    public abstract Task<Reply> RunAsync(CommandContext context, CancellationToken ct);
}
