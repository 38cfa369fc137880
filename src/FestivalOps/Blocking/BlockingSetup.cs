using FestivalOps.Alerting.Watchdog;
using FestivalOps.Blocking.Firewalls;
using FestivalOps.Blocking.Following;
using FestivalOps.Blocking.Simulation;
using FestivalOps.Hosts;
using FestivalOps.Settings;
using Microsoft.Extensions.Options;

namespace FestivalOps.Blocking;

/// <summary>Registers what watches logs for attacks. What is decided ends in a <see cref="IBlocklist"/>; the one there is blocks nothing.</summary>
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
        services.AddSingleton<FirewallBook>();
        services.AddSingleton<SimulatedBlocklist>();
        services.AddSingleton<IBlocklist>(s => s.GetRequiredService<SimulatedBlocklist>());
        services.AddHostedService<AttackClock>();
        services.AddSingleton<AttackWatch>();
        services.AddSingleton<LogPositions>();
        services.AddSingleton<LogWatcher>();
        services.AddHostedService(s => s.GetRequiredService<LogWatcher>());
        services.AddSingleton<SyslogListener>();
        services.AddHostedService(s => s.GetRequiredService<SyslogListener>());
        services.AddSingleton<IConcern, WatchConcern>();
        return services;
    }
}
