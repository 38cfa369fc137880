using FestivalOps.Commands.Roles;
using FestivalOps.Language;
using FestivalOps.Telemetry;

namespace FestivalOps.Alerting.Commands;

/// <summary>Who can be given an incident: whoever takes it off the ladder must be able to work on it.</summary>
internal sealed partial class Assignees(ISlackApiClient slack, RoleBook roles, ILogger<Assignees> logger)
{
    /// <summary>How long Slack may take to tell about the person: 2 seconds.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly Role[] Any = Enum.GetValues<Role>();

    /// <summary>Why the person can't be given an incident; null when they can. When Slack doesn't tell, the role alone decides.</summary>
    public async Task<LocalizedText?> WhyNotAsync(string userId, CancellationToken ct)
    {
        if (await roles.AskAsync(userId, Any, ct) == Permission.Denied) return IncidentTexts.NoRole;
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(Patience);
            var user = await slack.Users.Info(userId, includeLocale: false, limit.Token);
            return user.Deleted || user.IsBot ? IncidentTexts.NoPerson : null;
        }
        catch (SlackException refusal) when (refusal.ErrorCode is "user_not_found" or "user_not_visible")
        {
            return IncidentTexts.NoPerson;
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            Log.NotTold(logger, failure, userId, ErrorId.New());
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Slack did not tell about {User}, who was given an incident all the same. Error id {ErrorId}")]
        public static partial void NotTold(ILogger logger, Exception failure, string user, string errorId);
    }
}
