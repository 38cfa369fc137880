namespace FestivalOps.FaultRun;

/// <summary>Something that happens in a run.</summary>
/// <param name="At">When, after the beginning, by the fast clock.</param>
/// <param name="What">What.</param>
/// <param name="Number">Which alert, or how many.</param>
internal sealed record Happening(TimeSpan At, What What, int Number);

/// <summary>What can happen.</summary>
internal enum What
{
    /// <summary>A new alert is sent to the webhook until the bot accepts it.</summary>
    Alert,

    /// <summary>A person takes an incident, and tries until the card shows it.</summary>
    Acknowledge,

    /// <summary>SIGKILL, and a new start.</summary>
    Kill,

    /// <summary>A new alert, and SIGKILL as soon as the bot has accepted it.</summary>
    AlertThenKill,

    /// <summary>SIGKILL while a post has taken effect and its answer has not come.</summary>
    KillInPost,

    /// <summary>Slack answers 429.</summary>
    RateLimit,

    /// <summary>Slack answers 5xx and nothing happened.</summary>
    ServerError,

    /// <summary>A post takes effect, and the answer never comes or is a 500.</summary>
    AfterEffect,

    /// <summary>All sockets are cut.</summary>
    SocketsCut,

    /// <summary>Slack repeats what it delivers.</summary>
    Duplicates,

    /// <summary>Slack is away.</summary>
    Outage,
}

/// <summary>A run, drawn from its seed alone: the same seed is the same run.</summary>
internal sealed record Plan(int Seed, bool Sockets, bool LongOutage, IReadOnlyList<Happening> Happenings)
{
    /// <summary>How long alerts, faults and kills go on, by the fast clock: 6 minutes.</summary>
    public static readonly TimeSpan Active = TimeSpan.FromMinutes(6);

    /// <summary>How long Slack is away in a run with the long outage: 30 minutes.</summary>
    public static readonly TimeSpan Outage = TimeSpan.FromMinutes(30);

    /// <summary>How many alerts there are.</summary>
    public int Alerts => Happenings.Count(h => h.What is What.Alert or What.AlertThenKill);

    /// <summary>Draws the run of a seed; every tenth has the long outage.</summary>
    public static Plan Of(int seed)
    {
        var dice = new Random(seed);
        var happenings = new List<Happening>();
        var alerts = dice.Next(2, 6);
        for (var alert = 0; alert < alerts; alert++)
        {
            var at = Moment(0, 0.7);
            happenings.Add(new(at, dice.Next(4) == 0 ? What.AlertThenKill : What.Alert, alert));
            if (dice.Next(2) == 0) happenings.Add(new(at + Moment(0.05, 0.5), What.Acknowledge, alert));
        }
        for (var kill = dice.Next(1, 4); kill > 0; kill--) happenings.Add(new(Moment(0.05, 1), dice.Next(2) == 0 ? What.KillInPost : What.Kill, 0));
        for (var fault = dice.Next(1, 6); fault > 0; fault--)
        {
            var what = (What)dice.Next((int)What.RateLimit, (int)What.Duplicates + 1);
            happenings.Add(new(Moment(0, 0.95), what, dice.Next(1, 6)));
        }
        var longOutage = seed % 10 == 0;
        if (longOutage) happenings.Add(new(Moment(0.2, 0.8), What.Outage, (int)Outage.TotalSeconds));
        else if (dice.Next(3) == 0) happenings.Add(new(Moment(0, 0.8), What.Outage, dice.Next(20, 120)));
        return new(seed, dice.Next(2) == 0, longOutage, [.. happenings.OrderBy(h => h.At)]);

        TimeSpan Moment(double from, double to) => Active * (from + (to - from) * dice.NextDouble());
    }
}
