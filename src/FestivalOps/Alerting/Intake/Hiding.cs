using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Inhibition;
using FestivalOps.Alerting.Silences;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.Alerting.Intake;

/// <summary>An alert that hides others while it fires.</summary>
/// <param name="Fingerprint">The alert.</param>
/// <param name="Labels">Its labels.</param>
internal sealed record Cause(string Fingerprint, IReadOnlyDictionary<string, string> Labels)
{
    /// <summary>The incident that it belongs to; set as soon as that is decided.</summary>
    public long IncidentId { get; set; }
}

/// <summary>What hides an alert: a silence, or an alert that is its cause.</summary>
internal sealed record Hider(long? Silence, Cause? Cause)
{
    /// <summary>As it stands in <see cref="AlertRecord.HiddenBy"/>.</summary>
    public string Reference => Silence is { } id ? $"silence:{id}" : $"incident:{Cause!.IncidentId}";
}

/// <summary>Knows what hides alerts at one moment: the silences that hold, and the causes that fire.</summary>
internal sealed class Hiding
{
    private readonly IReadOnlyList<InhibitionRule> _rules;
    private readonly List<(long Id, Matchers What)> _silences;
    private readonly Dictionary<string, List<Cause>>[] _causes;

    private Hiding(IReadOnlyList<InhibitionRule> rules, List<(long, Matchers)> silences)
    {
        (_rules, _silences) = (rules, silences);
        _causes = [.. rules.Select(_ => new Dictionary<string, List<Cause>>(StringComparer.Ordinal))];
    }

    /// <summary>Reads what can hide alerts with these labels. Causes that <paramref name="gone"/> names have just stopped.</summary>
    public static async Task<Hiding> ReadAsync(
        OpsDbContext db, IReadOnlyList<InhibitionRule> rules, IReadOnlyList<IReadOnlyDictionary<string, string>> subjects, IReadOnlySet<string> gone,
        DateTimeOffset now, CancellationToken ct)
    {
        var silences = await db.Set<Silence>().AsNoTracking()
            .Where(s => s.ClosedAt == null && s.StartsAt <= now && s.EndsAt > now).OrderBy(s => s.Id).Select(s => new { s.Id, s.Matchers }).ToListAsync(ct);
        var hiding = new Hiding(rules, [.. silences.Select(s => (s.Id, Matchers.ReadStored(s.Matchers))).Where(s => s.Item2 is not null).Select(s => (s.Id, s.Item2!))]);
        foreach (var (severity, names) in hiding.Wanted(subjects))
        {
            foreach (var some in names.Chunk(Chunks.Size))
            {
                var found = await db.Set<AlertRecord>().AsNoTracking()
                    .Where(a => EF.Parameter(some).Contains(a.Name) && a.Firing && (severity == null || a.Severity == severity))
                    .Select(a => new { a.Fingerprint, a.IncidentId, a.Labels }).ToListAsync(ct);
                foreach (var alert in found.Where(a => !gone.Contains(a.Fingerprint)))
                    hiding.Add(new(alert.Fingerprint, AlertLabels.Read(alert.Labels)) { IncidentId = alert.IncidentId });
            }
        }
        return hiding;
    }

    /// <summary>Whether an alert can hide others at all. What people report is neither a cause nor a consequence: two reports have nothing in common.</summary>
    public static bool CanHide(IReadOnlyList<InhibitionRule> rules, IReadOnlyDictionary<string, string> labels) =>
        !AlertLabels.IsReport(labels) && rules.Any(r => r.IsCause(labels));

    /// <summary>Adds an alert that fires now, if it can hide others.</summary>
    public void Add(Cause cause)
    {
        if (AlertLabels.IsReport(cause.Labels)) return;
        for (var i = 0; i < _rules.Count; i++)
        {
            if (!_rules[i].IsCause(cause.Labels)) continue;
            var common = _rules[i].Common(cause.Labels);
            if (!_causes[i].TryGetValue(common, out var list)) _causes[i][common] = list = [];
            // One will do; a second stands in when the alert that is asked for is the first itself.
            if (list.Count < 2 && list.TrueForAll(c => c.Fingerprint != cause.Fingerprint)) list.Add(cause);
        }
    }

    /// <summary>What hides an alert; null when nothing does. A silence is a person's word and comes first.</summary>
    public Hider? Find(string fingerprint, IReadOnlyDictionary<string, string> labels)
    {
        foreach (var (id, what) in _silences)
        {
            if (what.Matches(labels)) return new(id, null);
        }
        if (AlertLabels.IsReport(labels)) return null;
        for (var i = 0; i < _rules.Count; i++)
        {
            if (_causes[i].Count == 0 || !_rules[i].IsConsequence(labels)) continue;
            if (!_causes[i].TryGetValue(_rules[i].Common(labels), out var list)) continue;
            if (list.Find(c => c.Fingerprint != fingerprint) is { } cause) return new(null, cause);
        }
        return null;
    }

    /// <summary>The alerts that fire, are not hidden, and may be consequences of these causes.</summary>
    public static async Task<List<AlertRecord>> ConsequencesAsync(
        OpsDbContext db, IReadOnlyList<InhibitionRule> rules, IReadOnlyList<IReadOnlyDictionary<string, string>> causes, CancellationToken ct)
    {
        var found = new Dictionary<string, AlertRecord>(StringComparer.Ordinal);
        foreach (var rule in rules)
        {
            var mine = causes.Where(rule.IsCause).ToList();
            if (mine.Count == 0) continue;
            var (names, sameName, severity) = rule.Consequences;
            var looked = names ?? (sameName ? mine.Select(c => c.Value(AlertLabels.AlertName)).ToHashSet(StringComparer.Ordinal) : null);
            var alerts = db.Set<AlertRecord>().AsNoTracking().Where(a => a.Firing && a.HiddenBy == null && (severity == null || a.Severity == severity));
            foreach (var some in looked?.Chunk(Chunks.Size) ?? [null!])
            {
                var query = some is null ? alerts : alerts.Where(a => EF.Parameter(some).Contains(a.Name));
                foreach (var alert in await query.ToListAsync(ct)) found[alert.Fingerprint] = alert;
            }
        }
        return [.. found.Values];
    }

    // For each severity that causes must have (null: any), the names under which they are looked for.
    private List<(Severity? Severity, HashSet<string> Names)> Wanted(IReadOnlyList<IReadOnlyDictionary<string, string>> subjects)
    {
        var wanted = new List<(Severity? Severity, HashSet<string> Names)>();
        foreach (var rule in _rules)
        {
            var side = rule.Causes;
            var names = new HashSet<string>(StringComparer.Ordinal);
            foreach (var labels in subjects)
            {
                if (side.Names is not null && names.Count > 0) break;
                if (!rule.IsConsequence(labels)) continue;
                if (side.Names is null) names.Add(labels.Value(AlertLabels.AlertName));
                else names.UnionWith(side.Names);
            }
            if (names.Count == 0) continue;
            var at = wanted.FindIndex(w => w.Severity == side.Severity);
            if (at < 0) wanted.Add((side.Severity, names));
            else wanted[at].Names.UnionWith(names);
        }
        return wanted;
    }
}

/// <summary>How many keys one query asks for.</summary>
internal static class Chunks
{
    /// <summary>2,000. They travel as one parameter (<c>EF.Parameter</c>), an array or JSON: a parameter each would cost more than the look-up.</summary>
    public const int Size = 2_000;
}
