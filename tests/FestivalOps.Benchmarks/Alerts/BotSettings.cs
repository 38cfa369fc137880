using System.Globalization;

namespace FestivalOps.Benchmarks.Alerts;

/// <summary>Settings of the bot that a figure needs, without their prefix.</summary>
internal static class BotSettings
{
    /// <summary>One card for each incident, however many there are, so that the way of each single alert can be followed.</summary>
    public static IReadOnlyList<(string Name, string Value)> NoStorm { get; } = [("Alerting__Storm__Enabled", "false")];

    /// <summary>
    /// Posts faster than Slack allows, which the stand-in does not mind: what is counted does not depend on the pace. (As long as the Slack
    /// layer keeps a pace of its own, it stays at one a second, and the figure takes as many seconds as alerts.)
    /// </summary>
    public static IReadOnlyList<(string Name, string Value)> Fast { get; } = [("Outbox__PostEveryMilliseconds", "20")];

    /// <summary>Someone has each role, so that the ladder has people to tell.</summary>
    public static IReadOnlyList<(string Name, string Value)> Team { get; } =
    [
        .. new[] { "Operations", "TechnicalLead", "Security", "Management", "Administrator" }
            .Select((role, n) => ($"Roles__{role}__Users__0", string.Create(CultureInfo.InvariantCulture, $"U0BENCH{n + 11}"))),
    ];

    /// <summary>It is never business hours while the run lasts: an incident of level 1 waits for the morning, and only its card is posted.</summary>
    public static IReadOnlyList<(string Name, string Value)> NeverOpen { get; } =
        [("Calendar__WorkDays", $"{TimeProvider.System.GetUtcNow().AddDays(3).DayOfWeek}"), ("Calendar__Opens", "12:00"), ("Calendar__Closes", "12:01")];

    /// <summary>It is always business hours, whatever the time of the run.</summary>
    public static IReadOnlyList<(string Name, string Value)> AlwaysOpen { get; } =
    [
        ("Calendar__Opens", "00:00"), ("Calendar__Closes", "24:00"), ("Calendar__PublicHolidays", "false"),
        ("Calendar__WorkDays", string.Join(", ", Enum.GetNames<DayOfWeek>())),
    ];
}
