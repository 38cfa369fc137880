using System.Globalization;
using System.Text.Json.Nodes;
using FestivalOps.SlackEmulator.Team;

namespace FestivalOps.SlackEmulator.Faults;

/// <summary>What goes wrong with one call.</summary>
internal sealed record CallFault(string Name, int Status, bool IsBeforeEffect)
{
    public bool Hangs { get; init; }

    public bool Aborts { get; init; }

    public int? RetryAfter { get; init; }

    public JsonObject Body(HttpResponse response)
    {
        if (RetryAfter is { } seconds)
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return new JsonObject { ["ok"] = false, ["error"] = Status switch { 429 => "ratelimited", 503 => "service_unavailable", _ => "internal_error" } };
    }
}

/// <summary>The present setting of every knob. Counts go down as faults happen; 0 and null mean "off".</summary>
internal sealed record FaultSettings
{
    /// <summary>Slack is down until then.</summary>
    public DateTimeOffset? DownUntil { get; init; }

    /// <summary>While down, cut the connection instead of answering 503.</summary>
    public bool DownAborts { get; init; }

    public int RateLimitCalls { get; init; }

    public DateTimeOffset? RateLimitUntil { get; init; }

    public int RateLimitRetryAfter { get; init; } = 1;

    /// <summary>Only this method is limited; null for the posting methods.</summary>
    public string? RateLimitMethod { get; init; }

    public int ErrorCalls { get; init; }

    public int ErrorStatus { get; init; } = 500;

    public string? ErrorMethod { get; init; }

    /// <summary>So many posts take effect and are then answered with <see cref="AfterEffectStatus"/> or, at 0, never.</summary>
    public int AfterEffectCalls { get; init; }

    public int AfterEffectStatus { get; init; }

    public string AfterEffectMethod { get; init; } = "chat.postMessage";

    public int DuplicateDeliveries { get; init; }

    public int LateDeliveries { get; init; }

    public double LateSeconds { get; init; } = 5;

    /// <summary>So many envelopes are followed by a cut socket before the bot can acknowledge.</summary>
    public int DropSocketAfterSend { get; init; }
}

/// <summary>The fault knobs. All durations follow the workspace's clock.</summary>
internal sealed class FaultKnobs(Workspace workspace, TimeProvider time)
{
    private static readonly string[] Posting = ["chat.postMessage", "chat.postEphemeral", "chat.update", "response_url"];
    private readonly Lock gate = new();
    private FaultSettings settings = new();

    public FaultSettings Settings
    {
        get
        {
            lock (gate)
            {
                // What has run out is off, so that nobody believes that Slack is still being broken.
                if (settings.DownUntil <= time.GetUtcNow()) settings = settings with { DownUntil = null };
                return settings;
            }
        }
    }

    /// <summary>What is still broken, each as a text of the page with its number; empty when everything has happened or run out.</summary>
    public IReadOnlyList<(string Text, object Number)> Active
    {
        get
        {
            var now = time.GetUtcNow();
            var s = Settings;
            string Left(DateTimeOffset until) => Math.Ceiling((until - now).TotalSeconds).ToString("0", CultureInfo.InvariantCulture);
            List<(string, object)> all = [];
            if (s.DownUntil is { } down) all.Add((s.DownAborts ? "on.cut" : "on.down", Left(down)));
            if (s.RateLimitUntil is { } limited && limited > now) all.Add(("on.429for", Left(limited)));
            if (s.RateLimitCalls > 0) all.Add(("on.429", s.RateLimitCalls));
            if (s.ErrorCalls > 0) all.Add(("on.error", s.ErrorCalls));
            if (s.AfterEffectCalls > 0) all.Add((s.AfterEffectStatus == 0 ? "on.silent" : "on.effect", s.AfterEffectCalls));
            if (s.DuplicateDeliveries > 0) all.Add(("on.twice", s.DuplicateDeliveries));
            if (s.LateDeliveries > 0) all.Add(("on.late", s.LateDeliveries));
            if (s.DropSocketAfterSend > 0) all.Add(("on.drop", s.DropSocketAfterSend));
            return all;
        }
    }

    public bool IsDown => Settings.DownUntil is { } until && time.GetUtcNow() < until;

    public void Set(Func<FaultSettings, FaultSettings> change)
    {
        lock (gate)
            settings = change(settings);
        workspace.Notify();
    }

    public void Down(TimeSpan forHowLong, bool abort) => Set(s => s with { DownUntil = time.GetUtcNow() + forHowLong, DownAborts = abort });

    /// <summary>What goes wrong with this call, if anything; counts it.</summary>
    public CallFault? ForCall(string method)
    {
        CallFault? fault = null;
        lock (gate)
        {
            var now = time.GetUtcNow();
            if (settings.DownUntil is { } until && now < until)
            {
                fault = new CallFault("down", 503, IsBeforeEffect: true) { Aborts = settings.DownAborts };
            }
            else if ((settings.RateLimitCalls > 0 || now < settings.RateLimitUntil) && Concerns(settings.RateLimitMethod, method))
            {
                settings = settings with { RateLimitCalls = Math.Max(0, settings.RateLimitCalls - 1) };
                fault = new CallFault("rate_limit", 429, IsBeforeEffect: true) { RetryAfter = settings.RateLimitRetryAfter };
            }
            else if (settings.ErrorCalls > 0 && (settings.ErrorMethod is null || settings.ErrorMethod == method))
            {
                settings = settings with { ErrorCalls = settings.ErrorCalls - 1 };
                fault = new CallFault("server_error", settings.ErrorStatus, IsBeforeEffect: true);
            }
            else if (settings.AfterEffectCalls > 0 && settings.AfterEffectMethod == method)
            {
                settings = settings with { AfterEffectCalls = settings.AfterEffectCalls - 1 };
                fault = new CallFault("after_effect", settings.AfterEffectStatus is 0 ? 504 : settings.AfterEffectStatus, IsBeforeEffect: false)
                {
                    Hangs = settings.AfterEffectStatus == 0,
                };
            }
        }
        if (fault is not null)
            workspace.Notify();
        return fault;
    }

    public bool TakeDuplicate() => Take(s => s.DuplicateDeliveries, (s, n) => s with { DuplicateDeliveries = n });

    public bool TakeSocketDrop() => Take(s => s.DropSocketAfterSend, (s, n) => s with { DropSocketAfterSend = n });

    public TimeSpan TakeLateness() => Take(s => s.LateDeliveries, (s, n) => s with { LateDeliveries = n }) ? TimeSpan.FromSeconds(Settings.LateSeconds) : TimeSpan.Zero;

    /// <summary>Holds a request until the client gives up, for a minute at most.</summary>
    public async Task HangAsync(CancellationToken clientGone)
    {
        try
        {
            await Task.Delay(TimeSpan.FromMinutes(1), time, clientGone);
        }
        catch (OperationCanceledException)
        {
            // Expected: the client's own time-out ends the wait.
        }
    }

    private static bool Concerns(string? wanted, string method) =>
        wanted is null ? Posting.Contains(method, StringComparer.Ordinal) : wanted == "*" || wanted == method;

    private bool Take(Func<FaultSettings, int> count, Func<FaultSettings, int, FaultSettings> set)
    {
        lock (gate)
        {
            if (count(settings) <= 0)
                return false;
            settings = set(settings, count(settings) - 1);
        }
        workspace.Notify();
        return true;
    }
}
