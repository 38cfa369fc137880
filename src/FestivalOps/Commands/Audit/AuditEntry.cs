namespace FestivalOps.Commands.Audit;

/// <summary>
/// One row of the audit trail. Rows are only ever appended (the database refuses UPDATE and DELETE), and each carries the hash of the
/// one before it, so that a changed, removed or inserted row shows in <see cref="AuditChain.Verify"/>.
/// </summary>
internal sealed class AuditEntry
{
    /// <summary>Longest text kept of what was typed. Slack itself allows more; the rest is cut with a mark. Unit: characters.</summary>
    public const int MaxText = 1000;

    private readonly DateTimeOffset _at;

    /// <summary>Place in the chain: 1, 2, 3 … without gaps.</summary>
    public long Sequence { get; set; }

    /// <summary>When, in UTC, to the microsecond: the store keeps no more, and the hash must verify after reading back.</summary>
    public required DateTimeOffset At
    {
        get => _at;
        init => _at = new(value.UtcTicks - (value.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
    }

    /// <summary>Joins the rows of one command.</summary>
    public required string CommandId { get; init; }

    /// <summary>What happened.</summary>
    public required AuditEvent Event { get; init; }

    /// <summary>Slack id of the person.</summary>
    public required string UserId { get; init; }

    /// <summary>Slack id of the channel; empty where there is none.</summary>
    public required string ChannelId { get; init; }

    /// <summary>What was typed or pressed.</summary>
    public required string Text { get; init; }

    /// <summary>The outcome's reason in English; empty when there is nothing to add.</summary>
    public string Detail { get; init; } = "";

    /// <summary>Error id of a failure; empty otherwise.</summary>
    public string ErrorId { get; init; } = "";

    /// <summary>Hash of the row before; 64 zeros for the first.</summary>
    public string PreviousHash { get; set; } = "";

    /// <summary>SHA-256 over the previous hash and every field, lower-case hex.</summary>
    public string Hash { get; set; } = "";
}
