using FestivalOps.Commands.Roles;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.Escalation.OnCall;

/// <summary>Whoever has an override (<c>/fops oncall override</c>) may do meanwhile what the role may: they are paged, so they must be able to take it.</summary>
internal sealed class StandIns(IDbContextFactory<OpsDbContext> store, StoreState state, TimeProvider time) : IStandIns
{
    /// <inheritdoc/>
    public async Task<bool> StandsInAsync(string userId, IReadOnlyCollection<Role> roles, CancellationToken ct)
    {
        if (!state.IsReady) return false;
        var now = time.GetUtcNow();
        await using var db = store.CreateDbContext();
        return (await OnCallBook.ChangesAsync(db, now, ct)).Any(
            c => c.Kind == OnCallChangeKind.Override && c.UserId == userId && c.Role is { } role && roles.Contains(role) && c.HoldsAt(now));
    }
}
