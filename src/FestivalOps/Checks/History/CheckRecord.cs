namespace FestivalOps.Checks.History;

/// <summary>One round of checks as it is kept.</summary>
internal sealed class HealthRunRecord
{
    /// <summary>Names the round.</summary>
    public required string Id { get; init; }

    /// <summary><c>all</c>, a group or a check.</summary>
    public required string Selection { get; init; }

    /// <summary>When it began, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How long it took. Unit: milliseconds.</summary>
    public required double TookMilliseconds { get; init; }

    /// <summary>What was found.</summary>
    public ICollection<CheckRecord> Checks { get; } = [];
}

/// <summary>One result of a round as it is kept.</summary>
internal sealed class CheckRecord
{
    /// <summary>The round.</summary>
    public required string RunId { get; init; }

    /// <summary>Name of the check.</summary>
    public required string Check { get; init; }

    /// <summary>The outcome.</summary>
    public required CheckStatus Status { get; init; }

    /// <summary>The number; null when there was none to be had.</summary>
    public double? Value { get; init; }

    /// <summary>What the number is counted in.</summary>
    public Unit? Unit { get; init; }

    /// <summary>The limit of that moment.</summary>
    public double? WarningLimit { get; init; }

    /// <summary>The limit of that moment.</summary>
    public double? CriticalLimit { get; init; }

    /// <summary>The finding, Japanese.</summary>
    public required string SaysJa { get; init; }

    /// <summary>The finding, English.</summary>
    public required string SaysEn { get; init; }

    /// <summary>Details as a JSON array of {ja, en, value}; null when there are none.</summary>
    public string? Facts { get; init; }

    /// <summary>How long it took. Unit: milliseconds.</summary>
    public required double TookMilliseconds { get; init; }

    /// <summary>Since when it had this status.</summary>
    public required DateTimeOffset Since { get; init; }
}

/// <summary>The status that a check has now, and since when.</summary>
internal sealed class CheckState
{
    /// <summary>Name of the check.</summary>
    public required string Check { get; init; }

    /// <summary>The status.</summary>
    public required CheckStatus Status { get; set; }

    /// <summary>Since when, UTC.</summary>
    public required DateTimeOffset Since { get; set; }

    /// <summary>When it was last measured, UTC.</summary>
    public required DateTimeOffset LastAt { get; set; }
}
