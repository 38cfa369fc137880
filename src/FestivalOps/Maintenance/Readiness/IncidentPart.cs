using FestivalOps.Alerting.Incidents;
using FestivalOps.Alerting.Silences;
using FestivalOps.Language;
using FestivalOps.Scheduling.Calendar;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.Maintenance.Readiness;

/// <summary>What is still open, and what comes back in the stretch: silences that end, incidents that were put off until then.</summary>
internal sealed class IncidentPart(IncidentBook book, IDbContextFactory<OpsDbContext> store, BusinessCalendar calendar) : IReadinessPart
{
    /// <summary>Most incidents and most silences that are named: 5 each.</summary>
    public const int MostNamed = 5;

    // A title is foreign and may be long; the incident's card has all of it.
    private const int MaxTitle = 80;

    /// <inheritdoc/>
    public LocalizedText Title => ReadinessTexts.Incidents;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Finding>> LookAsync(Stretch stretch, CancellationToken ct)
    {
        var open = await book.OpenAsync(IncidentOrder.Worst, 0, MostNamed, hidden: false, ct);
        var findings = open.Items.Select(i => Finding.Act(Says(i, stretch))).ToList();
        if (open.Total > open.Items.Count) findings.Add(Finding.Act(ReadinessTexts.MoreIncidents(open.Total - open.Items.Count)));
        if (open.Total == 0) findings.Add(Finding.Fine(ReadinessTexts.NoIncidents));

        await using var db = store.CreateDbContext();
        var (from, until) = (stretch.From, stretch.Until);
        var ending = db.Set<Silence>().AsNoTracking().Where(s => s.ClosedAt == null && s.EndsAt > from && s.EndsAt <= until);
        var silences = await ending.OrderBy(s => s.EndsAt).ThenBy(s => s.Id).Take(MostNamed).ToListAsync(ct);
        findings.AddRange(silences.Select(s => Finding.Act(ReadinessTexts.SilenceEnds(
            s.Id, s.IsMaintenance, ReadinessTexts.At(s.EndsAt, calendar.Zone), ForeignText.OneLine(s.Reason, MaxTitle)))));
        if (await ending.CountAsync(ct) - silences.Count is > 0 and var more) findings.Add(Finding.Act(ReadinessTexts.MoreSilences(more)));
        return findings;
    }

    private LocalizedText Says(Incident incident, Stretch stretch)
    {
        LocalizedText title = new(NotEmpty(incident.TitleJa), NotEmpty(incident.TitleEn));
        if (incident.SnoozedUntil is { } back && stretch.Holds(back)) return ReadinessTexts.SnoozedUntil(incident.Id, title, ReadinessTexts.At(back, calendar.Zone));
        return ReadinessTexts.OpenIncident(incident.Id, title, incident.Level, incident.State == IncidentState.Acknowledged);
    }

    private static string NotEmpty(string title) => ForeignText.OneLine(title, MaxTitle) is { Length: > 0 } line ? line : "-";
}
