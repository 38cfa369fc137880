namespace FestivalOps.Alerting.Incidents;

/// <summary>Why the ladder does what it does; what <c>/fops why</c> and the timeline name. Short words, kept in the store.</summary>
internal static class StepRule
{
    /// <summary>It was opened (or is shown again).</summary>
    public const string Opened = "opened";

    /// <summary>It became worse.</summary>
    public const string Worsened = "worsened";

    /// <summary>It came back: a promise or snooze ran out, an acknowledgement was undone, it fires again.</summary>
    public const string CameBack = "came-back";

    /// <summary>It came back because it fires again; told to people, never kept.</summary>
    public const string FiresAgain = "fires-again";

    /// <summary>A person asked for the next level.</summary>
    public const string ByHand = "by-hand";

    /// <summary>Nobody took it in the level's time.</summary>
    public const string NotAcknowledged = "not-acknowledged";

    /// <summary>A role of the level can't be reached in any way.</summary>
    public const string Unreachable = "unreachable";

    /// <summary>A role of the level has nobody.</summary>
    public const string EmptyRole = "empty-role";

    /// <summary>Slack takes nothing, so other ways are used.</summary>
    public const string Outage = "slack-away";

    /// <summary>It is not business hours.</summary>
    public const string BusinessHours = "business-hours";

    /// <summary>It is for information only.</summary>
    public const string Information = "information";
}
