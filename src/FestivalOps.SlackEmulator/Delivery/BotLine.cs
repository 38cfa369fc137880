using System.Text.Json.Nodes;
using FestivalOps.SlackEmulator.Api;
using FestivalOps.SlackEmulator.Faults;

namespace FestivalOps.SlackEmulator.Delivery;

/// <summary>Hands things to the bot over whichever way is set, applies the delivery faults, and keeps the record.</summary>
internal sealed class BotLine(EmulatorOptions options, HttpLine http, SocketHub sockets, FaultKnobs faults, Journal journal, TimeProvider time)
{
    /// <summary>Delivers once (or twice, when the duplicate knob says so) and returns the first answer.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="payload">Its contents.</param>
    /// <param name="what">For the record: command, action or event type.</param>
    /// <param name="retry">Set on Slack's own repeats.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<BotAnswer> SendAsync(DeliveryKind kind, JsonObject payload, string what, Retry? retry, CancellationToken cancel)
    {
        var late = faults.TakeLateness();
        var twice = faults.TakeDuplicate();
        if (late > TimeSpan.Zero)
            await Task.Delay(late, time, cancel);
        var answer = await OnceAsync(kind, payload, what, retry, cancel);
        if (twice)
            await OnceAsync(kind, payload, what + " (duplicate)", new Retry((retry?.Number ?? 0) + 1, "http_timeout"), cancel);
        return answer;
    }

    private async Task<BotAnswer> OnceAsync(DeliveryKind kind, JsonObject payload, string what, Retry? retry, CancellationToken cancel)
    {
        var answer = options.DeliveryMode == DeliveryMode.Http
            ? await http.SendAsync(kind, payload, retry, cancel)
            : await sockets.SendAsync(kind, payload, retry, cancel);
        journal.Delivery(kind.ToString(), what, retry?.Number ?? 0, answer.Ack.ToString(), answer.Status, answer.Body, answer.Took);
        if (answer.Ack != AckResult.Acknowledged)
        {
            var why = answer.Ack switch
            {
                AckResult.TimedOut => "no acknowledgement within 3 seconds",
                AckResult.Refused => $"the bot answered status {answer.Status}",
                _ => options.DeliveryMode == DeliveryMode.Http ? "the bot's request URL cannot be reached" : "the bot has no socket open, or it was cut",
            };
            journal.Refuse($"ack of {what}", answer.Ack == AckResult.TimedOut ? "operation_timeout" : "dispatch_failed", why);
        }
        return answer;
    }
}
