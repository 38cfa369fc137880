using FestivalOps.Telemetry;

namespace FestivalOps.Channels.Courier;

/// <summary>What only a person can mend, such as a revoked token: said in <c>/ready</c> until it is over, and loudly in the log once a minute.</summary>
internal sealed partial class OperatorProblem(TimeProvider time, ILogger<OperatorProblem> logger) : IReadiness
{
    private static readonly TimeSpan SaidAgainAfter = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _reasons = new(StringComparer.Ordinal);
    private DateTimeOffset _saidAt;

    /// <inheritdoc/>
    public string? Problem
    {
        get
        {
            lock (_lock) return _reasons.Count == 0 ? null : $"outbox: {string.Join("; ", _reasons.Values.Distinct(StringComparer.Ordinal).Take(3))}";
        }
    }

    /// <summary>Something in <paramref name="lane"/> waits for a person because of <paramref name="reason"/>.</summary>
    public void Met(string lane, string reason)
    {
        lock (_lock)
        {
            _reasons[lane] = reason;
            if (time.GetUtcNow() - _saidAt < SaidAgainAfter) return;
            _saidAt = time.GetUtcNow();
        }
        Log.NeedsOperator(logger, reason, ErrorId.New());
    }

    /// <summary>In <paramref name="lane"/> something arrived again.</summary>
    public void Over(string lane)
    {
        lock (_lock) _reasons.Remove(lane);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Critical, "Messages wait until someone mends this: {Reason}. Error id {ErrorId}")]
        public static partial void NeedsOperator(ILogger logger, string reason, string errorId);
    }
}
