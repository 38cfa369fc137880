using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Incidents;

namespace FestivalOps.Alerting.Intake;

/// <summary>What becomes of an alert, or of the group that it belongs to.</summary>
internal enum AlertOutcome
{
    /// <summary>Nothing changes but when it was last heard of.</summary>
    NothingNew,

    /// <summary>It fires and did not: its group decides further.</summary>
    Begin,

    /// <summary>It fires already and became worse, or is told differently.</summary>
    Change,

    /// <summary>It stopped.</summary>
    Stop,

    /// <summary>The group opens an incident.</summary>
    Open,

    /// <summary>The group's open incident has more alerts now.</summary>
    Join,

    /// <summary>The group fires again so soon that its ended incident goes on.</summary>
    Reopen,

    /// <summary>So much fires at once that the group joins the incident that stands for all of it.</summary>
    JoinStorm,

    /// <summary>Some of the incident's alerts stopped, others still fire.</summary>
    Calm,

    /// <summary>All alerts of the incident stopped: it ends.</summary>
    End,
}

/// <summary>A decision and its reason, in English, which the timeline keeps and <c>/fops why</c> shows.</summary>
internal readonly record struct Verdict(AlertOutcome Outcome, string Reason);

/// <summary>Decides what becomes of alerts. Pure: what is known and what came in, a named outcome with its reason out.</summary>
internal static class AlertDecision
{
    /// <summary>What one alert means.</summary>
    /// <param name="incoming">What came.</param>
    /// <param name="known">What is remembered of it; null when nothing is.</param>
    /// <param name="heardAt">When it was heard, for what was left behind by a stopped instance; null for what comes in order.</param>
    public static Verdict OfAlert(IncomingAlert incoming, AlertRecord? known, DateTimeOffset? heardAt)
    {
        if (known is not null && heardAt < known.SeenAt) return new(AlertOutcome.NothingNew, "newer news of it came meanwhile");
        if (!incoming.Firing)
        {
            return known switch
            {
                null => new(AlertOutcome.NothingNew, "it stopped, and was never heard of"),
                { Firing: false } => new(AlertOutcome.NothingNew, "it had stopped already"),
                _ => new(AlertOutcome.Stop, "its sender says that it stopped"),
            };
        }
        if (known is null) return new(AlertOutcome.Begin, "it was never heard of");
        if (!known.Firing) return new(AlertOutcome.Begin, "it fires again");
        return incoming.Severity != known.Severity
            ? new(AlertOutcome.Change, $"it fires already, and is {incoming.Severity} now")
            : new(AlertOutcome.NothingNew, "it fires already");
    }

    /// <summary>What becomes of a group in which alerts begin.</summary>
    /// <param name="open">Its open incident; null when it has none.</param>
    /// <param name="ended">Its newest ended incident; null when it has none.</param>
    /// <param name="reopenFor">How long after its end an incident goes on.</param>
    /// <param name="now">Now, UTC.</param>
    public static Verdict OfGroup(Incident? open, Incident? ended, TimeSpan reopenFor, DateTimeOffset now)
    {
        if (open is not null) return new(AlertOutcome.Join, $"incident #{open.Id} of its group is open");
        if (ended?.ResolvedAt is { } end && reopenFor > TimeSpan.Zero && now - end <= reopenFor)
            return new(AlertOutcome.Reopen, FormattableString.Invariant($"its group fires again within {reopenFor.TotalMinutes:0} min of the end"));
        return new(AlertOutcome.Open, "no incident of its group is open");
    }

    /// <summary>What becomes of an incident whose alerts stopped.</summary>
    /// <param name="stillFiring">How many of its alerts fire after that.</param>
    public static Verdict OfStops(int stillFiring) => stillFiring > 0
        ? new(AlertOutcome.Calm, "others of its alerts still fire")
        : new(AlertOutcome.End, "all of its alerts stopped");
}

/// <summary>Decides when one incident stands for many groups that fire at once. Pure.</summary>
internal static class StormDecision
{
    /// <summary>Incidents are counted over this time: 1 minute.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>A storm takes new groups until none has come for this long: 5 minutes. Without it, each minute would bring a new set of cards.</summary>
    public static readonly TimeSpan Calm = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Whether groups that would open incidents in one channel join its storm. All of them do or none: one body with 10,000 groups is one
    /// card, not 30 cards and one.
    /// </summary>
    /// <param name="options">The settings.</param>
    /// <param name="lastMinute">How many incidents the channel got in the last minute.</param>
    /// <param name="coming">How many groups would open one now.</param>
    /// <param name="newestOfStorm">When a group last joined the channel's open storm; null when it has none.</param>
    /// <param name="now">Now, UTC.</param>
    public static Verdict Decide(StormOptions options, int lastMinute, int coming, DateTimeOffset? newestOfStorm, DateTimeOffset now)
    {
        if (!options.Enabled) return new(AlertOutcome.Open, "storms are switched off");
        if (newestOfStorm is { } newest && now - newest <= Calm) return new(AlertOutcome.JoinStorm, "a storm goes on in its channel");
        return lastMinute + coming > options.GroupsPerMinute
            ? new(AlertOutcome.JoinStorm, $"more than {options.GroupsPerMinute} incidents of its channel within a minute")
            : new(AlertOutcome.Open, "no incident of its group is open");
    }
}
