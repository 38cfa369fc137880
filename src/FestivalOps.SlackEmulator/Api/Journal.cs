using System.Text.Json;
using FestivalOps.SlackEmulator.Team;

namespace FestivalOps.SlackEmulator.Api;

/// <summary>One Web API call as it was answered.</summary>
internal sealed record CallRecord(long No, DateTimeOffset At, string Method, JsonElement Args, int Status, string Answer, string? Error, string? Fault, double TookMs);

/// <summary>Something the bot did that Slack refuses.</summary>
internal sealed record RefusalRecord(long No, DateTimeOffset At, string Where, string Error, IReadOnlyList<string> Messages);

/// <summary>One attempt to hand something to the bot, and what the bot answered.</summary>
internal sealed record DeliveryRecord(long No, DateTimeOffset At, string Kind, string What, int Attempt, string Result, int Status, string Body, double TookMs);

/// <summary>The record of everything that went between the bot and the workspace; the oldest entries are dropped.</summary>
internal sealed class Journal(Workspace workspace, TimeProvider time)
{
    private const int Kept = 5_000;
    private const int KeptText = 20_000;
    private readonly Lock gate = new();
    private readonly Queue<CallRecord> calls = new();
    private readonly Queue<RefusalRecord> refusals = new();
    private readonly Queue<DeliveryRecord> deliveries = new();
    private long number;

    public IReadOnlyList<CallRecord> Calls => Copy(calls);

    public IReadOnlyList<RefusalRecord> Refusals => Copy(refusals);

    public IReadOnlyList<DeliveryRecord> Deliveries => Copy(deliveries);

    public void Call(string method, JsonElement args, int status, string answer, string? error, string? fault, TimeSpan took) =>
        Add(calls, new CallRecord(Next(), time.GetUtcNow(), method, args, status, Short(answer), error, fault, took.TotalMilliseconds));

    public void Refuse(string where, string error, params IReadOnlyList<string> messages) =>
        Add(refusals, new RefusalRecord(Next(), time.GetUtcNow(), where, error, messages));

    public void Delivery(string kind, string what, int attempt, string result, int status, string body, TimeSpan took) =>
        Add(deliveries, new DeliveryRecord(Next(), time.GetUtcNow(), kind, what, attempt, result, status, Short(body), took.TotalMilliseconds));

    public void Clear()
    {
        lock (gate)
        {
            calls.Clear();
            refusals.Clear();
            deliveries.Clear();
        }
        workspace.Notify();
    }

    private static string Short(string text) => text.Length <= KeptText ? text : text[..KeptText];

    private long Next() => Interlocked.Increment(ref number);

    private List<T> Copy<T>(Queue<T> from)
    {
        lock (gate)
            return [.. from];
    }

    private void Add<T>(Queue<T> to, T item)
    {
        lock (gate)
        {
            to.Enqueue(item);
            if (to.Count > Kept)
                to.Dequeue();
        }
        workspace.Notify();
    }
}
