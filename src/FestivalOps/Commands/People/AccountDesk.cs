using FestivalOps.Telemetry;

namespace FestivalOps.Commands.People;

/// <summary>Slack's answer about an account.</summary>
/// <param name="Account">What it told; null when it did not.</param>
/// <param name="Problem">What came in between (English, foreign text); null when it told.</param>
internal sealed record AccountAnswer(Account? Account, string? Problem);

/// <summary>Asks Slack whether an account is in use and whose it is. It remembers nothing; who asks decides what holds while Slack doesn't tell.</summary>
internal sealed partial class AccountDesk(ISlackApiClient slack, ILogger<AccountDesk> logger)
{
    /// <summary>Asks for one person. Never throws but at the stop.</summary>
    /// <param name="userId">Slack id.</param>
    /// <param name="patience">How long Slack may take.</param>
    /// <param name="ct">Ends the question.</param>
    public async Task<AccountAnswer> AskAsync(string userId, TimeSpan patience, CancellationToken ct)
    {
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(patience);
            var user = await slack.Users.Info(userId, includeLocale: false, limit.Token);
            return new(
                new(
                    user.Deleted ? AccountState.Deactivated : AccountState.Active, NotEmpty(user.Profile?.Email),
                    NotEmpty(user.Profile?.DisplayName) ?? NotEmpty(user.RealName), user.IsBot),
                null);
        }
        catch (SlackException refusal) when (refusal.ErrorCode is "user_not_found" or "user_not_visible")
        {
            return new(new(AccountState.Unknown, null, null), null);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            Log.NotTold(logger, failure, userId, ErrorId.New());
            return new(null, failure.Message);
        }
    }

    private static string? NotEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Slack did not tell about {User}; what is known holds. Error id {ErrorId}")]
        public static partial void NotTold(ILogger logger, Exception failure, string user, string errorId);
    }
}
