using System.Globalization;

namespace FestivalOps.Escalation.OnCall;

/// <summary>Weeks from hand-over to hand-over, in the team's zone. Pure.</summary>
internal static class DutyWeek
{
    /// <summary>The hand-over at or before <paramref name="at"/>. UTC.</summary>
    public static DateTimeOffset Begin(OnCallOptions options, DateTimeOffset at, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone).DateTime;
        var day = DateOnly.FromDateTime(local);
        day = day.AddDays(-(((int)day.DayOfWeek - (int)options.HandOverDay + 7) % 7));
        var begin = Utc(day, options.Turn(), zone);
        return begin <= at ? begin : Utc(day.AddDays(-7), options.Turn(), zone);
    }

    /// <summary>The hand-over after <paramref name="at"/>. UTC.</summary>
    public static DateTimeOffset End(OnCallOptions options, DateTimeOffset at, TimeZoneInfo zone) =>
        Utc(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Begin(options, at, zone), zone).DateTime).AddDays(7), options.Turn(), zone);

    /// <summary>
    /// The order in which the people of a rotation are asked in the week of <paramref name="at"/>: whose turn it is first, then who comes
    /// after.
    /// </summary>
    public static IReadOnlyList<string> Order(DutyRotation rotation, OnCallOptions options, DateTimeOffset at, TimeZoneInfo zone)
    {
        if (rotation.Rotation.Count == 0) return [];
        var start = DateOnly.ParseExact(rotation.StartsOn, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        // The end of the day, so that a start on the day of the hand-over means the week that begins then.
        var first = Begin(options, Utc(start.AddDays(1), TimeOnly.MinValue, zone).AddTicks(-1), zone);
        // Rounded: a change of the clocks makes a week an hour longer or shorter.
        var weeks = (int)Math.Round((Begin(options, at, zone) - first).TotalDays / 7, MidpointRounding.ToEven);
        var turn = ((weeks % rotation.Rotation.Count) + rotation.Rotation.Count) % rotation.Rotation.Count;
        return [.. rotation.Rotation.Skip(turn).Concat(rotation.Rotation.Take(turn)).Distinct(StringComparer.Ordinal)];
    }

    private static DateTimeOffset Utc(DateOnly day, TimeOnly time, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(time);
        if (zone.IsInvalidTime(local)) local = local.AddHours(1);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
