namespace FestivalOps.Alerting.Alerts;

/// <summary>Takes alerts out of the normal flow before anything is decided about them.</summary>
internal interface IAlertFilter
{
    /// <summary>True when the filter has taken the alert: no incident is made of it and nothing else looks at it. Durable when the task ends.</summary>
    Task<bool> SwallowAsync(IncomingAlert alert, CancellationToken ct);
}
