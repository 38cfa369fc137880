using System.Globalization;
using FestivalOps.Channels;
using FestivalOps.Commands;
using FestivalOps.Commands.Grammar;
using FestivalOps.Scheduling.Approvals;
using FestivalOps.Scheduling.Calendar;
using FestivalOps.Scheduling.Commands;
using FestivalOps.Scheduling.Post;
using FestivalOps.Scheduling.Runs;
using FestivalOps.Scheduling.Waking;
using FestivalOps.Settings;
using FestivalOps.Storage;
using FestivalOps.Storage.Postgres;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Quartz;

namespace FestivalOps.Scheduling;

/// <summary>Registers when things run: the business calendar, Quartz over the bot's own store, runs and their history.</summary>
internal static class SchedulingSetup
{
    /// <summary>So many tasks run at the same time in one process: 4.</summary>
    public const int Parallel = 4;

    /// <summary>Adds the clock. The tasks come with their features (<see cref="AddTask{T}"/>).</summary>
    public static IServiceCollection AddScheduling(this IServiceCollection services, StorageOptions storage)
    {
        services.AddSettings<CalendarOptions>("Calendar");
        services.AddSingleton<BusinessCalendar>();
        services.Replace(ServiceDescriptor.Singleton<INextMorning, BusinessMorning>());

        services.AddSingleton<TaskBook>();
        services.AddSettings<ApprovalOptions>("Approvals");
        services.AddSingleton<ApprovalDesk>();
        services.AddPostKind<ApprovalPost>();
        services.AddPostKind<ApprovalRedrawPost>();
        services.AddPostKind<ApprovalLostPost>();
        services.AddSingleton<DecidedRequest>();
        services.AddButton<ApproveRunAction>();
        services.AddButton<RejectRunAction>();
        services.AddButton<AskToRunAction>();
        services.AddSingleton<RunRows>();
        services.AddSingleton<RunDesk>();
        services.AddSingleton<RunWork>();
        services.AddSingleton<RunStart>();
        services.AddSingleton<RunHistory>();
        services.AddSingleton<RunChanges>();
        services.AddSingleton<TaskRunner>();
        services.AddSingleton<TaskClock>();
        services.AddHostedService(s => s.GetRequiredService<TaskClock>());
        services.AddPostKind<RunPost>();
        services.AddPostKind<RunRedrawPost>();
        services.AddPostKind<OutputPost>();
        services.AddPostKind<NotRunPost>();
        services.AddCommand<ScheduleCommand>();
        services.AddCommand<RunCommand>();
        services.AddButton<StopRunAction>();
        return services.AddQuartzStore(storage);
    }

    /// <summary>Adds a task with its section of the settings: <c>Schedule:MorningCheck</c> for <c>morning-check</c>.</summary>
    public static IServiceCollection AddTask<T>(this IServiceCollection services, string name) where T : class, IScheduledTask
    {
        services.AddSingleton(new KnownSection(Section(name), typeof(TaskOptions)));
        services.AddOptions<TaskOptions>(Section(name)).BindConfiguration(Section(name)).ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<IScheduledTask, T>();
    }

    /// <summary>The section of a task's settings.</summary>
    public static string Section(string name) =>
        "Schedule:" + string.Concat(name.Split('-').Select(word => char.ToUpper(word[0], CultureInfo.InvariantCulture) + word[1..]));

    private static IServiceCollection AddQuartzStore(this IServiceCollection services, StorageOptions storage)
    {
        // What is wrong with it is said together with everything else that is wrong, before anything needs Quartz.
        if (storage.Validate(new(storage)).Any()) return services;
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(options =>
            {
                options.InstanceName = "festivalops";
                options.GenerateInstanceId = storage.UsesPostgres;
            });
            quartz.UseDefaultThreadPool(Parallel);
            quartz.UsePersistentStore(store =>
            {
                store.ConfigureStore(options => options.StoreJobDataAsStrings = true);
                if (storage.UsesPostgres)
                {
                    store.UsePostgres(PostgresSession.ConnectionString(storage));
                    store.UseClustering();
                }
                else
                {
                    store.UseSqlite(new SqliteConnectionStringBuilder { DataSource = storage.SqlitePath, ForeignKeys = true, DefaultTimeout = storage.CommandTimeoutSeconds }.ToString());
                }
            });
        });
        return services;
    }
}
