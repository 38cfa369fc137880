using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Intake;
using FestivalOps.Telemetry;
using Microsoft.Extensions.Options;

namespace FestivalOps.Alerting.Webhook;

/// <summary>
/// The way of a small body on a quiet day: its incidents are written before its 200, and the inbox is left out. Under load the inbox is
/// faster, because it makes many bodies durable at once.
/// </summary>
internal sealed partial class ShortCut(AlertInbox inbox, IncidentIntake intake, IOptions<WebhookOptions> options, ILogger<ShortCut> logger)
{
    /// <summary>Raises the alerts; false when they have to go through the inbox.</summary>
    public async Task<bool> TryAsync(IReadOnlyList<IncomingAlert> alerts, CancellationToken ct)
    {
        // What waits in the inbox is older news.
        if (alerts.Count > options.Value.AtOnceUpTo || inbox.WaitingBodies > 0 || intake.IsBusy) return false;
        try
        {
            await intake.RaiseAsync(alerts, ct);
            return true;
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            // The inbox knows what to do: it keeps the body, or its sender hears that the store is away. The same alert twice is one.
            Log.NotRaised(logger, failure, alerts.Count, ErrorId.New());
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Count} alerts did not become incidents at once and go through the inbox. Error id {ErrorId}")]
        public static partial void NotRaised(ILogger logger, Exception failure, int count, string errorId);
    }
}
