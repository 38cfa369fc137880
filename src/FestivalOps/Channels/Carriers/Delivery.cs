namespace FestivalOps.Channels.Carriers;

/// <summary>What became of one try to send.</summary>
internal abstract record Delivery
{
    private Delivery()
    {
    }

    /// <summary>It arrived.</summary>
    internal sealed record Arrived(string ChannelId, string Ts) : Delivery;

    /// <summary>It can never arrive: no such channel, the user is gone. Nobody needs to try again.</summary>
    /// <param name="Error">One word, Slack's where it has one: <c>is_archived</c>.</param>
    internal sealed record Refused(string Error) : Delivery;

    /// <summary>Nothing took effect; the same may work later.</summary>
    /// <param name="Reason">One line, nothing secret.</param>
    /// <param name="Wait">How long the other side asks to wait; null: it did not say.</param>
    /// <param name="NeedsOperator">Only a person can mend it: a token was revoked, a password is wrong.</param>
    internal sealed record NotTaken(string Reason, TimeSpan? Wait = null, bool NeedsOperator = false) : Delivery;

    /// <summary>It was sent, and nobody knows whether it arrived.</summary>
    /// <param name="Reason">One line, nothing secret.</param>
    internal sealed record Unclear(string Reason) : Delivery;
}

/// <summary>What a look for an earlier message found.</summary>
internal abstract record Finding
{
    private Finding()
    {
    }

    /// <summary>It is there.</summary>
    internal sealed record Found(string ChannelId, string Ts) : Finding;

    /// <summary>It is not there, or where it would be can't be looked at any more, so that a new try is refused, too.</summary>
    internal sealed record Absent : Finding;

    /// <summary>Repeating does no harm.</summary>
    internal sealed record NotNeeded : Finding;

    /// <summary>The look could not be finished.</summary>
    /// <param name="Why">What became of it instead.</param>
    internal sealed record Unknown(Delivery.NotTaken Why) : Finding;
}

/// <summary>Brings what was prepared to people. Tries once; when to try again is the courier's business.</summary>
internal interface ICarrier
{
    /// <summary>Whose rows it carries.</summary>
    IReadOnlyCollection<Carrier> Carries { get; }

    /// <summary>Sends once. <paramref name="leaves"/> is called right before something leaves that counts against the lane's pace.</summary>
    /// <exception cref="InvalidOperationException">The kind prepared something that this carrier can't carry.</exception>
    Task<Delivery> SendAsync(OutboxRow row, Prepared prepared, Action leaves, CancellationToken ct);

    /// <summary>
    /// Looks for the message of an earlier try whose outcome is unclear. Default: there is nothing to look for, because repeating is recognised
    /// at the other end.
    /// </summary>
    Task<Finding> FindAsync(OutboxRow row, Prepared prepared, CancellationToken ct) => Task.FromResult<Finding>(new Finding.NotNeeded());
}
