using System.Collections.Concurrent;
using FestivalOps.Telemetry;

namespace FestivalOps.Escalation.OnCall;

/// <summary>Keeps a Slack user group in step with who is on call, where Slack allows it.</summary>
internal sealed partial class UserGroupSync(ISlackApiClient slack, TimeProvider time, ILogger<UserGroupSync> logger)
{
    /// <summary>After a refusal, how long Slack isn't asked again: 1 hour.</summary>
    public static readonly TimeSpan PauseAfterRefusal = TimeSpan.FromHours(1);

    // What a person must change before another attempt makes sense.
    private static readonly HashSet<string> ForGood = new(["permission_denied", "plan_upgrade_required", "missing_scope", "no_such_subteam", "not_allowed_token_type"], StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, string> _kept = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _paused = new(StringComparer.Ordinal);

    /// <summary>Puts <paramref name="users"/> into the group when they are not in it.</summary>
    /// <returns>Slack's error when it refuses for a reason that only a person can remove; null otherwise.</returns>
    public async Task<string?> KeepAsync(string group, IReadOnlyList<string> users, CancellationToken ct)
    {
        // A group can't be empty: who was in it stays in it.
        if (users.Count == 0) return null;
        var wanted = string.Join(' ', users.Order(StringComparer.Ordinal));
        if (_kept.GetValueOrDefault(group) == wanted) return null;
        if (_paused.TryGetValue(group, out var until) && time.GetUtcNow() < until) return null;
        try
        {
            await slack.UserGroupUsers.Update(group, users, cancellationToken: ct);
            _kept[group] = wanted;
            return null;
        }
        catch (SlackException refusal) when (ForGood.Contains(refusal.ErrorCode))
        {
            _paused[group] = time.GetUtcNow() + PauseAfterRefusal;
            return refusal.ErrorCode;
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            Log.NotKept(logger, failure, group, ErrorId.New());
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The user group {Group} could not be brought in step with who is on call; it is tried again. Error id {ErrorId}")]
        public static partial void NotKept(ILogger logger, Exception failure, string group, string errorId);
    }
}
