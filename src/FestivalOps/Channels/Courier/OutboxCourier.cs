using FestivalOps.Channels.Outage;
using FestivalOps.Storage;
using FestivalOps.Telemetry;
using Microsoft.Extensions.Options;

namespace FestivalOps.Channels.Courier;

/// <summary>
/// Sends what waits. It looks when the outbox is woken and once a second, takes the first row of each free lane, pages first, and sends
/// many lanes side by side but one row at a time in each. It keeps nothing that a restart would lose.
/// </summary>
internal sealed partial class OutboxCourier(
    Outbox outbox,
    OutboxDesk desk,
    Errand errand,
    SlackOutage outage,
    SlackReturn slackReturn,
    StoreState state,
    IOptions<OutboxOptions> options,
    TimeProvider time,
    ILogger<OutboxCourier> logger) : BackgroundService
{
    /// <summary>Longest pause between two looks: 1 second.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>How long what is being sent may still take when the bot stops: 5 seconds.</summary>
    public static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(5);

    // Of lanes that nobody uses any more only so many are remembered.
    private const int ManyLanes = 1000;

    private readonly CancellationTokenSource _cut = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Lane> _lanes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Task> _running = new(StringComparer.Ordinal);
    private readonly int[] _working = new int[Enum.GetValues<Service>().Length];
    private long _look;
    private Task _asking = Task.CompletedTask;
    private bool _wasDown;

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        Task[] running;
        lock (_lock) running = [.. _running.Values, _asking];
        await Task.WhenAny(Task.WhenAll(running), Task.Delay(DrainTime, time, cancellationToken));
        await _cut.CancelAsync();
        await Task.WhenAny(Task.WhenAll(running), Task.Delay(DrainTime, time, cancellationToken));
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _cut.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await state.Ready.WaitAsync(stoppingToken);
        await slackReturn.RememberAsync(stoppingToken);
        var failed = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            var patience = Every;
            try
            {
                patience = await LookAsync(stoppingToken);
                failed = false;
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                // Said once, not every second.
                if (!failed) Log.NoLook(logger, failure, ErrorId.New());
                failed = true;
            }
            await outbox.WaitAsync(patience, stoppingToken);
        }
    }

    /// <summary>Starts an errand in each lane that may send now; returns when to look again at the latest.</summary>
    private async Task<TimeSpan> LookAsync(CancellationToken ct)
    {
        lock (_lock) _look++;
        var heads = await desk.HeadsAsync(ct);
        outage.Tick();
        ReleaseLanes();
        AskSlack(nothingWaits: !heads.Exists(h => h.Carrier.IsSlack()));
        var now = time.GetUtcNow();
        var next = now + Every;
        foreach (var head in heads.OrderBy(h => h.Priority).ThenBy(h => h.Id, StringComparer.Ordinal))
        {
            var service = ServiceOf(head.Carrier);
            if (service == Service.Slack && !outage.LetsThrough) continue;
            lock (_lock)
            {
                var lane = LaneOf(head);
                if (lane.IsBusy || lane.EndedDuringLook == _look || _working[(int)service] >= Limit(service)) continue;
                if (lane.FreeAt > now)
                {
                    if (lane.FreeAt < next) next = lane.FreeAt;
                    continue;
                }
                lane.IsBusy = true;
                _working[(int)service]++;
                _running[head.Lane] = Task.Run(() => RunAsync(head, lane, service), CancellationToken.None);
            }
        }
        var patience = next - now;
        return patience > TimeSpan.FromMilliseconds(1) ? patience : TimeSpan.FromMilliseconds(1);
    }

    private async Task RunAsync(OutboxRow row, Lane lane, Service service)
    {
        try
        {
            await errand.RunAsync(row, lane, _cut.Token);
        }
        finally
        {
            lock (_lock)
            {
                (lane.IsBusy, lane.EndedDuringLook) = (false, _look);
                _working[(int)service]--;
                _running.Remove(row.Lane);
            }
            outbox.Wake();
        }
    }

    // While nobody knows whether Slack is there, one try at a time: each that times out must be looked for afterwards.
    private int Limit(Service service) => service == Service.Slack && outage.IsDoubtful ? 1 : options.Value.Parallel;

    private Lane LaneOf(OutboxRow row) => row.Priority == OutboxPriority.File
        ? LaneOf(row, row.Lane, LaneOf(row, $"{row.Carrier}:{row.Target}", null))
        : LaneOf(row, row.Lane, null);

    private Lane LaneOf(OutboxRow row, string name, Lane? channel)
    {
        if (_lanes.TryGetValue(name, out var known)) return known;
        if (_lanes.Count >= ManyLanes)
        {
            var now = time.GetUtcNow();
            foreach (var (idle, _) in _lanes.Where(l => !l.Value.IsBusy && l.Value.FreeAt <= now).ToList()) _lanes.Remove(idle);
        }
        var interval = row.Carrier.IsSlack() ? TimeSpan.FromMilliseconds(options.Value.PostEveryMilliseconds) : TimeSpan.Zero;
        return _lanes[name] = new(interval, channel);
    }

    // Slack took something again: nobody need wait for the end of a back-off.
    private void ReleaseLanes()
    {
        var isDown = outage.DownSince is not null;
        if (_wasDown && !isDown)
        {
            lock (_lock)
            {
                foreach (var lane in _lanes.Values) lane.Release();
            }
        }
        _wasDown = isDown;
    }

    // Beside the loop: Slack may let us wait for seconds, and mail must go out meanwhile.
    private void AskSlack(bool nothingWaits)
    {
        // While rows are tried, they are the question.
        if (!_asking.IsCompleted || !slackReturn.IsDue || (!nothingWaits && outage.LetsThrough)) return;
        lock (_lock) _asking = Task.Run(AskAsync, CancellationToken.None);
    }

    private async Task AskAsync()
    {
        try
        {
            await slackReturn.AskAsync(_cut.Token);
        }
        catch (OperationCanceledException) when (_cut.IsCancellationRequested)
        {
            Log.Stopped(logger);
        }
        outbox.Wake();
    }

    private static Service ServiceOf(Carrier carrier) => carrier switch
    {
        Carrier.Mail => Service.Mail,
        Carrier.Webhook => Service.Webhook,
        _ => Service.Slack,
    };

    // What hangs together: when one of them hangs, the others must not wait for it.
    private enum Service
    {
        Slack,
        Mail,
        Webhook,
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The outbox could not be looked at; it is tried every second. Error id {ErrorId}")]
        public static partial void NoLook(ILogger logger, Exception failure, string errorId);

        [LoggerMessage(LogLevel.Debug, "A question to Slack was stopped")]
        public static partial void Stopped(ILogger logger);
    }
}
