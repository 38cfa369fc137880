using FestivalOps.Commands.Roles;
using Microsoft.Extensions.Options;

namespace FestivalOps.Escalation.OnCall;

/// <summary>
/// Which role is given to nobody by choice. Only the administrator's can be: a small team has none, and the ladder's other roles stand for
/// it. That is said once, at the start, not at each incident; a role of the ladder that has nobody is trouble each time.
/// </summary>
internal sealed partial class VacantRoles(IOptions<RolesOptions> roles, IOptions<OnCallOptions> onCall, ILogger<VacantRoles> logger) : IHostedService
{
    /// <summary>True when the settings name nobody for the role and it may be left empty.</summary>
    public bool IsByChoice(Role role) => role == Role.Administrator
        && roles.Value.Of(role) is { Users.Count: 0, UserGroups.Count: 0 } && onCall.Value.Of(role).Rotation.Count == 0;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (IsByChoice(Role.Administrator)) Log.NoAdministrator(logger);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Nobody is administrator (Roles:Administrator is empty): the other roles of level 3 are told, and only the roles of a command may use it")]
        public static partial void NoAdministrator(ILogger logger);
    }
}
