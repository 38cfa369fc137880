using FestivalOps.Commands.Roles;
using FestivalOps.Language;

namespace FestivalOps.Commands;

/// <summary>One word of <c>/fops</c>. Its properties are what <c>/fops help</c>, the permissions and the audit trail are made of.</summary>
internal interface ICommand
{
    /// <summary>What is typed after <c>/fops</c>: lower case, words joined by <c>-</c>. Unique.</summary>
    string Name { get; }

    /// <summary>
    /// Other words that people type for it, half-width and lower case (<see cref="LocalizedText.Words"/>): <c>status|check</c>.
    /// <c>/fops help</c> does not list them. Null when there are none.
    /// </summary>
    LocalizedText? AlsoCalled => null;

    /// <summary>What it does, in one line.</summary>
    LocalizedText Summary { get; }

    /// <summary>What may follow the name, one form a line: <c>[check or group]</c>. Empty when nothing may.</summary>
    LocalizedText? Usage => null;

    /// <summary>What <c>/fops help NAME</c> adds; null when the summary says it all.</summary>
    LocalizedText? Details => null;

    /// <summary>Who may use it; empty: everyone. The administrator always may.</summary>
    IReadOnlyCollection<Role> AllowedRoles => [];

    /// <summary>
    /// Who may use it with this first word behind the name (half-width, lower case; empty when there is none): a command may be read by
    /// everyone and used by some.
    /// </summary>
    IReadOnlyCollection<Role> AllowedRolesFor(string firstWord) => AllowedRoles;

    /// <summary>
    /// True when it changes something outside the bot. Such a command never runs without a durable audit row; a reading one does, and
    /// says so.
    /// </summary>
    bool Changes => false;

    /// <summary>Does it. What a person can cause is a <see cref="Reply.Refused"/> with a sentence; an exception is the machine's fault.</summary>
    Task<Reply> RunAsync(CommandContext context, CancellationToken ct);
}
