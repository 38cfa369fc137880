using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using FestivalOps.SlackEmulator.Team;

namespace FestivalOps.FaultRun;

/// <summary>What people saw of one alert that the bot had accepted.</summary>
/// <param name="Name">The alert's name, unique in its run.</param>
/// <param name="AcknowledgedAt">When its card first showed that someone has it, by the emulator's clock; null when nobody took it.</param>
internal sealed record AcceptedAlert(string Name, DateTimeOffset? AcknowledgedAt);

/// <summary>What was wrong in one run, counted from the workspace's own record; and how many cards and pages there were.</summary>
internal sealed record Judgement(int Lost, int Doubled, int AfterAcknowledgement, int OutOfOrder, int Seen, IReadOnlyList<string> Details)
{
    public bool IsClean => Lost + Doubled + AfterAcknowledgement + OutOfOrder == 0;
}

/// <summary>Reads the workspace's record as a person would: which cards and pages came, how often, when, in which order.</summary>
internal sealed partial class Judge(Workspace workspace, TimeSpan inFlight)
{
    /// <summary>The pages and cards that are there, by the key that travels in their metadata.</summary>
    public IReadOnlyList<Seen> Read() =>
        [.. workspace.Channels.SelectMany(c => workspace.Messages(c.Id)).Select(Understood).OfType<Seen>()];

    /// <summary>The card of this alert, or null.</summary>
    public static Seen? CardOf(IEnumerable<Seen> seen, string name) => seen.FirstOrDefault(s => s.Step is null && s.What == "card" && s.Text.Contains(name, StringComparison.Ordinal));

    /// <summary>The card shows that someone has it.</summary>
    public static bool IsTaken(Seen card) => !card.Text.Contains("incident.ack", StringComparison.Ordinal);

    /// <summary>Counts what is wrong.</summary>
    /// <param name="alerts">What the bot answered 200 to.</param>
    /// <param name="since">From this moment on nothing was broken any more.</param>
    public Judgement Count(IReadOnlyCollection<AcceptedAlert> alerts, DateTimeOffset since)
    {
        var seen = Read();
        var details = new List<string>();
        var doubled = seen.GroupBy(s => s.Key, StringComparer.Ordinal).Where(g => g.Count() > 1).ToList();
        details.AddRange(doubled.Select(g => $"doubled: {g.Key} {g.Count()} times"));

        var (lost, late, disordered) = (0, 0, 0);
        foreach (var alert in alerts)
        {
            if (CardOf(seen, alert.Name) is not { } card)
            {
                lost++;
                details.Add($"lost: {alert.Name} has no card");
                continue;
            }
            var pages = seen.Where(s => s.Incident == card.Incident && s.Step is not null).OrderBy(s => s.At).ToList();
            var steps = pages.Select(p => p.Step!.Value).Distinct().Order().ToList();
            if (!IsTaken(card) && (steps.Count == 0 || pages[^1].At < since))
            {
                lost++;
                details.Add($"lost: {alert.Name} (#{card.Incident}) was not paged again after everything was well; steps {string.Join(',', steps)}");
            }
            foreach (var page in pages.Where(p => p.At > alert.AcknowledgedAt + inFlight))
            {
                late++;
                details.Add($"after acknowledgement: {page.Key} at {page.At:HH:mm:ss.fff}, taken at {alert.AcknowledgedAt:HH:mm:ss.fff}");
            }
            foreach (var place in pages.GroupBy(p => p.Channel, StringComparer.Ordinal))
            {
                var order = place.Select(p => p.Step!.Value).ToList();
                if (order.SequenceEqual(order.Order())) continue;
                disordered++;
                details.Add($"out of order: #{card.Incident} in {place.Key}: {string.Join(',', order)}");
            }
        }
        return new(lost, doubled.Count, late, disordered, seen.Count, details);
    }

    private static Seen? Understood(Message message)
    {
        if (message.Metadata is not { ValueKind: JsonValueKind.Object } metadata) return null;
        if (!metadata.TryGetProperty("event_payload", out var payload) || !payload.TryGetProperty("key", out var text)) return null;
        var key = Key().Match(text.GetString() ?? "");
        if (!key.Success) return null;
        var what = key.Groups["what"].Value;
        int? step = what == "page" ? int.Parse(key.Groups["step"].Value, CultureInfo.InvariantCulture) : null;
        var at = DateTimeOffset.UnixEpoch.AddSeconds(double.Parse(message.Ts, CultureInfo.InvariantCulture));
        return new(key.Value, long.Parse(key.Groups["incident"].Value, CultureInfo.InvariantCulture), what, step, message.Channel, message.Ts, at, message.Text + message.Blocks);
    }

    [GeneratedRegex(@"^incident:(?<incident>\d+):(?<what>card|page|note)(:(?<step>\d+))?.*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Key();

    /// <summary>A message of the bot that told of an incident.</summary>
    internal sealed record Seen(string Key, long Incident, string What, int? Step, string Channel, string Ts, DateTimeOffset At, string Text);
}
