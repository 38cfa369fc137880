using System.Globalization;
using FestivalOps.Checks;

namespace FestivalOps.Alerting.Rules;

/// <summary>What a measurement did to a rule.</summary>
internal enum RuleChange
{
    /// <summary>Nothing that anyone has to hear of.</summary>
    None,

    /// <summary>The alert fires.</summary>
    Fired,

    /// <summary>It fires already, and became worse.</summary>
    Worsened,

    /// <summary>It still fires, and is a warning only.</summary>
    Eased,

    /// <summary>It ended.</summary>
    Cleared,

    /// <summary>It begins and ends so often that single changes are no longer told.</summary>
    FlappingBegan,

    /// <summary>It is steady again.</summary>
    FlappingEnded,
}

/// <summary>What a rule decided.</summary>
/// <param name="State">What is remembered from now on.</param>
/// <param name="Change">What happened.</param>
/// <param name="Reason">Why, or what is waited for; English, one line.</param>
internal sealed record RuleDecision(RuleState State, RuleChange Change, string Reason)
{
    /// <summary>
    /// What the incidents should know: what it fires as. While it flaps the alert stays up, as bad as it was, so that its ends and
    /// beginnings are no news.
    /// </summary>
    public CheckStatus Outward => State.Flapping && State.Told > State.Fired ? State.Told : State.Fired;
}

/// <summary>Decides whether an alert fires. Pure: what was remembered, a result and a time in; what to remember and why out.</summary>
internal static class RuleEvaluator
{
    /// <summary>A measurement that comes this much early must not cost a whole interval: 1 second.</summary>
    public static readonly TimeSpan Jitter = TimeSpan.FromSeconds(1);

    /// <summary>A round that is this much older than the last one is a slow one of another instance, not a clock that was set back: 30 seconds.</summary>
    public static readonly TimeSpan Late = TimeSpan.FromSeconds(30);

    /// <summary>Decides.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="kept">What was remembered; null at the first measurement.</param>
    /// <param name="result">What was measured.</param>
    /// <param name="now">When it was measured, UTC.</param>
    public static RuleDecision Decide(AlertRule rule, RuleState? kept, CheckResult result, DateTimeOffset now)
    {
        var state = kept ?? new RuleState { Check = rule.Check, LastAt = now };
        var passed = now - state.LastAt;
        if (passed < TimeSpan.Zero && passed > -Late) return new(state, RuleChange.None, "older than what was evaluated already");
        // A clock that was set back takes everything with it: what had lasted two minutes has still lasted two minutes.
        if (passed < TimeSpan.Zero) state = Shift(state, passed);
        else if (passed > rule.Gap) state = state with { WarningSince = null, CriticalSince = null, UnknownSince = null, CalmSince = null, EasierSince = null };
        return Change(rule, Observe(rule, state, result.Measurement, now), result.Status, now);
    }

    private static RuleState Observe(AlertRule rule, RuleState state, Measurement measurement, DateTimeOffset now)
    {
        state = state with { LastAt = now };
        if (measurement.Status == CheckStatus.Unknown)
        {
            // One look that failed does not make good what was bad; not looking for long does not make it bad either.
            var forgotten = now - state.KnownAt > rule.Gap;
            return state with
            {
                UnknownSince = state.UnknownSince ?? now,
                CalmSince = null,
                EasierSince = null,
                WarningSince = forgotten ? null : state.WarningSince,
                CriticalSince = forgotten ? null : state.CriticalSince,
            };
        }
        var held = rule.Held(state.Fired, measurement);
        return state with
        {
            KnownAt = now,
            UnknownSince = null,
            WarningSince = measurement.Status >= CheckStatus.Warning ? state.WarningSince ?? now : null,
            CriticalSince = measurement.Status == CheckStatus.Critical ? state.CriticalSince ?? now : null,
            CalmSince = held == CheckStatus.Ok ? state.CalmSince ?? now : null,
            EasierSince = held < CheckStatus.Critical ? state.EasierSince ?? now : null,
        };
    }

    private static RuleDecision Change(AlertRule rule, RuleState state, CheckStatus measured, DateTimeOffset now)
    {
        if (Reached(rule, state, now) is var (reached, since) && reached > state.Fired)
        {
            var reason = string.Create(CultureInfo.InvariantCulture, $"{reached} since {since:u}, at least {rule.For(reached).TotalSeconds:0} s");
            var fires = state with { Fired = reached, BadSince = state.BadSince ?? since };
            return state.Fired == CheckStatus.Ok ? Toggled(rule, fires, RuleChange.Fired, reason, now) : Settled(rule, fires, RuleChange.Worsened, reason, now);
        }
        if (state.Fired != CheckStatus.Ok && Lasts(state.CalmSince, rule.ClearFor, now))
        {
            var reason = string.Create(CultureInfo.InvariantCulture, $"well inside the limits since {state.CalmSince:u}, at least {rule.ClearFor.TotalSeconds:0} s");
            return Toggled(rule, state with { Fired = CheckStatus.Ok, BadSince = null }, RuleChange.Cleared, reason, now);
        }
        if (state.Fired == CheckStatus.Critical && state is { CalmSince: null, UnknownSince: null } && Lasts(state.EasierSince, rule.ClearFor, now))
            return Settled(rule, state with { Fired = CheckStatus.Warning }, RuleChange.Eased, "well inside the critical limit, beyond the warning limit", now);
        return Settled(rule, state, RuleChange.None, Waiting(rule, state, measured), now);
    }

    // The worst status that has lasted long enough, and since when.
    private static (CheckStatus Status, DateTimeOffset Since) Reached(AlertRule rule, RuleState state, DateTimeOffset now) =>
        Lasts(state.CriticalSince, rule.For(CheckStatus.Critical), now) ? (CheckStatus.Critical, state.WarningSince ?? state.CriticalSince!.Value)
        : Lasts(state.WarningSince, rule.For(CheckStatus.Warning), now) ? (CheckStatus.Warning, state.WarningSince!.Value)
        : Lasts(state.UnknownSince, rule.For(CheckStatus.Unknown), now) ? (CheckStatus.Unknown, state.UnknownSince!.Value)
        : (CheckStatus.Ok, now);

    private static bool Lasts(DateTimeOffset? since, TimeSpan enough, DateTimeOffset now) => since is { } begin && now - begin + Jitter >= enough;

    private static RuleDecision Toggled(AlertRule rule, RuleState state, RuleChange change, string reason, DateTimeOffset now)
    {
        var next = state with { Changes = FlapTimes.Add(state.Changes, now, TimeSpan.FromSeconds(rule.Common.FlapWindowSeconds)) };
        var count = FlapTimes.Count(next.Changes);
        return !state.Flapping && count >= rule.Common.FlapChanges
            ? new(next with { Flapping = true }, RuleChange.FlappingBegan, $"{count} beginnings and ends within {rule.Common.FlapWindowSeconds} s")
            : new(next, change, reason);
    }

    private static RuleDecision Settled(AlertRule rule, RuleState state, RuleChange change, string reason, DateTimeOffset now)
    {
        if (!state.Flapping) return new(state, change, reason);
        var steady = TimeSpan.FromSeconds(rule.Common.FlapSteadySeconds);
        return FlapTimes.Newest(state.Changes) + steady <= now
            ? new(state with { Flapping = false, Changes = "" }, RuleChange.FlappingEnded, $"nothing began or ended for {rule.Common.FlapSteadySeconds} s")
            : new(state, change, reason);
    }

    private static string Waiting(AlertRule rule, RuleState state, CheckStatus measured) => (state.Fired, measured) switch
    {
        (CheckStatus.Ok, CheckStatus.Ok) => "within its limits",
        (CheckStatus.Ok, _) => string.Create(
            CultureInfo.InvariantCulture,
            $"{measured} since {(measured == CheckStatus.Unknown ? state.UnknownSince : state.WarningSince):u}; fires after {rule.For(measured).TotalSeconds:0} s"),
        (_, _) when state.CalmSince is { } calm => string.Create(CultureInfo.InvariantCulture, $"well since {calm:u}; ends after {rule.ClearFor.TotalSeconds:0} s"),
        _ => $"fires as {state.Fired}, not well inside its limits",
    };

    private static RuleState Shift(RuleState state, TimeSpan by) => state with
    {
        KnownAt = state.KnownAt + by,
        WarningSince = state.WarningSince + by,
        CriticalSince = state.CriticalSince + by,
        UnknownSince = state.UnknownSince + by,
        CalmSince = state.CalmSince + by,
        EasierSince = state.EasierSince + by,
        BadSince = state.BadSince + by,
        Changes = FlapTimes.Move(state.Changes, by),
    };
}
