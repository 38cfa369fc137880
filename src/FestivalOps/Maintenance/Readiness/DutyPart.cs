using FestivalOps.Commands.Roles;
using FestivalOps.Escalation;
using FestivalOps.Escalation.OnCall;
using FestivalOps.Language;
using FestivalOps.Scheduling.Calendar;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.Maintenance.Readiness;

/// <summary>When nobody would be told in the stretch, and whose turn falls into their leave.</summary>
internal sealed class DutyPart(IDbContextFactory<OpsDbContext> store, OnCallBook book, StaffBook staff, BusinessCalendar calendar) : IReadinessPart
{
    /// <summary>Most gaps and most absences of a role that are named: 3 each.</summary>
    public const int MostNamed = 3;

    // A hand-over a week and a few hundred exceptions; more would be a mistake, not a plan.
    private const int MostMoments = 1_000;

    /// <inheritdoc/>
    public LocalizedText Title => ReadinessTexts.OnCall;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Finding>> LookAsync(Stretch stretch, CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        var changes = await OnCallBook.ChangesAsync(db, stretch.From, ct);
        var moments = Moments(stretch, changes);
        // Who has a duty changes only at these moments, so one look at each is a look at all.
        var duties = moments.ConvertAll(at => book.At(at, changes));
        var findings = new List<Finding>();
        foreach (var role in Enum.GetValues<Role>())
        {
            var one = duties.ConvertAll(d => d[role]);
            // A role that the settings give to nobody is no gap of these days.
            if (one.TrueForAll(d => d.IsEmpty && d.PassedOver.Count == 0)) continue;
            findings.AddRange(Gaps(role, one, moments, stretch));
            findings.AddRange(Absences(role, one, moments));
        }
        if (duties.TrueForAll(d => d.Values.All(v => v.IsEmpty && v.PassedOver.Count == 0))) return [Finding.NotAvailable(Title, ReadinessTexts.NoRoles)];
        return findings.Count > 0 ? findings : [Finding.Fine(ReadinessTexts.OnCallFine)];
    }

    private List<DateTimeOffset> Moments(Stretch stretch, IReadOnlyList<OnCallChange> changes)
    {
        var moments = new SortedSet<DateTimeOffset> { stretch.From };
        for (var turn = book.NextHandOver(stretch.From); turn < stretch.Until && moments.Count < MostMoments; turn = book.NextHandOver(turn)) moments.Add(turn);
        foreach (var at in changes.SelectMany(c => new[] { c.StartsAt, c.EndsAt }).Where(at => at > stretch.From && at < stretch.Until)) moments.Add(at);
        return [.. moments];
    }

    private IEnumerable<Finding> Gaps(Role role, List<Duty> duties, List<DateTimeOffset> moments, Stretch stretch)
    {
        var gaps = new List<(DateTimeOffset From, DateTimeOffset Until)>();
        for (var i = 0; i < duties.Count; i++)
        {
            if (duties[i].OnCall.Count > 0 || duties[i].UnknownGroups.Count > 0) continue;
            var until = i + 1 < moments.Count ? moments[i + 1] : stretch.Until;
            if (gaps.Count > 0 && gaps[^1].Until == moments[i]) gaps[^1] = (gaps[^1].From, until);
            else gaps.Add((moments[i], until));
        }
        return gaps.Take(MostNamed).Select(g => Finding.Act(ReadinessTexts.NobodyOnCall(role.Name(), ReadinessTexts.At(g.From, calendar.Zone), ReadinessTexts.At(g.Until, calendar.Zone))));
    }

    // Whose turn it would be but who is away; somebody else is told instead, unless that is a gap already.
    private IEnumerable<Finding> Absences(Role role, List<Duty> duties, List<DateTimeOffset> moments) => duties
        .SelectMany((duty, i) => duty.OnCall.Count == 0 ? [] : duty.PassedOver.Where(p => p.Reason == PassedOverReason.OnLeave).Select(p => (p.UserId, Stands: duty.OnCall[0], At: moments[i])))
        .DistinctBy(a => (a.UserId, a.Stands)).Take(MostNamed)
        .Select(a => Finding.Fine(ReadinessTexts.OnLeave(role.Name(), staff.NameOf(a.UserId), staff.NameOf(a.Stands), ReadinessTexts.At(a.At, calendar.Zone))));
}
