using System.Net;
using System.Net.Http.Headers;
using FestivalOps.Slack.Beyond;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace FestivalOps.Slack.Sending;

/// <summary>How often a method may be repeated when the outcome of a try is unknown.</summary>
internal enum Repeat
{
    /// <summary>Reading, or writing with the same result however often: repeated.</summary>
    Harmless,

    /// <summary>Would be done twice: never repeated blindly.</summary>
    Never,

    /// <summary>The caller decides anew before each try: one try, and no waiting for a limit.</summary>
    ByCaller,
}

/// <summary>Sends one request until its outcome is known or may not be found out by repeating.</summary>
internal sealed partial class SlackTransport
{
    public const string HttpClientName = "FestivalOps.Slack";

    /// <summary>Time for one try.</summary>
    internal static readonly TimeSpan TryTime = TimeSpan.FromSeconds(10);

    /// <summary>Time for all tries with their waits.</summary>
    internal static readonly TimeSpan TotalTime = TimeSpan.FromMinutes(2);

    /// <summary>A longer Retry-After is given to the caller instead of being waited for.</summary>
    internal static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    private const int Retries = 4;
    private static readonly ResiliencePropertyKey<(string Method, Repeat Repeat)> Call = new("slack-call");

    private readonly IHttpClientFactory _clients;
    private readonly TimeProvider _time;
    private readonly ILogger<SlackTransport> _logger;
    private readonly ResiliencePipeline<Attempt> _pipeline;
    private readonly LimitMemory _limits;

    public SlackTransport(IHttpClientFactory clients, TimeProvider time, ILogger<SlackTransport> logger)
    {
        (_clients, _time, _logger) = (clients, time, logger);
        _limits = new LimitMemory(time);
        _pipeline = new ResiliencePipelineBuilder<Attempt> { TimeProvider = time }
            .AddTimeout(new TimeoutStrategyOptions { Timeout = TotalTime, Name = "total" })
            .AddRetry(new RetryStrategyOptions<Attempt>
            {
                MaxRetryAttempts = Retries,
                Delay = TimeSpan.FromSeconds(1),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = arguments => new(ShouldRepeat(arguments)),
                DelayGenerator = arguments => new(arguments.Outcome is { Result: { } attempt } ? attempt.RetryAfter : null),
                OnRetry = arguments =>
                {
                    if (arguments.Outcome is { Result: { } attempt })
                        Log.Repeating(_logger, MethodOf(arguments.Context), attempt.Outcome, arguments.RetryDelay.TotalSeconds);
                    return default;
                },
            })
            .Build();
    }

    /// <param name="method">For messages: the Web API method, or <c>response_url</c>.</param>
    /// <param name="limitKey">What a 429 concerns.</param>
    /// <param name="repeat">Whether it may be repeated.</param>
    /// <param name="create">Makes the request anew for each try.</param>
    /// <param name="read">Reads the answer.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<JsonElement> Send(
        string method, string limitKey, Repeat repeat, Func<HttpRequestMessage> create,
        Func<HttpStatusCode, TimeSpan?, ReadOnlyMemory<byte>, Attempt> read, CancellationToken cancellationToken)
    {
        if (repeat == Repeat.ByCaller)
        {
            if (_limits.Left(limitKey) is { } left) throw new SlackRateLimitException(left);
            var only = await TryOnce(method, limitKey, create, read, cancellationToken).ConfigureAwait(false);
            return only.Outcome == Outcome.Done ? only.Answer : throw Failure(method, only);
        }
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(Call, (method, repeat));
        Attempt? last = null;
        try
        {
            var attempt = await _pipeline.ExecuteAsync(
                async ctx =>
                {
                    await _limits.Wait(limitKey, ctx.CancellationToken).ConfigureAwait(false);
                    return last = await TryOnce(method, limitKey, create, read, ctx.CancellationToken).ConfigureAwait(false);
                },
                context).ConfigureAwait(false);
            return attempt.Outcome == Outcome.Done ? attempt.Answer : throw Failure(method, attempt);
        }
        catch (TimeoutRejectedException cause)
        {
            throw last is null ? new SlackUnclearException(method, cause) : Failure(method, last);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async Task<Attempt> TryOnce(
        string method, string limitKey, Func<HttpRequestMessage> create, Func<HttpStatusCode, TimeSpan?, ReadOnlyMemory<byte>, Attempt> read, CancellationToken cancellationToken)
    {
        using var request = create();
        using var deadline = new CancellationTokenSource(TryTime, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            using var client = _clients.CreateClient(HttpClientName);
            using var response = await client.SendAsync(request, either.Token).ConfigureAwait(false);
            var body = await response.Content.ReadAsByteArrayAsync(either.Token).ConfigureAwait(false);
            var attempt = read(response.StatusCode, RetryAfter(response.Headers.RetryAfter), body);
            if (attempt.Outcome == Outcome.Limited)
                _limits.Remember(limitKey, attempt.RetryAfter ?? TimeSpan.FromSeconds(1));
            return attempt;
        }
        catch (OperationCanceledException cause) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new Attempt(Outcome.Unclear) { Cause = cause };
        }
        catch (HttpRequestException cause)
        {
            Log.Failed(_logger, method, cause.HttpRequestError);
            var notSent = cause.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;
            return new Attempt(notSent ? Outcome.NotTaken : Outcome.Unclear) { Cause = cause };
        }
        catch (IOException cause)
        {
            Log.Failed(_logger, method, HttpRequestError.Unknown);
            return new Attempt(Outcome.Unclear) { Cause = cause };
        }
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header)
    {
        var wait = header switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - _time.GetUtcNow(),
            _ => (TimeSpan?)null,
        };
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private static bool ShouldRepeat(RetryPredicateArguments<Attempt> arguments) => arguments.Outcome switch
    {
        { Result: { Outcome: Outcome.Limited } attempt } => attempt.RetryAfter is null || attempt.RetryAfter <= LongestWait,
        { Result.Outcome: Outcome.NotTaken } => true,
        { Result.Outcome: Outcome.Unclear } => arguments.Context.Properties.TryGetValue(Call, out var call) && call.Repeat == Repeat.Harmless,
        _ => false,
    };

    private static string MethodOf(ResilienceContext context) => context.Properties.TryGetValue(Call, out var call) ? call.Method : "";

    private static Exception Failure(string method, Attempt attempt) => attempt.Outcome switch
    {
        Outcome.Limited => new SlackRateLimitException(attempt.RetryAfter),
        Outcome.NotTaken => new SlackUnavailableException(method, attempt.Cause ?? Refusal(attempt)),
        Outcome.Unclear => new SlackUnclearException(method, attempt.Cause ?? Refusal(attempt)),
        _ => new SlackException(attempt.Error),
    };

    private static SlackException? Refusal(Attempt attempt) => attempt.Error is null ? null : new SlackException(attempt.Error);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Slack {Method}: {Outcome}; trying again in {Seconds:0.0} s")]
        public static partial void Repeating(ILogger logger, string method, Outcome outcome, double seconds);

        [LoggerMessage(2, LogLevel.Warning, "Slack {Method}: no connection or it broke ({HttpError})")]
        public static partial void Failed(ILogger logger, string method, HttpRequestError httpError);
    }
}
