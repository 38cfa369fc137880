using FestivalOps.Commands.Roles;
using FestivalOps.Scheduling.Calendar;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FestivalOps.Escalation.OnCall;

/// <summary>Knows who is on call: rotation, overrides, leave, accounts.</summary>
internal sealed class OnCallBook(
    IDbContextFactory<OpsDbContext> store, StaffBook staff, IOptions<OnCallOptions> options, BusinessCalendar calendar)
{
    /// <summary>Who answers for each role at <paramref name="at"/>.</summary>
    public async Task<IReadOnlyDictionary<Role, Duty>> AtAsync(DateTimeOffset at, CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        return At(at, await ChangesAsync(db, at, ct));
    }

    /// <summary>The same with exceptions that were read already (<see cref="ChangesAsync"/>).</summary>
    public IReadOnlyDictionary<Role, Duty> At(DateTimeOffset at, IReadOnlyCollection<OnCallChange> changes)
    {
        var now = changes.Where(c => c.HoldsAt(at)).ToList();
        return Enum.GetValues<Role>().ToDictionary(
            role => role,
            role => Duty.Of(role, staff.PeopleOf(role), DutyWeek.Order(options.Value.Of(role), options.Value, at, calendar.Zone), now, staff.Accounts));
    }

    /// <summary>Exceptions that hold or will hold from <paramref name="from"/> on, oldest first; at most 200.</summary>
    public static async Task<IReadOnlyList<OnCallChange>> ChangesAsync(OpsDbContext db, DateTimeOffset from, CancellationToken ct) =>
        await db.Set<OnCallChange>().AsNoTracking().Where(c => c.EndsAt > from && c.CancelledAt == null).OrderBy(c => c.Id).Take(200).ToListAsync(ct);

    /// <summary>The next hand-over after <paramref name="at"/>. UTC.</summary>
    public DateTimeOffset NextHandOver(DateTimeOffset at) => DutyWeek.End(options.Value, at, calendar.Zone);
}
