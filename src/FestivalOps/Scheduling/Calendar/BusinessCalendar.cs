using FestivalOps.Language;
using Microsoft.Extensions.Options;

namespace FestivalOps.Scheduling.Calendar;

/// <summary>Knows business hours: days of the week, public holidays and the company's own days, in the team's time zone.</summary>
internal sealed class BusinessCalendar
{
    // Longer than any gap that the settings can make on purpose; a calendar that never opens must not hold anything back for ever.
    private const int LongestGapDays = 400;

    private readonly HolidayList _holidays;
    private readonly CalendarOptions _options;
    private readonly TimeZoneInfo _zone;
    private readonly TimeSpan _opens;
    private readonly TimeSpan _closes;
    private readonly IReadOnlySet<DayOfWeek> _weekdays;
    private readonly List<CompanyDays> _off;
    private readonly List<CompanyDays> _extra;

    /// <summary>The calendar of the settings.</summary>
    public BusinessCalendar(IOptions<CalendarOptions> options, IOptions<LanguageOptions> languages)
        : this(HolidayList.Japan, options.Value, languages.Value.GetZone())
    {
    }

    /// <summary>A calendar of these parts.</summary>
    public BusinessCalendar(HolidayList holidays, CalendarOptions options, TimeZoneInfo zone)
    {
        (_holidays, _options, _zone) = (holidays, options, zone);
        (_opens, _closes) = options.Hours() ?? throw new ArgumentException("Business hours can't be read.", nameof(options));
        _weekdays = options.Days() ?? throw new ArgumentException("Days of the week can't be read.", nameof(options));
        _off = [.. options.DaysOff.Select(CompanyDays.Read).OfType<CompanyDays>()];
        _extra = [.. options.ExtraWorkDays.Select(CompanyDays.Read).OfType<CompanyDays>()];
    }

    /// <summary>The team's zone.</summary>
    public TimeZoneInfo Zone => _zone;

    /// <summary>Last day whose holidays are known.</summary>
    public DateOnly KnownUntil => _holidays.Last;

    /// <summary>True when the holidays are known for less than <see cref="CalendarOptions.WarnDaysBeforeEnd"/> days from <paramref name="at"/> on.</summary>
    public bool RunsOut(DateTimeOffset at) => _options.PublicHolidays && KnownUntil.DayNumber - Day(at).DayNumber < _options.WarnDaysBeforeEnd;

    /// <summary>The day of <paramref name="at"/> in the team's zone.</summary>
    public DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, _zone).DateTime);

    /// <summary>Why this is no business day; null when it is one.</summary>
    public LocalizedText? WhyOff(DateOnly date)
    {
        if (_extra.Exists(d => d.Contains(date))) return null;
        if (_options.PublicHolidays && _holidays.On(date) is { } holiday) return holiday.Name;
        if (_off.Exists(d => d.Contains(date))) return CalendarTexts.CompanyDay;
        return _weekdays.Contains(date.DayOfWeek) ? null : CalendarTexts.Weekend(date.DayOfWeek);
    }

    /// <summary>Is this a business day?</summary>
    public bool IsBusinessDay(DateOnly date) => WhyOff(date) is null;

    /// <summary>Is it business hours? The opening minute is, the closing one is not.</summary>
    public bool IsOpen(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, _zone);
        return local.TimeOfDay >= _opens && local.TimeOfDay < _closes && IsBusinessDay(DateOnly.FromDateTime(local.DateTime));
    }

    /// <summary>The first moment from <paramref name="at"/> on that lies in business hours: itself when it does. UTC.</summary>
    public DateTimeOffset NextOpening(DateTimeOffset at)
    {
        if (IsOpen(at)) return at.ToUniversalTime();
        return Opening(at, (opening, moment) => opening >= moment) ?? at.ToUniversalTime();
    }

    /// <summary>The first opening after <paramref name="at"/>: the next business morning. UTC.</summary>
    public DateTimeOffset NextMorning(DateTimeOffset at) => Opening(at, (opening, moment) => opening > moment) ?? at.ToUniversalTime();

    /// <summary>The moment at which <paramref name="span"/> of business hours has passed since <paramref name="at"/>. UTC.</summary>
    public DateTimeOffset Add(DateTimeOffset at, TimeSpan span)
    {
        var moment = NextOpening(at);
        for (var day = 0; day < LongestGapDays; day++)
        {
            if (!IsOpen(moment)) return at.ToUniversalTime() + span;
            var left = At(Day(moment), _closes) - moment;
            if (span <= left) return moment + span;
            span -= left;
            moment = NextMorning(moment);
        }
        return moment;
    }

    private DateTimeOffset? Opening(DateTimeOffset at, Func<DateTimeOffset, DateTimeOffset, bool> isLater)
    {
        var date = Day(at);
        for (var days = 0; days < LongestGapDays; days++, date = date.AddDays(1))
        {
            if (IsBusinessDay(date) && At(date, _opens) is var opening && isLater(opening, at)) return opening;
        }
        return null;
    }

    // A local time that a change of the clocks leaves out is taken an hour later.
    private DateTimeOffset At(DateOnly date, TimeSpan timeOfDay)
    {
        var local = date.ToDateTime(TimeOnly.MinValue) + timeOfDay;
        if (_zone.IsInvalidTime(local)) local = local.AddHours(1);
        return new DateTimeOffset(local, _zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
