using FestivalOps.Settings;

namespace FestivalOps.Channels;

/// <summary>Registers which channel hears what, and the outbox that never loses a post.</summary>
internal static class ChannelsSetup
{
    /// <summary>Adds the outbox and its carriers.</summary>
    public static IServiceCollection AddChannels(this IServiceCollection services)
    {
        services.AddSettings<ChannelsOptions>("Channels");
        services.AddSingleton<Outbox>();
        return services;
    }

    /// <summary>Adds what one kind of outbox row says.</summary>
    public static IServiceCollection AddPostKind<T>(this IServiceCollection services) where T : class, IPostKind => services
        .AddSingleton<IPostKind, T>();
}
