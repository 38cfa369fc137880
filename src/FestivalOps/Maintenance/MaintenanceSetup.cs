using FestivalOps.Maintenance.Application;
using FestivalOps.Maintenance.Backups;
using FestivalOps.Maintenance.MorningCheck;
using FestivalOps.Maintenance.RestoreTest;
using FestivalOps.Scheduling;
using FestivalOps.Settings;

namespace FestivalOps.Maintenance;

/// <summary>Registers the tasks of the guideline, one class each.</summary>
internal static class MaintenanceSetup
{
    /// <summary>Adds the tasks.</summary>
    public static IServiceCollection AddMaintenance(this IServiceCollection services)
    {
        services.AddSettings<ApplicationOptions>("Maintenance:Application");
        services.AddSingleton<Figures>();
        services.AddSettings<MorningCheckOptions>("Maintenance:MorningCheck");
        services.AddTask<MorningCheckTask>(MorningCheckTask.TaskName);
        services.AddBackups();
        return services;
    }

    private static void AddBackups(this IServiceCollection services)
    {
        services.AddSettings<BackupOptions>("Maintenance:Backups");
        services.AddSettings<S3BackupOptions>("Maintenance:S3");
        services.AddSingleton<FreshDump>().AddSingleton<S3Listing>();
        services.AddTask<BackupsTask>(BackupsTask.TaskName);
        services.AddSettings<RestoreTestOptions>("Maintenance:RestoreTest");
        services.AddTask<RestoreTestTask>(RestoreTestTask.TaskName);
    }
}
