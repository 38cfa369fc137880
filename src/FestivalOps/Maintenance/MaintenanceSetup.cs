using FestivalOps.Maintenance.Application;
using FestivalOps.Maintenance.Backups;
using FestivalOps.Maintenance.CacheCheck;
using FestivalOps.Maintenance.Capacity;
using FestivalOps.Maintenance.Checklists;
using FestivalOps.Maintenance.DatabaseMaintenance;
using FestivalOps.Maintenance.Keeping;
using FestivalOps.Maintenance.Logs;
using FestivalOps.Maintenance.MonitoringCheck;
using FestivalOps.Maintenance.MorningCheck;
using FestivalOps.Maintenance.OldFiles;
using FestivalOps.Maintenance.PerformanceAnalysis;
using FestivalOps.Maintenance.PlatformDatabase;
using FestivalOps.Maintenance.Readiness;
using FestivalOps.Maintenance.RestoreTest;
using FestivalOps.Maintenance.Security;
using FestivalOps.Maintenance.SecurityAudit;
using FestivalOps.Maintenance.SecurityCheck;
using FestivalOps.Maintenance.SecurityDay;
using FestivalOps.Maintenance.SystemOptimisation;
using FestivalOps.Maintenance.SystemUpdates;
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
        services.AddSettings<ApplicationOptions>("Maintenance:Application");
        services.AddSettings<LogsOptions>("Maintenance:Logs");
        services.AddSingleton<ErrorLogs>();
        services.AddSettings<MorningCheckOptions>("Maintenance:MorningCheck");
        services.AddTask<MorningCheckTask>(MorningCheckTask.TaskName);
        services.AddDatabaseAndCache();
        services.AddBackups();
        services.AddSecurity();
        services.AddTask<SystemUpdatesTask>(SystemUpdatesTask.TaskName);
        services.AddSettings<MonitoringCheckOptions>("Maintenance:MonitoringCheck");
        services.AddSingleton<PrometheusLook>().AddSingleton<TestMail>().AddSingleton<TestPost>();
        services.AddTask<MonitoringCheckTask>(MonitoringCheckTask.TaskName);
        // Late: these tasks read the book of all tasks, in which they stand themselves.
        services.AddSingleton(s => new Lazy<TaskBook>(s.GetRequiredService<TaskBook>));
        services.AddSingleton(s => new Lazy<RunHistory>(s.GetRequiredService<RunHistory>));
        services.AddChecklists();
        services.AddReadiness();
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

    private static void AddSecurity(this IServiceCollection services)
    {
        services.AddSingleton<RailsAudit>().AddSingleton<DependencyAudit>().AddSingleton<TlsLook>().AddSingleton<Firewall>();
        services.AddSettings<SecurityCheckOptions>("Maintenance:SecurityCheck");
        services.AddSingleton<AccessCount>();
        services.AddTask<SecurityCheckTask>(SecurityCheckTask.TaskName);
        services.AddTask<SecurityAuditTask>(SecurityAuditTask.TaskName);
        services.AddTask<SecurityDayTask>(SecurityDayTask.TaskName);
    }

    private static void AddDatabaseAndCache(this IServiceCollection services)
    {
        services.AddSingleton<KeptFigures>().AddSingleton<Figures>();
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
        services.AddSingleton<OptimisationNumbers>();
        services.AddTask<SystemOptimisationTask>(SystemOptimisationTask.TaskName);
        services.AddSettings<CapacityOptions>("Maintenance:Capacity");
        services.AddSingleton<DatabaseSize>().AddSingleton<DiskLook>();
        services.AddTask<CapacityTask>(CapacityTask.TaskName);
    }
}
