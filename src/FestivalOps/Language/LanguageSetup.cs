using FestivalOps.Settings;

namespace FestivalOps.Language;

/// <summary>Registers the languages and the zone.</summary>
internal static class LanguageSetup
{
    /// <summary>Adds <see cref="LanguageOptions"/>.</summary>
    public static IServiceCollection AddLanguage(this IServiceCollection services)
    {
        services.AddSettings<LanguageOptions>("Language").Validate(
            o => TimeZoneInfo.TryFindSystemTimeZoneById(o.TimeZone, out _),
            "Language:TimeZone must be a time zone that this machine knows, such as Asia/Tokyo.");
        return services;
    }
}
