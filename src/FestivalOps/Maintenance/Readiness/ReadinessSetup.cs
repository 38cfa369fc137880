using FestivalOps.Scheduling;
using FestivalOps.Settings;

namespace FestivalOps.Maintenance.Readiness;

/// <summary>Registers the post before days off. A further question is one class and one line here.</summary>
internal static class ReadinessSetup
{
    /// <summary>Adds the readiness.</summary>
    public static IServiceCollection AddReadiness(this IServiceCollection services)
    {
        services.AddSettings<ReadinessOptions>("Maintenance:Readiness");
        // In this order within one weight.
        services.AddSingleton<IReadinessPart, IncidentPart>();
        services.AddSingleton<IReadinessPart, DiskPart>();
        services.AddSingleton<IReadinessPart, CertificatePart>();
        services.AddSingleton<IReadinessPart, BackupPart>();
        services.AddSingleton<IReadinessPart, DutyPart>();
        services.AddSingleton<IReadinessPart, DueTasksPart>();
        services.AddSingleton<IReadinessPart, HolidayDataPart>();
        services.AddTask<ReadinessTask>(ReadinessTask.TaskName);
        return services;
    }
}
