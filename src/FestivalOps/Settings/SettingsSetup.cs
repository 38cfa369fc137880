using Microsoft.Extensions.Options;

namespace FestivalOps.Settings;

/// <summary>Binds sections strictly: a wrong value or an unknown key stops the start with a sentence that names section and key.</summary>
internal static class SettingsSetup
{
    /// <summary>
    /// Adds the options class <typeparamref name="T"/> from <paramref name="section"/>, validated when the host starts, and makes the
    /// section known to <see cref="SettingsAudit"/>.
    /// </summary>
    public static OptionsBuilder<T> AddSettings<T>(this IServiceCollection services, string section) where T : class
    {
        services.AddSingleton(new KnownSection(section, typeof(T)));
        return services.AddOptions<T>()
            .BindConfiguration(section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
    }
}

/// <summary>A section that some part of the bot reads.</summary>
/// <param name="Name">Its path: <c>Checks:Cpu</c>.</param>
/// <param name="Type">The options class that it fills.</param>
internal sealed record KnownSection(string Name, Type Type);
