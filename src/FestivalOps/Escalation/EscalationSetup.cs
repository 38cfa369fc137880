using FestivalOps.Escalation.Calendar;
using FestivalOps.Settings;

namespace FestivalOps.Escalation;

/// <summary>Registers the ladder that an incident climbs which nobody took, who is on call, and how a person is reached.</summary>
internal static class EscalationSetup
{
    /// <summary>Adds the ladder.</summary>
    public static IServiceCollection AddEscalation(this IServiceCollection services)
    {
        services.AddSettings<CalendarOptions>("Calendar");
        services.AddSingleton<BusinessCalendar>();
        return services;
    }
}
