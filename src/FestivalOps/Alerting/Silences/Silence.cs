namespace FestivalOps.Alerting.Silences;

/// <summary>A decision not to be told of certain alerts for a while; a maintenance window is one with a beginning in the future and a name.</summary>
internal sealed class Silence
{
    /// <summary>Longest silence: 30 days. What is silenced for longer should be mended or its rule changed.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <summary>What people call it; counts up from 1.</summary>
    public required long Id { get; init; }

    /// <summary>True for a maintenance window.</summary>
    public required bool IsMaintenance { get; init; }

    /// <summary>What it hides, as written: <c>alertname=HighCpuUsage instance=~web.*</c>. Empty: everything, which only a maintenance window may. At most 1,000 characters.</summary>
    public required string Matchers { get; init; }

    /// <summary>Why, or what the maintenance window is called. At most 500 characters; foreign text.</summary>
    public required string Reason { get; init; }

    /// <summary>Slack id of who asked for it.</summary>
    public required string Author { get; init; }

    /// <summary>Where it was asked for, and where the reminder goes.</summary>
    public required string ChannelId { get; init; }

    /// <summary>When it was asked for, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when, UTC.</summary>
    public required DateTimeOffset StartsAt { get; init; }

    /// <summary>Until when, UTC.</summary>
    public required DateTimeOffset EndsAt { get; set; }

    /// <summary>Who ended it early; null when nobody did.</summary>
    public string? EndedBy { get; set; }

    /// <summary>When the reminder before its end was written, UTC; null while it was not.</summary>
    public DateTimeOffset? RemindedAt { get; set; }

    /// <summary>When its beginning was carried out on the alerts that fired already, UTC; null while it was not.</summary>
    public DateTimeOffset? BegunAt { get; set; }

    /// <summary>When its end was carried out: what it hid is shown again, UTC. A silence with this is over, whatever the clock says.</summary>
    public DateTimeOffset? ClosedAt { get; set; }
}
