using FestivalOps.Commands.Roles;

namespace FestivalOps.Escalation;

/// <summary>How someone's duty differs from the rotation.</summary>
internal enum OnCallChangeKind
{
    /// <summary>The person has the duty of the role in this time, whoever's turn it is.</summary>
    Override,

    /// <summary>The person is away in this time: never called, and passed over in the rotation.</summary>
    Leave,
}

/// <summary>An exception from the rotation.</summary>
internal sealed class OnCallChange
{
    /// <summary>What people call it; counts up from 1.</summary>
    public required long Id { get; init; }

    /// <summary>What it is.</summary>
    public required OnCallChangeKind Kind { get; init; }

    /// <summary>The role; null for leave, which holds for all.</summary>
    public Role? Role { get; init; }

    /// <summary>Slack id of the person.</summary>
    public required string UserId { get; init; }

    /// <summary>From when, UTC.</summary>
    public required DateTimeOffset StartsAt { get; init; }

    /// <summary>Until when, UTC.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>Slack id of who entered it.</summary>
    public required string Author { get; init; }

    /// <summary>When it was entered, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was taken back, UTC; null while it holds.</summary>
    public DateTimeOffset? CancelledAt { get; set; }

    /// <summary>True when it holds at <paramref name="at"/>.</summary>
    public bool HoldsAt(DateTimeOffset at) => StartsAt <= at && at < EndsAt && CancelledAt is null;
}

/// <summary>Whether a person can be reached in one way, as it was last tried.</summary>
internal sealed class ReachabilityRecord
{
    /// <summary>Slack id of the person.</summary>
    public required string UserId { get; init; }

    /// <summary>The way (<see cref="Channels.Carrier"/>).</summary>
    public required Channels.Carrier Carrier { get; init; }

    /// <summary>When it was last tried, UTC.</summary>
    public required DateTimeOffset TriedAt { get; set; }

    /// <summary>When it last worked, UTC; null when it never did.</summary>
    public DateTimeOffset? ReachedAt { get; set; }

    /// <summary>What the last attempt met; null when it worked.</summary>
    public string? Error { get; set; }
}
