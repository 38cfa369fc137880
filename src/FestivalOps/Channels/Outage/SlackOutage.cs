using FestivalOps.Telemetry;
using Microsoft.Extensions.Options;
using Prometheus;

namespace FestivalOps.Channels.Outage;

/// <summary>
/// Knows since when Slack has not taken anything of what the outbox wanted to send. Features ask <see cref="IsOut"/> and wait for
/// <see cref="Changed"/>.
/// </summary>
internal sealed class SlackOutage(IOptions<OutboxOptions> options, TimeProvider time) : IMetricSource
{
    // After so many failures in a row it is Slack and not a channel.
    private const int Doubts = 3;

    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = New();
    private DateTimeOffset? _downSince;
    private int _failures;
    private bool _announced;
    private bool _doorOpen;

    /// <summary>From when on it counts: <see cref="OutboxOptions.OutageAfterSeconds"/>.</summary>
    public TimeSpan Threshold => TimeSpan.FromSeconds(options.Value.OutageAfterSeconds);

    /// <summary>When Slack first did not take something, if it has taken nothing since; UTC. Null: all is well as far as we know.</summary>
    public DateTimeOffset? DownSince
    {
        get
        {
            lock (_lock) return _downSince;
        }
    }

    /// <summary>True when Slack has taken nothing for as long as <see cref="Threshold"/>: other ways have to be gone.</summary>
    public bool IsOut => DownSince is { } since && time.GetUtcNow() - since >= Threshold;

    /// <summary>Ends at the next change of <see cref="DownSince"/> or <see cref="IsOut"/>. Ask for it before the look whose answer it is to renew.</summary>
    public Task Changed
    {
        get
        {
            lock (_lock) return _changed.Task;
        }
    }

    /// <summary>Several failures in a row: one try at a time is enough.</summary>
    public bool IsDoubtful
    {
        get
        {
            lock (_lock) return _failures >= Doubts;
        }
    }

    /// <summary>True when waiting rows may be tried: no outage, or it was answered again and the catch-up is written.</summary>
    public bool LetsThrough
    {
        get
        {
            if (!IsOut) return true;
            lock (_lock) return _doorOpen;
        }
    }

    /// <summary>
    /// Slack took something. That ends an outage, but not before the catch-up of a long one is written (<see cref="OpenDoor"/>): what was on its
    /// way when the outage began to count may be the first to arrive.
    /// </summary>
    public void Taken()
    {
        if (LetsThrough) Over();
    }

    /// <summary>The outage is over.</summary>
    public void Over()
    {
        lock (_lock)
        {
            var wasDown = _downSince is not null;
            (_downSince, _failures, _announced, _doorOpen) = (null, 0, false, false);
            if (wasDown) Ring();
        }
    }

    /// <summary>Slack did not take something.</summary>
    /// <param name="since">Since when, where that is known better than "now".</param>
    public void NotTaken(DateTimeOffset? since = null)
    {
        lock (_lock)
        {
            _failures++;
            _doorOpen = false;
            if (_downSince is not null) return;
            _downSince = since ?? time.GetUtcNow();
            Ring();
        }
    }

    /// <summary>Slack answers again and the catch-up is written: the waiting rows may be tried. Over is it only when one was taken.</summary>
    public void OpenDoor()
    {
        lock (_lock) _doorOpen = _downSince is not null;
    }

    /// <summary>Tells those who wait when the threshold was crossed; called now and then.</summary>
    public void Tick()
    {
        if (!IsOut) return;
        lock (_lock)
        {
            if (_announced) return;
            _announced = true;
            Ring();
        }
    }

    /// <inheritdoc/>
    public void Register(MetricFactory metrics, CollectorRegistry registry)
    {
        var down = metrics.CreateGauge("festivalops_slack_down_seconds", "How long Slack has taken nothing of what was to be sent; 0: it takes");
        registry.AddBeforeCollectCallback(() => down.Set(DownSince is { } since ? Math.Max(0, (time.GetUtcNow() - since).TotalSeconds) : 0));
    }

    private void Ring()
    {
        _changed.TrySetResult();
        _changed = New();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
