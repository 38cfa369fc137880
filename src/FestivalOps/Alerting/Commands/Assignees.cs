using FestivalOps.Commands.People;
using FestivalOps.Commands.Roles;
using FestivalOps.Language;

namespace FestivalOps.Alerting.Commands;

/// <summary>Who can be given an incident: whoever takes it off the ladder must be able to work on it.</summary>
internal sealed class Assignees(AccountDesk desk, RoleBook roles)
{
    /// <summary>How long Slack may take to tell about the person: 2 seconds.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly Role[] Any = Enum.GetValues<Role>();

    /// <summary>Why the person can't be given an incident; null when they can. When Slack doesn't tell, the role alone decides.</summary>
    public async Task<LocalizedText?> WhyNotAsync(string userId, CancellationToken ct)
    {
        if (await roles.AskAsync(userId, Any, ct) == Permission.Denied) return IncidentTexts.NoRole;
        return (await desk.AskAsync(userId, Patience, ct)).Account is { } told && (told.State != AccountState.Active || told.IsBot)
            ? IncidentTexts.NoPerson
            : null;
    }
}
