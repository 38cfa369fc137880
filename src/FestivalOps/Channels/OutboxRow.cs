namespace FestivalOps.Channels;

/// <summary>How something reaches people.</summary>
internal enum Carrier
{
    /// <summary>A Slack channel; the target is its id.</summary>
    Channel,

    /// <summary>A direct message in Slack; the target is the person's user id.</summary>
    Person,

    /// <summary>E-mail; the target is one address.</summary>
    Mail,

    /// <summary>An outward webhook (SMS, voice, dead-man); the target is its name in the settings.</summary>
    Webhook,
}

/// <summary>What carriers have in common.</summary>
internal static class CarrierKinds
{
    /// <summary>True when it goes through Slack.</summary>
    public static bool IsSlack(this Carrier carrier) => carrier is Carrier.Channel or Carrier.Person;
}

/// <summary>What goes first when several things wait for one channel.</summary>
internal enum OutboxPriority
{
    /// <summary>Someone has to know now.</summary>
    Page = 0,

    /// <summary>A card that people act on.</summary>
    Card = 1,

    /// <summary>The newest state of a card that is already there.</summary>
    Redraw = 2,

    /// <summary>A line of a timeline.</summary>
    Note = 3,

    /// <summary>A report or a scheduled post.</summary>
    Report = 4,

    /// <summary>A file below a post that is there already.</summary>
    File = 5,
}

/// <summary>Where a row stands.</summary>
internal enum OutboxState
{
    /// <summary>It waits, or is being sent.</summary>
    Waiting,

    /// <summary>It was sent, or found where it should be.</summary>
    Sent,

    /// <summary>It is not sent any more; <see cref="OutboxRow.Reason"/> says why.</summary>
    Dropped,
}

/// <summary>
/// The intent to tell someone, written in the transaction of the change that it tells of. It holds no text: what is said is made from the
/// state of the moment in which it is sent (<see cref="IPostKind"/>), and it does not expire while that state wants it.
/// </summary>
internal sealed class OutboxRow
{
    /// <summary>Longest <see cref="Key"/>: 200 characters.</summary>
    public const int MaxKey = 200;

    /// <summary>Sorts by time, and within one process by the order in which rows were made (UUID version 7, 32 hex digits).</summary>
    public required string Id { get; init; }

    /// <summary>Names what is told, once and for all: a second row of the same key is not written. Also travels in the message's metadata.</summary>
    public required string Key { get; init; }

    /// <summary>Who knows what to say: <see cref="IPostKind.Kind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>What it is about, in the words of the kind: an incident's number.</summary>
    public required string Subject { get; init; }

    /// <summary>What else the kind needs; JSON or empty. At most 4,000 characters.</summary>
    public string Argument { get; init; } = "";

    /// <summary>How it goes out.</summary>
    public required Carrier Carrier { get; init; }

    /// <summary>Where it goes; see <see cref="Channels.Carrier"/>.</summary>
    public required string Target { get; init; }

    /// <summary>What goes first.</summary>
    public required OutboxPriority Priority { get; init; }

    /// <summary>
    /// What goes out one after the other: carrier and target. Redraws have a lane of their own beside it, because Slack counts changes of
    /// messages apart from posts; files have one, because a large one must not hold up a page.
    /// </summary>
    public string Lane
    {
        get => Priority switch
        {
            OutboxPriority.Redraw => $"{Carrier}:{Target}:redraw",
            OutboxPriority.File => $"{Carrier}:{Target}:file",
            _ => LaneOf(Carrier, Target),
        };
        private init => _ = value; // the store writes it and asks for it, but it follows from the rest
    }

    /// <summary>The lane of everything that is neither a redraw nor a file.</summary>
    public static string LaneOf(Carrier carrier, string target) => $"{carrier}:{target}";

    /// <summary>Where it stands.</summary>
    public OutboxState State { get; set; }

    /// <summary>When it was written, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Not to be tried before, UTC.</summary>
    public required DateTimeOffset NotBefore { get; set; }

    /// <summary>How often a send was begun; what failed before anything was sent counts, too.</summary>
    public int Attempts { get; set; }

    /// <summary>
    /// True from just before a send until its outcome is known. A row that is found like this (time-out, crash) may have arrived: it is
    /// looked for before it is sent again.
    /// </summary>
    public bool Unclear { get; set; }

    /// <summary>When the last send was begun, UTC; null when none was.</summary>
    public DateTimeOffset? AttemptedAt { get; set; }

    /// <summary>Instance that works on it (<see cref="Storage.Instance.Id"/>); null when nobody does.</summary>
    public string? LeaseOwner { get; set; }

    /// <summary>Until when the lease holds, UTC; after it another instance may take the row.</summary>
    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>When it arrived, UTC; null while it has not.</summary>
    public DateTimeOffset? SentAt { get; set; }

    /// <summary>Slack's id of the channel in which it arrived (of the direct message for <see cref="Carrier.Person"/>); null otherwise.</summary>
    public string? ResultChannel { get; set; }

    /// <summary>Slack's <c>ts</c> of the message; null otherwise.</summary>
    public string? ResultTs { get; set; }

    /// <summary>Why it was dropped, or what the last attempt met; English, one line, nothing secret.</summary>
    public string? Reason { get; set; }
}
