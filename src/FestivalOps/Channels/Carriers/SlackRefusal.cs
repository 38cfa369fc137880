using System.Collections.Frozen;

namespace FestivalOps.Channels.Carriers;

/// <summary>What Slack's error codes mean for a message that waits.</summary>
internal static class SlackRefusal
{
    // Only a person can mend these; until then the message waits.
    private static readonly FrozenSet<string> Operator = new[]
    {
        "invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "missing_scope", "not_allowed_token_type", "no_permission",
        "org_login_required", "ekm_access_denied", "access_denied", "two_factor_setup_required", "team_disabled", "user_removed_from_team",
        "accesslimited", "invalid_app_id", "team_access_not_granted",
    }.ToFrozenSet(StringComparer.Ordinal);

    // Slack does not like what the message looks like; its words alone may pass.
    private static readonly FrozenSet<string> Looks = new[]
    {
        "invalid_blocks", "invalid_blocks_format", "msg_too_long", "msg_blocks_too_long", "invalid_attachments", "too_many_attachments",
        "attachment_payload_limit_exceeded", "markdown_text_conflict", "block_mismatch",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Passing = new[]
    {
        "team_added_to_org", "request_timeout", "service_unavailable", "external_channel_migrating", "rate_limited", "ratelimited",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>True when the same words without blocks and attachments may be taken.</summary>
    public static bool IsAboutLooks(SlackException refusal) => Looks.Contains(refusal.ErrorCode);

    /// <summary>True when only files are refused: the app was installed before it asked for them, or the workspace has none. Messages still pass.</summary>
    public static bool IsAboutFiles(SlackException refusal) =>
        refusal.ErrorCode is "missing_scope" or "no_permission" or "not_allowed_token_type" or "access_denied" || refusal.ErrorCode.StartsWith("file_", StringComparison.Ordinal);

    /// <summary>The refusal in a word or two, with the scope that is missing.</summary>
    public static string Word(SlackException refusal) => Named(refusal);

    /// <summary>True when the message below which something belongs is not there any more.</summary>
    public static bool IsThreadGone(SlackException refusal) => refusal.ErrorCode is "cannot_reply_to_message" or "thread_not_found";

    /// <summary>What a refusal means.</summary>
    public static Delivery Read(SlackException refusal) => refusal switch
    {
        SlackRateLimitException limit => new Delivery.NotTaken("Slack asks to wait (429)", limit.RetryAfter ?? TimeSpan.FromSeconds(1)),
        // It said ok and then something that nobody understands: done, but what?
        { ErrorCode: "unreadable_answer" } => new Delivery.Unclear("Slack's answer can't be read"),
        _ when Operator.Contains(refusal.ErrorCode) => new Delivery.NotTaken($"Slack refuses: {Named(refusal)}", NeedsOperator: true),
        _ when Passing.Contains(refusal.ErrorCode) => new Delivery.NotTaken($"Slack refuses for now: {refusal.ErrorCode}"),
        // Not Slack's own words: something on the way, such as a proxy.
        _ when refusal.ErrorCode.StartsWith("http_", StringComparison.Ordinal) => new Delivery.NotTaken($"no answer of Slack's: {refusal.ErrorCode}"),
        _ => new Delivery.Refused(refusal.ErrorCode),
    };

    private static string Named(SlackException refusal) => refusal.ErrorInfo.TryGetValue("needed", out var scope)
        ? $"{refusal.ErrorCode} ({Language.ForeignText.OneLine(scope, 100)})"
        : refusal.ErrorCode;
}
