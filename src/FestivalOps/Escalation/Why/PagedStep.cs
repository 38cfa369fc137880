using System.Globalization;
using FestivalOps.Alerting.Incidents;

namespace FestivalOps.Escalation.Why;

/// <summary>One step of the ladder as the timeline holds it: who was to be told, on which ways, and what arrived.</summary>
/// <param name="Number">Number of its first line.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Level">Its level.</param>
/// <param name="Rule">Why (<see cref="StepRule"/>).</param>
/// <param name="Users">Slack ids of everyone who was to be told.</param>
/// <param name="Ways">The ways, in their order.</param>
internal sealed record PagedStep(int Number, DateTimeOffset At, string Level, string Rule, IReadOnlyList<string> Users, IReadOnlyList<PagedWay> Ways)
{
    /// <summary>The steps of a timeline, oldest first.</summary>
    public static IReadOnlyList<PagedStep> Of(IReadOnlyList<IncidentEvent> events)
    {
        var groups = events.Where(e => e.Kind == IncidentEventKind.Paged).Select(e => (Line: e, Data: EventData.Of(e)))
            .GroupBy(e => (e.Line.At, Level: e.Data["level"], Step: e.Data["step"], Rule: e.Data["rule"])).ToList();
        return [.. groups.Select((group, index) =>
        {
            var (first, next) = (group.Min(e => e.Line.Number), index + 1 < groups.Count ? groups[index + 1].Min(e => e.Line.Number) : int.MaxValue);
            var arrived = events.Where(e => e.Kind == IncidentEventKind.PageArrived && e.Number > first && e.Number < next).Select(e => (Line: e, Data: EventData.Of(e))).ToList();
            var ways = group.Select(e => new PagedWay(
                e.Data["carrier"], e.Line.At.AddSeconds(int.TryParse(e.Data["after"], NumberStyles.None, CultureInfo.InvariantCulture, out var after) ? after : 0),
                [.. e.Data.Words("users").Select(u => (u, When(e.Data["carrier"], u)))])).ToList();
            return new PagedStep(
                first, group.Key.At, group.Key.Level, group.Key.Rule, [.. group.SelectMany(e => e.Data.Words("users")).Distinct(StringComparer.Ordinal)], ways);

            DateTimeOffset? When(string carrier, string user) => arrived
                .Where(a => a.Data["carrier"] == carrier && a.Data.Words("users").Contains(user, StringComparer.Ordinal))
                .Select(a => (DateTimeOffset?)(a.Data.Time("at") ?? a.Line.At)).FirstOrDefault();
        })];
    }
}

/// <summary>A way of a step.</summary>
/// <param name="Carrier">Name of the <see cref="Channels.Carrier"/>.</param>
/// <param name="Due">Not before, UTC.</param>
/// <param name="People">Slack ids, and when it arrived, UTC; null when it did not.</param>
internal sealed record PagedWay(string Carrier, DateTimeOffset Due, IReadOnlyList<(string User, DateTimeOffset? At)> People);
