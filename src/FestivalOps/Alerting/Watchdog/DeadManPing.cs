using FestivalOps.Alerting.Rules;
using FestivalOps.Channels;
using FestivalOps.Storage;
using FestivalOps.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FestivalOps.Alerting.Watchdog;

/// <summary>
/// Sends the sign of life, only while everything works that alerts need: the rules are evaluated, the store answers, the outbox moves.
/// Silence is the alarm.
/// </summary>
internal sealed partial class DeadManPing(
    IHttpClientFactory clients,
    IDbContextFactory<OpsDbContext> store,
    StoreState state,
    RuleClock clock,
    IOptions<DeadManOptions> options,
    TimeProvider time,
    ILogger<DeadManPing> logger) : BackgroundService
{
    /// <summary>Name of the HTTP client.</summary>
    public const string ClientName = "dead-man";

    /// <summary>How long the other side may take to answer: 10 seconds.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private string? _problem;

    /// <summary>Sends the sign once, or says once why not. True when it arrived.</summary>
    public async Task<bool> PingAsync(CancellationToken ct)
    {
        try
        {
            if (await WhyNotAsync(ct) is { } reason)
            {
                Complain(reason, failure: null);
                return false;
            }
            using var limit = new CancellationTokenSource(Timeout, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
            using var client = clients.CreateClient(ClientName);
            using var answer = await client.GetAsync(options.Value.Url, HttpCompletionOption.ResponseHeadersRead, both.Token);
            if (!answer.IsSuccessStatusCode)
            {
                Complain($"the other side answered HTTP {(int)answer.StatusCode}", failure: null);
                return false;
            }
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            Complain(failure is OperationCanceledException ? "the other side did not answer in time" : "the other side, or the store, could not be reached", failure);
            return false;
        }
        if (_problem is not null) Log.Back(logger);
        _problem = null;
        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Url is null) return;
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.EverySeconds), time);
        do await PingAsync(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<string?> WhyNotAsync(CancellationToken ct)
    {
        if (!clock.IsRunning) return "nothing is measured unasked (Checks:Run:EverySeconds is 0)";
        if (!state.IsReachable) return "the store does not answer";
        if (!clock.IsFresh) return "the alert rules are not evaluated";
        var before = time.GetUtcNow() - TimeSpan.FromSeconds(options.Value.OutboxStuckSeconds);
        await using var db = store.CreateDbContext();
        // Redraws and notes may wait for their card; a page and a card wait for nobody but Slack.
        var stuck = await db.Set<OutboxRow>().AnyAsync(
            r => r.State == OutboxState.Waiting && r.CreatedAt < before && (r.Priority == OutboxPriority.Page || r.Priority == OutboxPriority.Card), ct);
        return stuck ? "the outbox is stuck" : null;
    }

    // Once for each change of the reason, not every minute.
    private void Complain(string problem, Exception? failure)
    {
        if (problem == _problem) return;
        _problem = problem;
        Log.NotSent(logger, failure, problem, ErrorId.New());
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "No sign of life is sent outward: {Problem}. It goes on by itself. Error id {ErrorId}")]
        public static partial void NotSent(ILogger logger, Exception? failure, string problem, string errorId);

        [LoggerMessage(LogLevel.Information, "The sign of life is sent again")]
        public static partial void Back(ILogger logger);
    }
}
