using FestivalOps.Maintenance.Checklists;
using FestivalOps.Maintenance.MorningCheck;
using FestivalOps.Maintenance.Readiness;
using FestivalOps.Scheduling;
using FestivalOps.Scheduling.Runs;
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
        // Late: these tasks read the book of all tasks, in which they stand themselves.
        services.AddSingleton(s => new Lazy<TaskBook>(s.GetRequiredService<TaskBook>));
        services.AddSingleton(s => new Lazy<RunHistory>(s.GetRequiredService<RunHistory>));
        services.AddChecklists();
        services.AddReadiness();
        return services;
    }
}
