using FestivalOps.Language;
using FestivalOps.Scheduling.Calendar;

namespace FestivalOps.Maintenance.Readiness;

/// <summary>Whether the list of public holidays ends in the stretch, or soon after.</summary>
internal sealed class HolidayDataPart(BusinessCalendar calendar) : IReadinessPart
{
    /// <inheritdoc/>
    public LocalizedText Title => ReadinessTexts.Holidays;

    /// <inheritdoc/>
    public Task<IReadOnlyList<Finding>> LookAsync(Stretch stretch, CancellationToken ct) => Task.FromResult<IReadOnlyList<Finding>>(
        calendar.RunsOut(stretch.Until) ? [Finding.Act(CalendarTexts.RunsOut(calendar.KnownUntil))] : [Finding.Fine(CalendarTexts.KnownUntil(calendar.KnownUntil))]);
}
