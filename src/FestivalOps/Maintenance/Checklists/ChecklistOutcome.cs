namespace FestivalOps.Maintenance.Checklists;

/// <summary>How a press came out.</summary>
internal enum PressEnd
{
    /// <summary>It was done.</summary>
    Done,

    /// <summary>Someone was first.</summary>
    Already,

    /// <summary>There is no such list or item.</summary>
    Missing,

    /// <summary>The list is signed or was carried over: nothing in it changes any more.</summary>
    Closed,

    /// <summary>The item is open, so there is nothing to take back.</summary>
    NotDone,

    /// <summary>Someone else ticked it; only they or an administrator take it back.</summary>
    NotYours,

    /// <summary>Items are open, so the list can't be signed.</summary>
    Unfinished,
}

/// <summary>A press and what came of it.</summary>
/// <param name="End">How it came out.</param>
/// <param name="List">The list; null when there is none.</param>
/// <param name="Item">The item; null when it was not about one, or there is none.</param>
/// <param name="By">Who was first (Slack id; empty: the bot); null when nobody was.</param>
/// <param name="At">When that was, UTC.</param>
/// <param name="Open">How many items are open afterwards.</param>
internal sealed record ChecklistOutcome(PressEnd End, Checklist? List, ChecklistItem? Item = null, string? By = null, DateTimeOffset? At = null, int Open = 0);
