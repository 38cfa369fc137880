using FestivalOps.Checks;
using FestivalOps.Telemetry;
using Microsoft.Extensions.Options;
using Prometheus;

namespace FestivalOps.Alerting.Rules;

/// <summary>Knows when the rules were last evaluated in this process; not fooled by a clock that is set.</summary>
internal sealed class RuleClock(IOptions<ChecksOptions> options, TimeProvider time) : IMetricSource
{
    private readonly long _start = time.GetTimestamp();
    private long _last;

    /// <summary>False when nothing is measured unasked, by choice.</summary>
    public bool IsRunning => options.Value.EverySeconds > 0;

    /// <summary>Three intervals without an evaluation, and at least three minutes, are too long.</summary>
    public TimeSpan Patience => TimeSpan.FromSeconds(Math.Max(180, 3 * options.Value.EverySeconds));

    /// <summary>How long ago the last evaluation was; at first, how long ago the start was.</summary>
    public TimeSpan SinceLast => time.GetElapsedTime(Volatile.Read(ref _last) is var last and not 0 ? last : _start);

    /// <summary>True while the rules are evaluated as they should be.</summary>
    public bool IsFresh => IsRunning && Volatile.Read(ref _last) != 0 && SinceLast <= Patience;

    /// <summary>The rules were evaluated now.</summary>
    public void Evaluated() => Volatile.Write(ref _last, time.GetTimestamp());

    /// <inheritdoc/>
    public void Register(MetricFactory metrics, CollectorRegistry registry)
    {
        var age = metrics.CreateGauge("festivalops_rules_evaluated_seconds_ago", "Time since the alert rules were last evaluated; grows while they are not");
        registry.AddBeforeCollectCallback(() => age.Set(SinceLast.TotalSeconds));
    }
}
