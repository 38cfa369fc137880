using System.Globalization;
using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FestivalOps.Alerting.Inhibition;

/// <summary>Tells by which rule an incident is hidden behind another. Asked when someone wants to know, not kept: the rules are settings.</summary>
internal sealed class InhibitionReason(IOptions<InhibitionOptions> options)
{
    // Of a storm behind a cause, a few alerts tell as much as all.
    private const int Most = 50;

    /// <summary>The rule as it is written; null when no other incident hides this one, or none of the rules does any more.</summary>
    public async Task<string?> RuleOfAsync(Incident incident, OpsDbContext db, CancellationToken ct)
    {
        if (incident.HiddenBy?.Split(':') is not ["incident", var number] || !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var cause)) return null;
        var (causes, consequences) = (await LabelsAsync(cause, db, ct), await LabelsAsync(incident.Id, db, ct));
        return options.Value.Effective.FirstOrDefault(rule => causes.Exists(c => consequences.Exists(e => rule.Hides(c, e))))?.Text;
    }

    private static async Task<List<IReadOnlyDictionary<string, string>>> LabelsAsync(long incident, OpsDbContext db, CancellationToken ct) =>
        (await db.Set<AlertRecord>().AsNoTracking().Where(a => a.IncidentId == incident && a.Firing).OrderBy(a => a.Fingerprint).Take(Most).Select(a => a.Labels).ToListAsync(ct))
            .ConvertAll(AlertLabels.Read);
}
