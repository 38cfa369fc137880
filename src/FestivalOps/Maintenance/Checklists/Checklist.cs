using FestivalOps.Commands.Roles;

namespace FestivalOps.Maintenance.Checklists;

/// <summary>Where a list stands.</summary>
internal enum ChecklistState
{
    /// <summary>It is being worked on.</summary>
    Open,

    /// <summary>It was finished and signed: nobody changes it any more, the store itself refuses.</summary>
    Signed,

    /// <summary>What was left of it went into the next list; it is kept as it was.</summary>
    CarriedOver,
}

/// <summary>One list of one period. Changed only through <see cref="ChecklistDesk"/>.</summary>
internal sealed class Checklist
{
    /// <summary>What people call it; counts up from 1.</summary>
    public required long Id { get; init; }

    /// <summary>Which list.</summary>
    public required ChecklistKind Kind { get; init; }

    /// <summary>See <see cref="ChecklistPeriod.Key"/>. Unique.</summary>
    public required string PeriodKey { get; init; }

    /// <summary>First day of its period.</summary>
    public required DateOnly FirstDay { get; init; }

    /// <summary>Last day of its period.</summary>
    public required DateOnly LastDay { get; init; }

    /// <summary>Where it stands.</summary>
    public ChecklistState State { get; set; }

    /// <summary>When it was opened, UTC.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>Slack id of who opened it; empty: the clock.</summary>
    public required string OpenedBy { get; init; }

    /// <summary>The list that its unfinished items went into; null when there is none.</summary>
    public long? CarriedTo { get; set; }

    /// <summary>Slack id of who signed it; null while nobody has.</summary>
    public string? SignedBy { get; set; }

    /// <summary>When it was signed, UTC.</summary>
    public DateTimeOffset? SignedAt { get; set; }

    /// <summary>See <see cref="ChecklistSeal"/>; null while it is not signed.</summary>
    public string? Seal { get; set; }

    /// <summary>Its place among the signed lists: 1, 2, 3 … without gaps; null while it is not signed. Unique.</summary>
    public long? SealOrder { get; set; }

    /// <summary>The seal of the list that was signed before this one; 64 zeros for the first.</summary>
    public string? PreviousSeal { get; set; }

    /// <summary>The newest row of the audit trail when it was signed; 0 when there was none.</summary>
    public long? AuditSequence { get; set; }

    /// <summary>The hash of that row; part of the seal, so that the list can't be younger than the trail says.</summary>
    public string? AuditHash { get; set; }

    /// <summary>How often the team was reminded of it.</summary>
    public int Reminders { get; set; }

    /// <summary>Counts the changes that its card should show.</summary>
    public int Version { get; set; }

    /// <summary>The newest version that its card shows.</summary>
    public int ShownVersion { get; set; }

    /// <summary>The channel of its card.</summary>
    public required string PostChannel { get; set; }

    /// <summary>Slack's <c>ts</c> of its card; null until it is there.</summary>
    public string? PostTs { get; set; }

    /// <summary>Its period.</summary>
    public ChecklistPeriod Period => new(Kind, FirstDay, LastDay);
}

/// <summary>What is known of an item from the bot's own checks and tasks.</summary>
internal enum EvidenceVerdict
{
    /// <summary>The bot has no source for it: people look.</summary>
    None,

    /// <summary>It was looked at within the period, and is as it should be.</summary>
    Good,

    /// <summary>It was looked at within the period, and a person should read what was found.</summary>
    Finding,

    /// <summary>There is a source, but nothing from this period; the text says why.</summary>
    NotAvailable,
}

/// <summary>One line of a list.</summary>
internal sealed class ChecklistItem
{
    /// <summary>Longest text of an item. Unit: characters.</summary>
    public const int MaxTitle = 120;

    /// <summary>Longest note and longest evidence. Unit: characters.</summary>
    public const int MaxNote = 500;

    /// <summary>The list.</summary>
    public required long ChecklistId { get; init; }

    /// <summary>Its place: 1, 2, 3 …</summary>
    public required int Number { get; init; }

    /// <summary>What it is across lists: an item of the same key is carried over as itself.</summary>
    public required string Key { get; init; }

    /// <summary>What is to be looked at, Japanese.</summary>
    public required string TitleJa { get; init; }

    /// <summary>The same in English.</summary>
    public required string TitleEn { get; init; }

    /// <summary>The role that it belongs to.</summary>
    public required Role Role { get; init; }

    /// <summary>Slack id of who is to do it; empty: whoever of the role comes to it.</summary>
    public string AssignedTo { get; set; } = "";

    /// <summary>Since when it waits, UTC: older than its list when it was carried over.</summary>
    public required DateTimeOffset OpenSince { get; init; }

    /// <summary>When it was done, UTC; null while it is open.</summary>
    public DateTimeOffset? DoneAt { get; set; }

    /// <summary>Slack id of who ticked it; empty: the bot, by its evidence; null while it is open.</summary>
    public string? DoneBy { get; set; }

    /// <summary>What who ticked it wrote; foreign text; empty when nothing.</summary>
    public string Note { get; set; } = "";

    /// <summary>What the bot knows of it.</summary>
    public EvidenceVerdict Verdict { get; set; }

    /// <summary>The evidence, Japanese; foreign text in parts; empty when there is none.</summary>
    public string EvidenceJa { get; set; } = "";

    /// <summary>The same in English.</summary>
    public string EvidenceEn { get; set; } = "";

    /// <summary>When the evidence was found, UTC; null when there is none.</summary>
    public DateTimeOffset? EvidenceAt { get; set; }
}
