using FestivalOps.Commands.Grammar;

namespace FestivalOps.Scheduling.Calendar;

/// <summary>"Next business morning" by the team's calendar: holidays and company days are none.</summary>
internal sealed class BusinessMorning(BusinessCalendar calendar) : INextMorning
{
    /// <inheritdoc/>
    public DateTimeOffset After(DateTimeOffset now) => calendar.NextMorning(now);
}
