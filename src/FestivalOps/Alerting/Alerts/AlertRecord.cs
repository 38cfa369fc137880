namespace FestivalOps.Alerting.Alerts;

/// <summary>How bad. The order is used: worse is greater.</summary>
internal enum Severity
{
    /// <summary>Good to know; pages nobody.</summary>
    Information = 0,

    /// <summary>警告.</summary>
    Warning = 1,

    /// <summary>緊急.</summary>
    Critical = 2,
}

/// <summary>Where alerts come from; they meet in one place.</summary>
internal enum AlertSource
{
    /// <summary>Our own checks.</summary>
    Check,

    /// <summary>A webhook in Alertmanager's format.</summary>
    Alertmanager,

    /// <summary>A person: <c>/fops incident open</c>, a drill.</summary>
    Person,

    /// <summary>The bot about itself: holiday data that runs out, a watchdog that fell silent.</summary>
    Bot,
}

/// <summary>An alert as it arrives from any source, already checked and cut to size.</summary>
/// <param name="Source">Where it came from.</param>
/// <param name="Fingerprint">Names it among all alerts: the same source and labels, the same alert. 32 hex digits.</param>
/// <param name="GroupKey">See <see cref="Incidents.Incident.GroupKey"/>.</param>
/// <param name="Firing">True: it fires; false: it stopped.</param>
/// <param name="Severity">How bad.</param>
/// <param name="Level">The guideline's level: 1 to 3.</param>
/// <param name="TitleJa">What is wrong, in Japanese. Foreign text.</param>
/// <param name="TitleEn">What is wrong, in English. Foreign text.</param>
/// <param name="StartsAt">Since when, UTC.</param>
/// <param name="Labels">Who and where; used for silences and inhibition. Foreign text.</param>
/// <param name="Annotations">What people should know: <c>description</c>, <c>value</c>, <c>limit</c>, … Foreign text.</param>
internal sealed record IncomingAlert(
    AlertSource Source,
    string Fingerprint,
    string GroupKey,
    bool Firing,
    Severity Severity,
    int Level,
    string TitleJa,
    string TitleEn,
    DateTimeOffset StartsAt,
    IReadOnlyDictionary<string, string> Labels,
    IReadOnlyDictionary<string, string> Annotations);

/// <summary>What the bot remembers of an alert.</summary>
internal sealed class AlertRecord
{
    /// <summary>See <see cref="IncomingAlert.Fingerprint"/>.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The incident that it belongs to, the newest one.</summary>
    public required long IncidentId { get; set; }

    /// <summary>Where it came from.</summary>
    public required AlertSource Source { get; init; }

    /// <summary>Its label <c>alertname</c>; empty when it has none. Inhibition looks alerts up by it.</summary>
    public required string Name { get; init; }

    /// <summary>What is wrong, in Japanese.</summary>
    public required string TitleJa { get; set; }

    /// <summary>What is wrong, in English.</summary>
    public required string TitleEn { get; set; }

    /// <summary>How bad.</summary>
    public required Severity Severity { get; set; }

    /// <summary>The guideline's level: 1 to 3.</summary>
    public required int Level { get; set; }

    /// <summary>True while it fires.</summary>
    public required bool Firing { get; set; }

    /// <summary>What hides it: <c>silence:7</c>, <c>incident:41</c>; null when nothing does.</summary>
    public string? HiddenBy { get; set; }

    /// <summary>Since when, UTC.</summary>
    public required DateTimeOffset StartsAt { get; set; }

    /// <summary>When it was last heard of, UTC.</summary>
    public required DateTimeOffset SeenAt { get; set; }

    /// <summary>When it stopped, UTC.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Of an alert of the webhook: when it began and stopped (<see cref="Rules.FlapTimes"/>); null for others.</summary>
    public string? Changes { get; set; }

    /// <summary>
    /// Of an alert of the webhook that comes and goes: when it is steady again, UTC, unless it begins or stops before. Until then it is kept up.
    /// Null: it does not come and go.
    /// </summary>
    public DateTimeOffset? SteadyAt { get; set; }

    /// <summary>True while it is kept up although its sender says that it stopped.</summary>
    public bool KeptUp { get; set; }

    /// <summary>A JSON object of texts; at most 8,000 characters.</summary>
    public required string Labels { get; set; }

    /// <summary>A JSON object of texts; at most 8,000 characters.</summary>
    public required string Annotations { get; set; }
}

/// <summary>A webhook's body that was accepted and is not worked off yet: it is written before the sender gets its 200.</summary>
internal sealed class InboxRow
{
    /// <summary>Sorts by time (UUID version 7, 32 hex digits).</summary>
    public required string Id { get; init; }

    /// <summary>When it arrived, UTC.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The body as it came (UTF-8 JSON), already known to be readable.</summary>
    public required byte[] Body { get; init; }

    /// <summary>Instance that works on it; another takes over when that one is gone.</summary>
    public required string Instance { get; set; }
}
