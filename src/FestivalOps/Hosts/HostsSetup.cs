using FestivalOps.Hosts.Local;
using FestivalOps.Settings;

namespace FestivalOps.Hosts;

/// <summary>Registers the machines that we may read and act on.</summary>
internal static class HostsSetup
{
    /// <summary>Adds <see cref="HostBook"/>.</summary>
    public static IServiceCollection AddHosts(this IServiceCollection services)
    {
        services.AddSettings<HostsOptions>("Hosts");
        return services.AddSingleton<IHost, LocalHost>().AddSingleton<HostBook>();
    }
}
