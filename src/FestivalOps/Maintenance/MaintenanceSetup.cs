using FestivalOps.Maintenance.Application;
using FestivalOps.Maintenance.CacheCheck;
using FestivalOps.Maintenance.Capacity;
using FestivalOps.Maintenance.DatabaseMaintenance;
using FestivalOps.Maintenance.Keeping;
using FestivalOps.Maintenance.MorningCheck;
using FestivalOps.Maintenance.OldFiles;
using FestivalOps.Maintenance.PerformanceAnalysis;
using FestivalOps.Maintenance.PlatformDatabase;
using FestivalOps.Maintenance.SystemOptimisation;
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
        services.AddSettings<MorningCheckOptions>("Maintenance:MorningCheck");
        services.AddTask<MorningCheckTask>(MorningCheckTask.TaskName);
        services.AddDatabaseAndCache();
        return services;
    }

    private static void AddDatabaseAndCache(this IServiceCollection services)
    {
        services.AddSingleton<KeptFigures>().AddSingleton<IFigureKeeper>(s => s.GetRequiredService<KeptFigures>());
        services.AddSettings<CacheCheckOptions>("Maintenance:CacheCheck");
        services.AddTask<CacheCheckTask>(CacheCheckTask.TaskName);
        services.AddTask<CacheWarmUpTask>(CacheWarmUpTask.TaskName);
        services.AddSettings<DatabaseWorkOptions>("Maintenance:Database");
        services.AddSettings<PerformanceAnalysisOptions>("Maintenance:PerformanceAnalysis");
        services.AddSingleton<TableAnalysis>().AddSingleton<StatementLook>().AddSingleton<IndexLook>();
        services.AddTask<PerformanceAnalysisTask>(PerformanceAnalysisTask.TaskName);
        services.AddSettings<DatabaseMaintenanceOptions>("Maintenance:DatabaseMaintenance");
        services.AddSingleton<IndexRebuild>().AddSingleton<OldRows>().AddSingleton<OldFileSearch>();
        services.AddTask<DatabaseMaintenanceTask>(DatabaseMaintenanceTask.TaskName);
        services.AddTask<SystemOptimisationTask>(SystemOptimisationTask.TaskName);
        services.AddSettings<CapacityOptions>("Maintenance:Capacity");
        services.AddSingleton<DatabaseSize>().AddSingleton<DiskLook>();
        services.AddTask<CapacityTask>(CapacityTask.TaskName);
    }
}
