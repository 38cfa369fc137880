using FestivalOps.Maintenance.MorningCheck;
using FestivalOps.Scheduling;
using FestivalOps.Settings;

namespace FestivalOps.Maintenance;

/// <summary>Registers the tasks of the guideline, one class each.</summary>
internal static class MaintenanceSetup
{
    /// <summary>Adds the tasks.</summary>
    public static IServiceCollection AddMaintenance(this IServiceCollection services)
    {
        services.AddSettings<MorningCheckOptions>("Maintenance:MorningCheck");
        services.AddTask<MorningCheckTask>(MorningCheckTask.TaskName);
        return services;
    }
}
