using FestivalOps.Alerting.Card;
using FestivalOps.Alerting.Watchdog;
using FestivalOps.Blocking.Blocks;
using FestivalOps.Blocking.Blocks.Card;
using FestivalOps.Blocking.Blocks.Commands;
using FestivalOps.Blocking.Blocks.Enforcing;
using FestivalOps.Blocking.Blocks.Guarding;
using FestivalOps.Blocking.Blocks.Radius;
using FestivalOps.Blocking.Firewalls;
using FestivalOps.Blocking.Following;
using FestivalOps.Blocking.Lockdown;
using FestivalOps.Blocking.Sharing;
using FestivalOps.Blocking.Simulation;
using FestivalOps.Channels;
using FestivalOps.Commands;
using FestivalOps.Escalation.Why;
using FestivalOps.Hosts;
using FestivalOps.Scheduling;
using FestivalOps.Settings;
using FestivalOps.Telemetry;
using Microsoft.Extensions.Options;

namespace FestivalOps.Blocking;

/// <summary>Registers what watches logs for attacks. What is decided ends in a <see cref="IBlocklist"/>; whether that blocks or only says so the settings decide.</summary>
internal static class BlockingSetup
{
    /// <summary>Adds it.</summary>
    public static IServiceCollection AddBlocking(this IServiceCollection services)
    {
        services.AddSettings<BlockingOptions>("Blocking").Validate<IOptions<HostsOptions>>(
            (blocking, hosts) => blocking.Logs.Values.All(l => l.Host == HostsOptions.Local || hosts.Value.Remote.ContainsKey(l.Host)),
            "Logs: Host must be local, or one of Hosts:Remote.").Validate<IOptions<HostsOptions>>(
            (blocking, hosts) => blocking.Firewalls.Keys.All(host => host == HostsOptions.Local || hosts.Value.Remote.ContainsKey(host)),
            "Firewalls: each is named like its host: local, or one of Hosts:Remote.");
        services.AddSingleton<AttackBook>();
        services.AddSingleton<SimulatedBlocklist>();
        services.AddBlocks();
        services.AddLockdown();
        services.AddSingleton<IBlocklist>(
            s => s.GetRequiredService<IOptions<BlockingOptions>>().Value.Mode == BlockingMode.Block ? s.GetRequiredService<Blocklist>() : s.GetRequiredService<SimulatedBlocklist>());
        services.AddHostedService<AttackClock>();
        services.AddSingleton<AttackWatch>();
        services.AddSingleton<LogPositions>();
        services.AddSingleton<LogWatcher>();
        services.AddHostedService(s => s.GetRequiredService<LogWatcher>());
        services.AddSingleton<SyslogListener>();
        services.AddHostedService(s => s.GetRequiredService<SyslogListener>());
        services.AddSingleton<SharedWindows>();
        services.AddHostedService(s => s.GetRequiredService<SharedWindows>());
        services.AddSingleton<IConcern, WatchConcern>();
        services.AddSingleton<IConcern, SharingConcern>();
        return services;
    }

    // What is blocked, by whom, and that firewalls agree with it.
    private static void AddBlocks(this IServiceCollection services)
    {
        services.AddSingleton<FirewallBook>();
        services.AddSingleton<IFirewalls>(s => s.GetRequiredService<FirewallBook>());
        services.AddSingleton<ISurroundings, HostSurroundings>();
        services.AddSingleton<FirewallLanes>();
        services.AddSingleton<BlockNews>();
        services.AddSingleton<IMetricSource>(s => s.GetRequiredService<BlockNews>());
        services.AddSingleton<Blocklist>();
        services.AddSingleton<BlockAudit>();
        services.AddSingleton<BlockReconciler>();
        services.AddHostedService(s => s.GetRequiredService<BlockReconciler>());
        services.AddPostKind<BlockCardPost>();
        services.AddPostKind<BlockRedrawPost>();
        services.AddSingleton<BlastRadius>();
        services.AddSingleton<AttackLines>();
        services.AddSingleton<IWhyAnswer, WhyAddress>();
        services.AddCommand<BlockIpCommand>();
        services.AddCommand<UnblockIpCommand>();
        services.AddSingleton<BlockList>();
        services.AddCommand<BlocksCommand>();
        services.AddButton<ShowBlocksAction>();
        services.AddSingleton<IIncidentButton, ShowBlocksAction>();
        services.AddCommand<AttacksCommand>();
        services.AddCommand<TopIpsCommand>();
        services.AddButton<ConfirmBlockAction>();
        services.AddButton<CancelBlockAction>();
        services.AddButton<UndoBlockAction>();
        services.AddButton<ExtendBlockAction>();
        services.AddButton<PermanentBlockAction>();
        services.AddButton<ApproveBlockAction>();
        services.AddButton<DeclineBlockAction>();
    }

    private static void AddLockdown(this IServiceCollection services)
    {
        services.AddSettings<LockdownOptions>("Blocking:Lockdown").Validate<IOptions<HostsOptions>>(
            (lockdown, hosts) => lockdown.ProbeFrom.Length == 0 || hosts.Value.Remote.ContainsKey(lockdown.ProbeFrom), "ProbeFrom must be one of Hosts:Remote.");
        services.AddSingleton<ILockdownProbe, LockdownProbe>();
        services.AddSingleton<Lockdowns>();
        services.AddSingleton<LockdownPosts>();
        services.AddPostKind<LockdownCardPost>();
        services.AddPostKind<LockdownRedrawPost>();
        services.AddPostKind<LockdownEndPost>();
        services.AddTask<LockdownTask>(LockdownTask.TaskName);
        services.AddTask<LockdownLiftTask>(LockdownLiftTask.TaskName);
        services.AddCommand<LockdownCommand>();
        services.AddButton<KeepLockdownAction>();
        services.AddButton<UndoLockdownAction>();
    }
}
