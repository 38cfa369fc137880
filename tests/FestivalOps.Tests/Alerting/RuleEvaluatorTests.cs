using FestivalOps.Alerting.Rules;
using FestivalOps.Checks;
using FestivalOps.Language;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Alerting;

/// <summary>The decision alone: one measurement a minute unless a test says otherwise.</summary>
public sealed class RuleEvaluatorTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 3, 0, 0, TimeSpan.Zero);
    private static readonly Threshold CpuLimits = new(80, 90);

    private readonly List<RuleChange> _changes = [];
    private readonly List<CheckStatus> _outward = [];
    private AlertRule _rule = Rule("cpu");
    private DateTimeOffset _now = Start;
    private RuleState? _state;

    [Fact]
    public void A_warning_that_lasts_five_minutes_fires_once()
    {
        Measures(40);
        Measures([.. Enumerable.Repeat(85.0, 5)]);
        Changes().ShouldBe([]);
        Measures(85);
        Changes().ShouldBe([RuleChange.Fired]);
        _state!.Fired.ShouldBe(CheckStatus.Warning);
        _state.BadSince.ShouldBe(Start.AddMinutes(1), "since when it is bad, not since when it fires");
        Measures([.. Enumerable.Repeat(85.0, 60)]);
        Changes().ShouldBe([RuleChange.Fired]);
    }

    [Fact]
    public void A_warning_of_four_minutes_is_nobody_s_business()
    {
        Measures(85, 85, 85, 85, 79, 85, 85, 85, 85, 60);
        Changes().ShouldBe([]);
    }

    [Fact]
    public void A_measurement_a_moment_early_costs_no_minute()
    {
        Measures(85);
        for (var i = 0; i < 5; i++)
        {
            _now += TimeSpan.FromSeconds(59.9) - TimeSpan.FromMinutes(1);
            Measures(85);
        }
        Changes().ShouldBe([RuleChange.Fired]);
    }

    [Fact]
    public void A_database_that_is_gone_fires_at_once()
    {
        _rule = Rule("postgresql");
        Measures(Measurement.Critical(LocalizedText.Same("gone")));
        Changes().ShouldBe([RuleChange.Fired]);
        _rule.Level(CheckStatus.Critical).ShouldBe(3);
    }

    [Fact]
    public void It_ends_only_well_inside_the_limit_and_after_a_while()
    {
        Measures([.. Enumerable.Repeat(85.0, 6)]);
        Measures([.. Enumerable.Repeat(78.0, 20)]);
        Changes().ShouldBe([RuleChange.Fired], "78 % is inside the limit, but not by five points");
        Measures(74, 74, 74, 77, 74, 74, 74, 74, 74);
        Changes().ShouldBe([RuleChange.Fired]);
        Measures(75);
        Changes().ShouldBe([RuleChange.Fired, RuleChange.Cleared]);
        _state!.BadSince.ShouldBeNull();
    }

    [Fact]
    public void A_warning_that_becomes_critical_worsens_and_eases_again()
    {
        Measures([.. Enumerable.Repeat(85.0, 6)]);
        var since = _state!.BadSince;
        Measures([.. Enumerable.Repeat(95.0, 5)]);
        Changes().ShouldBe([RuleChange.Fired]);
        Measures(95);
        Changes().ShouldBe([RuleChange.Fired, RuleChange.Worsened]);
        _state!.BadSince.ShouldBe(since);
        Measures([.. Enumerable.Repeat(88.0, 10)]);
        Changes().Count.ShouldBe(2, "88 % is not five points below 90 %");
        Measures([.. Enumerable.Repeat(84.0, 6)]);
        Changes().ShouldBe([RuleChange.Fired, RuleChange.Worsened, RuleChange.Eased]);
        Measures([.. Enumerable.Repeat(50.0, 6)]);
        Changes()[^1].ShouldBe(RuleChange.Cleared);
    }

    [Fact]
    public void Critical_at_once_needs_no_warning_before_it()
    {
        Measures([.. Enumerable.Repeat(99.0, 6)]);
        Changes().ShouldBe([RuleChange.Fired]);
        _state!.Fired.ShouldBe(CheckStatus.Critical);
    }

    [Fact]
    public void Easing_to_a_warning_shortly_before_the_calm_does_not_shorten_the_calm()
    {
        Measures([.. Enumerable.Repeat(99.0, 6)]);
        Measures(82, 82, 82, 82, 50, 50, 50);
        Changes().ShouldBe([RuleChange.Fired], "not calm for five minutes yet");
        Measures(50, 50, 50);
        Changes().ShouldBe([RuleChange.Fired, RuleChange.Cleared]);
    }

    [Fact]
    public void What_can_not_be_measured_for_five_minutes_fires_as_unknown_and_a_single_miss_does_not()
    {
        Measures(Unknown(), Measured(40), Unknown(), Unknown(), Unknown(), Unknown(), Unknown());
        Changes().ShouldBe([]);
        Measures(Unknown());
        Changes().ShouldBe([RuleChange.Fired]);
        _state!.Fired.ShouldBe(CheckStatus.Unknown);
        Measures([.. Enumerable.Repeat(40.0, 6)]);
        Changes().ShouldBe([RuleChange.Fired, RuleChange.Cleared]);
    }

    [Fact]
    public void A_miss_among_bad_measurements_neither_helps_nor_harms()
    {
        Measures(Measured(85), Unknown(), Measured(85), Unknown(), Unknown(), Measured(85));
        Changes().ShouldBe([RuleChange.Fired]);
        _state!.Fired.ShouldBe(CheckStatus.Warning);
        Measures(Measured(40), Measured(40), Unknown(), Measured(40), Measured(40), Measured(40), Measured(40), Measured(40));
        Changes().ShouldBe([RuleChange.Fired], "a miss is no calm");
        Measures(40);
        Changes()[^1].ShouldBe(RuleChange.Cleared);
    }

    [Fact]
    public void An_alert_that_fires_does_not_end_because_nothing_can_be_measured()
    {
        Measures([.. Enumerable.Repeat(85.0, 6)]);
        Measures([.. Enumerable.Repeat(Unknown(), 60)]);
        Changes().ShouldBe([RuleChange.Fired]);
        _outward[^1].ShouldBe(CheckStatus.Warning);
    }

    [Fact]
    public void A_pause_in_measuring_that_is_too_long_starts_the_time_anew()
    {
        Measures(85, 85, 85, 85);
        _now += TimeSpan.FromMinutes(10);
        Measures(85, 85, 85, 85, 85);
        Changes().ShouldBe([]);
        Measures(85);
        Changes().ShouldBe([RuleChange.Fired]);
    }

    [Fact]
    public void A_short_pause_lets_the_time_run_on()
    {
        Measures(85, 85);
        _now += TimeSpan.FromMinutes(3);
        Measures(85);
        Changes().ShouldBe([RuleChange.Fired]);
    }

    [Fact]
    public void A_pause_does_not_end_what_fires()
    {
        Measures([.. Enumerable.Repeat(85.0, 6)]);
        _now += TimeSpan.FromHours(5);
        Measures(40, 40, 40);
        Changes().ShouldBe([RuleChange.Fired]);
    }

    [Theory]
    [InlineData(-45)]
    [InlineData(-3600)]
    [InlineData(-86_400)]
    public void A_clock_that_is_set_back_fires_and_ends_nothing_and_the_time_runs_on(int seconds)
    {
        Measures(85, 85, 85);
        _now += TimeSpan.FromSeconds(seconds);
        Measures(85, 85);
        Changes().ShouldBe([]);
        Measures(85, 85);
        Changes().ShouldBe([RuleChange.Fired]);
        Measures(40, 40, 40);
        _now += TimeSpan.FromSeconds(seconds);
        Measures(40, 40);
        Changes().ShouldBe([RuleChange.Fired]);
        Measures(40, 40);
        Changes().ShouldBe([RuleChange.Fired, RuleChange.Cleared]);
    }

    [Fact]
    public void A_round_that_comes_late_changes_nothing()
    {
        Measures([.. Enumerable.Repeat(85.0, 6)]);
        var state = _state;
        _now -= TimeSpan.FromMinutes(1) + TimeSpan.FromSeconds(10);
        Measures(10);
        _state.ShouldBe(state);
    }

    [Fact]
    public void What_comes_and_goes_is_said_once_and_not_twenty_times()
    {
        _rule = Rule("postgresql");
        for (var i = 0; i < 20; i++) Measures(Down(), Down(), Up(), Up());
        Changes().Count(c => c == RuleChange.FlappingBegan).ShouldBe(1);
        var told = _outward.Zip(_outward.Skip(1)).Count(pair => pair.First != pair.Second);
        told.ShouldBeLessThanOrEqualTo(5, "fired, ended, fired, ended, fired: then it stays up until it is steady");
        _state!.Flapping.ShouldBeTrue();
        _outward[^1].ShouldBe(CheckStatus.Critical);

        Measures([.. Enumerable.Repeat(Up(), 29)]);
        _state!.Flapping.ShouldBeTrue();
        Measures(Up(), Up(), Up());
        Changes()[^1].ShouldBe(RuleChange.FlappingEnded);
        _outward[^1].ShouldBe(CheckStatus.Ok);
    }

    [Fact]
    public void What_stays_bad_after_flapping_still_fires_when_it_is_steady()
    {
        _rule = Rule("postgresql");
        for (var i = 0; i < 5; i++) Measures(Down(), Down(), Up(), Up());
        Measures([.. Enumerable.Repeat(Down(), 32)]);
        Changes()[^1].ShouldBe(RuleChange.FlappingEnded);
        _outward[^1].ShouldBe(CheckStatus.Critical);
    }

    [Fact]
    public void Small_values_are_the_bad_ones_of_a_certificate_and_of_availability()
    {
        _rule = Rule("availability");
        var limits = new Threshold(99.5, 99, LowIsBad: true);
        Measures(Measurement.Judged(99.4, Unit.FinePercent, limits));
        _state!.Fired.ShouldBe(CheckStatus.Warning);
        Measures([.. Enumerable.Repeat(Measurement.Judged(99.52, Unit.FinePercent, limits), 20)]);
        Changes().ShouldBe([RuleChange.Fired]);
        Measures([.. Enumerable.Repeat(Measurement.Judged(99.55, Unit.FinePercent, limits), 6)]);
        Changes().ShouldBe([RuleChange.Fired, RuleChange.Cleared]);
    }

    [Fact]
    public void A_margin_that_no_value_could_ever_reach_is_cut_so_that_alerts_can_end()
    {
        var options = new RulesOptions { ErrorRate = new() { WarningForSeconds = 0, ClearForSeconds = 0, ClearMargin = 50 } };
        _rule = RuleBook.All(options).Single(r => r.Check == "error-rate");
        Measures(Measurement.Judged(2, Unit.Percent, new(1, 5)), Measurement.Judged(0.6, Unit.Percent, new(1, 5)));
        Changes().ShouldBe([RuleChange.Fired]);
        Measures(Measurement.Judged(0.5, Unit.Percent, new(1, 5)));
        Changes().ShouldBe([RuleChange.Fired, RuleChange.Cleared]);
    }

    [Fact]
    public void Every_decision_says_why()
    {
        Measures(85);
        Decide(Measured(85)).Reason.ShouldBe("Warning since 2026-11-23 03:00:00Z; fires after 300 s");
        Measures(85, 85, 85, 85);
        Decide(Measured(40)).Reason.ShouldBe("well since 2026-11-23 03:06:00Z; ends after 300 s");
        Decide(Unknown()).Reason.ShouldBe("fires as Warning, not well inside its limits");
    }

    private static AlertRule Rule(string check) => RuleBook.All(new RulesOptions()).Single(r => r.Check == check);

    private static Measurement Measured(double value) => Measurement.Judged(value, Unit.Percent, CpuLimits);

    private static Measurement Unknown() => Measurement.Unknown(LocalizedText.Same("away"));

    private static Measurement Down() => Measurement.Critical(LocalizedText.Same("down"));

    private static Measurement Up() => Measurement.Ok(LocalizedText.Same("up"));

    private List<RuleChange> Changes() => [.. _changes.Where(c => c != RuleChange.None)];

    private void Measures(params double[] values) => Measures([.. values.Select(Measured)]);

    private void Measures(params Measurement[] measurements)
    {
        foreach (var measurement in measurements) Decide(measurement);
    }

    private RuleDecision Decide(Measurement measurement)
    {
        var decision = RuleEvaluator.Decide(_rule, _state, new(_rule.Check, LocalizedText.Same(_rule.Check), measurement, TimeSpan.Zero, _now), _now);
        _state = decision.State with { Told = decision.Outward };
        _changes.Add(decision.Change);
        _outward.Add(decision.Outward);
        _now += TimeSpan.FromMinutes(1);
        return decision;
    }
}
