namespace FestivalOps.Scheduling.Approvals;

/// <summary>Where an approval stands.</summary>
internal enum ApprovalState
{
    /// <summary>A second person is to decide.</summary>
    Waiting,

    /// <summary>Approved, and its run was begun in the same moment.</summary>
    Approved,

    /// <summary>A second person said no.</summary>
    Rejected,

    /// <summary>Who asked took it back.</summary>
    Withdrawn,

    /// <summary>Nobody decided in time.</summary>
    Expired,

    /// <summary>Approved, but right before the run the plan was another.</summary>
    Changed,

    /// <summary>Its post could never arrive, so that nobody could see it; who asked was told.</summary>
    NotPosted,
}

/// <summary>
/// One request to run a dangerous task, with the plan that is approved or not. It holds for exactly what <see cref="Hash"/> stands for and until
/// <see cref="ExpiresAt"/>; then it has to be asked for anew.
/// </summary>
internal sealed class Approval
{
    /// <summary>Names it: UUID version 7, 32 hex digits.</summary>
    public required string Id { get; init; }

    /// <summary>The task.</summary>
    public required string Task { get; init; }

    /// <summary>The dry run that made the plan.</summary>
    public required string PlanRunId { get; init; }

    /// <summary>What is approved; see <see cref="PlanSeal"/>. 64 hex digits.</summary>
    public required string Hash { get; init; }

    /// <summary>The plan; see <see cref="PlanSeal.Write"/>.</summary>
    public required string Plan { get; init; }

    /// <summary>Slack id of who asked.</summary>
    public required string AskedBy { get; init; }

    /// <summary>When the plan was made, UTC.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>After this nobody can approve it any more, UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Where it stands.</summary>
    public ApprovalState State { get; set; }

    /// <summary>The task while it waits; null afterwards. Unique: of one task, one plan waits.</summary>
    public string? OpenKey { get; set; }

    /// <summary>Slack id of who decided; null when nobody did.</summary>
    public string? DecidedBy { get; set; }

    /// <summary>When that was, UTC.</summary>
    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>The run that was begun by it; null when none was.</summary>
    public string? RunId { get; set; }

    /// <summary>The channel of its post; empty: there is none.</summary>
    public string PostChannel { get; set; } = "";

    /// <summary>Slack's <c>ts</c> of its post; null until it is there.</summary>
    public string? PostTs { get; set; }
}
