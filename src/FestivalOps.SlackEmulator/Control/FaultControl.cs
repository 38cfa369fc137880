using FestivalOps.SlackEmulator.Delivery;
using FestivalOps.SlackEmulator.Faults;

namespace FestivalOps.SlackEmulator.Control;

/// <summary>The fault knobs over HTTP.</summary>
internal static class FaultControl
{
    public static void Map(RouteGroupBuilder control)
    {
        control.MapGet("/faults", (FaultKnobs faults) => faults.Settings);
        control.MapPost("/faults", (FaultRequest r, FaultKnobs faults, SocketHub sockets, TimeProvider time) =>
        {
            faults.Set(s => Merge(s, r, time.GetUtcNow()));
            if (faults.IsDown)
                sockets.DropAll();
            return faults.Settings;
        });
        control.MapPost("/faults/clear", (FaultKnobs faults) => faults.Set(_ => new FaultSettings()));
        control.MapPost("/faults/sockets", async (SocketRequest r, SocketHub sockets) =>
        {
            if (r.Action == "drop")
                sockets.DropAll();
            else
                await sockets.DisconnectAsync(r.Action);
        });
    }

    private static FaultSettings Merge(FaultSettings s, FaultRequest r, DateTimeOffset now) => s with
    {
        DownUntil = r.DownSeconds is { } down ? now.AddSeconds(down) : s.DownUntil,
        DownAborts = r.DownSeconds is null ? s.DownAborts : r.DownAborts,
        RateLimitCalls = r.RateLimitCalls ?? s.RateLimitCalls,
        RateLimitUntil = r.RateLimitSeconds is { } limited ? now.AddSeconds(limited) : s.RateLimitUntil,
        RateLimitRetryAfter = r.RetryAfter ?? s.RateLimitRetryAfter,
        RateLimitMethod = r.RateLimitMethod ?? s.RateLimitMethod,
        ErrorCalls = r.ErrorCalls ?? s.ErrorCalls,
        ErrorStatus = r.ErrorStatus ?? s.ErrorStatus,
        ErrorMethod = r.ErrorMethod ?? s.ErrorMethod,
        AfterEffectCalls = r.AfterEffectCalls ?? s.AfterEffectCalls,
        AfterEffectStatus = r.AfterEffectStatus ?? s.AfterEffectStatus,
        AfterEffectMethod = r.AfterEffectMethod ?? s.AfterEffectMethod,
        DuplicateDeliveries = r.DuplicateDeliveries ?? s.DuplicateDeliveries,
        LateDeliveries = r.LateDeliveries ?? s.LateDeliveries,
        LateSeconds = r.LateSeconds ?? s.LateSeconds,
        DropSocketAfterSend = r.DropSocketAfterSend ?? s.DropSocketAfterSend,
    };
}
