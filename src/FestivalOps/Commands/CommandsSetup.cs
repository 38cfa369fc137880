using FestivalOps.Commands.Audit;
using FestivalOps.Commands.BuiltIn;
using FestivalOps.Commands.Forms;
using FestivalOps.Commands.Grammar;
using FestivalOps.Commands.People;
using FestivalOps.Commands.Queue;
using FestivalOps.Commands.Replies;
using FestivalOps.Commands.Roles;
using FestivalOps.Settings;
using FestivalOps.Telemetry;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FestivalOps.Commands;

/// <summary>Registers the grammar of <c>/fops</c>.</summary>
internal static class CommandsSetup
{
    /// <summary>Adds the router, roles, the audit trail and the built-in commands.</summary>
    public static IServiceCollection AddCommands(this IServiceCollection services)
    {
        services.AddSettings<CommandsOptions>("Commands");
        services.AddSettings<RolesOptions>("Roles");

        services.AddSingleton<AuditTrail>();
        services.AddHostedService(s => s.GetRequiredService<AuditTrail>());
        services.AddSingleton<IReadiness>(s => s.GetRequiredService<AuditTrail>());
        services.AddSingleton<AuditClerk>();
        services.AddSingleton<AuditReader>();

        services.AddSingleton<WorkQueue>();
        services.AddSingleton<Burst>();
        services.AddSingleton<WorkDesk>();
        services.AddSingleton<PressMemory>();
        services.AddSingleton<PeopleBook>();
        services.AddSingleton<AccountDesk>();
        services.AddSingleton<RoleBook>();
        services.AddSingleton<ReplyPosts>();
        services.AddSingleton<FormDoor>();
        services.AddSingleton<CommandBook>();
        services.AddSingleton<CommandRunner>();
        services.TryAddSingleton<INextMorning, WeekdayMorning>();
        services.AddSingleton<SpokenWhen>();
        services.AddSingleton<Uptime>();
        services.AddSingleton<IMetricSource, QueueMetrics>();
        // Registered after the audit trail: hosted services stop in reverse, so the last answers still find it open.
        services.AddHostedService<WorkCrew>();
        services.AddHostedService<InterruptedWork>();

        services.AddCommand<HelpCommand>();
        services.AddCommand<VersionCommand>();
        services.AddCommand<AuditCommand>();
        return services;
    }

    /// <summary>Adds a command.</summary>
    public static IServiceCollection AddCommand<T>(this IServiceCollection services) where T : class, ICommand => services
        .AddSingleton<T>()
        .AddSingleton<ICommand>(s => s.GetRequiredService<T>());

    /// <summary>Adds what happens with a form that was sent.</summary>
    public static IServiceCollection AddForm<T>(this IServiceCollection services) where T : class, IForm => services
        .AddSingleton<IForm, T>();

    /// <summary>Adds what a button does.</summary>
    public static IServiceCollection AddButton<T>(this IServiceCollection services) where T : class, IButtonAction => services
        .AddSingleton<IButtonAction, T>();
}
