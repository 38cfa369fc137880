using System.Globalization;
using FestivalOps.Storage;
using FestivalOps.Telemetry;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace FestivalOps.Alerting.Webhook;

/// <summary>
/// <c>POST /alerts/alertmanager</c>. 200: durable, all that could be read. 400, 413, 415: can't be read, with the reason; repeating does not help, and Alertmanager
/// does not. 401: who are you. 503: not now; Alertmanager repeats.
/// </summary>
internal sealed partial class AlertmanagerEndpoint(
    WebhookKey key, AlertmanagerReader reader, ShortCut shortCut, AlertInbox inbox, IOptions<WebhookOptions> options, StoreState store, AlertCounter counter, LeftOutConcern leftOut, WrongSecretConcern wrongSecret, TimeProvider time,
    ILogger<AlertmanagerEndpoint> logger)
{
    /// <summary>Where it is.</summary>
    public const string Path = "/alerts/alertmanager";

    private static readonly TimeSpan DurableWithin = TimeSpan.FromSeconds(10);

    /// <summary>Takes one request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        if (!key.Opens(context.Request.Headers.Authorization))
        {
            // Without any, it is someone who looks around.
            if (!string.IsNullOrEmpty(context.Request.Headers.Authorization)) wrongSecret.Met(context.Connection.RemoteIpAddress?.ToString() ?? "?");
            context.Response.Headers.WWWAuthenticate = "Bearer, Basic realm=\"alerts\"";
            await RefuseAsync(context, 401, "the secret is missing or wrong (Alerting:Webhook)");
            return;
        }
        var max = options.Value.MaxBodyBytes;
        var length = context.Request.ContentLength;
        if (context.Request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) != true || context.Request.Headers.ContentEncoding.Count > 0)
            await RefuseWholeAsync(context, 415, "the body must be application/json without a content encoding");
        else if (length > max)
            await RefuseWholeAsync(context, 413, TooLarge(max));
        else if (!store.IsReady || !inbox.TryReserve(length ?? max))
            await LaterAsync(context, store.IsReady ? "too many alerts wait to become incidents" : "the store is not open yet");
        else await TakeAsync(context, length, max);
    }

    private async Task TakeAsync(HttpContext context, long? length, int max)
    {
        var (reserved, arriving) = (length ?? max, false);
        try
        {
            var body = await BodyAsync(context, length, max);
            inbox.Arriving();
            arriving = true;
            var webhook = reader.Read(body, time.GetUtcNow());
            if (webhook.Alerts.Count > 0 && !await shortCut.TryAsync(webhook.Alerts, context.RequestAborted).WaitAsync(DurableWithin, time, context.RequestAborted))
            {
                inbox.Release(reserved - body.Length);
                reserved = 0; // the rest is the inbox's now
                await inbox.AcceptAsync(body, webhook.Alerts, context.RequestAborted).WaitAsync(DurableWithin, time, context.RequestAborted);
            }
            counter.Accepted(webhook.Alerts.Count);
            if (webhook.Truncated > 0)
            {
                leftOut.Met(webhook.Truncated);
                Log.Truncated(logger, webhook.Truncated, webhook.Alerts.Count, ErrorId.New());
            }
            if (webhook.Unreadable is { } unreadable)
            {
                NotRead(unreadable);
                Log.Unreadable(logger, unreadable.Count, webhook.Alerts.Count, unreadable.First, context.Connection.RemoteIpAddress?.ToString() ?? "?", ErrorId.New());
            }
            context.Response.StatusCode = 200;
        }
        catch (WebhookRefusedException refusal)
        {
            if (refusal.Unreadable is { } unreadable) NotRead(unreadable);
            else leftOut.Refused(refusal.Message);
            await RefuseAsync(context, refusal.Status, refusal.Message);
        }
        catch (BadHttpRequestException refusal)
        {
            await RefuseWholeAsync(context, refusal.StatusCode, refusal.StatusCode == 413 ? TooLarge(max) : "the request can't be read");
        }
        catch (Exception failure) when (failure is InboxAwayException or TimeoutException)
        {
            await LaterAsync(context, "the alerts could not be stored in time");
        }
        catch (Exception failure) when (context.RequestAborted.IsCancellationRequested && failure is OperationCanceledException or IOException)
        {
            // The sender has gone; it repeats what it did not hear a 200 for.
        }
        finally
        {
            inbox.Release(reserved);
            if (arriving) inbox.Arrived();
        }
    }

    private void NotRead(UnreadableAlerts alerts)
    {
        counter.Unreadable(alerts.Count);
        leftOut.NotRead(alerts);
    }

    private static async Task<byte[]> BodyAsync(HttpContext context, long? length, int max)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = max;
        if (length is { } known)
        {
            var body = new byte[known];
            await context.Request.Body.ReadExactlyAsync(body, context.RequestAborted);
            return body;
        }
        using var grown = new MemoryStream();
        await context.Request.Body.CopyToAsync(grown, context.RequestAborted);
        return grown.ToArray();
    }

    private Task LaterAsync(HttpContext context, string reason)
    {
        context.Response.Headers.RetryAfter = "5";
        return RefuseAsync(context, 503, reason + "; send it again");
    }

    // Its sender will not repeat it, and nobody reads the sender's log at night.
    private Task RefuseWholeAsync(HttpContext context, int status, string reason)
    {
        leftOut.Refused(reason);
        return RefuseAsync(context, status, reason);
    }

    private static string TooLarge(int max) => $"the body is larger than {max} bytes (Alerting:Webhook:MaxBodyBytes)";

    private Task RefuseAsync(HttpContext context, int status, string reason)
    {
        var id = ErrorId.New();
        counter.Refused(status);
        Log.Refused(logger, status, reason, context.Connection.RemoteIpAddress?.ToString() ?? "?", id);
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"{status}: {reason}. Error id {id}\n"), context.RequestAborted);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A webhook of alerts from {Address} was refused with {Status}: {Reason}. Error id {ErrorId}")]
        public static partial void Refused(ILogger logger, int status, string reason, string address, string errorId);

        [LoggerMessage(LogLevel.Warning, "A webhook from {Address} brought {Count} alerts and {Unreadable} that can't be read, the first because {Reason}: those are not known here. Error id {ErrorId}")]
        public static partial void Unreadable(ILogger logger, int unreadable, int count, string reason, string address, string errorId);

        [LoggerMessage(LogLevel.Warning, "A webhook brought {Count} alerts and left out {Truncated} (max_alerts of its sender, or more than 10,000 in one body): those are not known here. Error id {ErrorId}")]
        public static partial void Truncated(ILogger logger, long truncated, int count, string errorId);
    }
}
