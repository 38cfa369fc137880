using FestivalOps.Alerting.Incidents;
using FestivalOps.Blocking.Deciding;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.Blocking.Simulation;

/// <summary>
/// Simulation: blocks nothing, remembers what it would have blocked, writes it into the log, and raises one incident that counts the addresses.
/// An address' alert ends when its block would have ended.
/// </summary>
internal sealed partial class SimulatedBlocklist(
    IDbContextFactory<OpsDbContext> store, IServiceProvider services, AttackBook attacks, TimeProvider time, ILogger<SimulatedBlocklist> logger) : IBlocklist
{
    /// <inheritdoc/>
    public async Task ApplyAsync(string source, IReadOnlyList<BlockDecision> decisions, CancellationToken ct)
    {
        var newest = AttackBook.Newest(decisions);
        var now = time.GetUtcNow();
        // What an old log tells of is over.
        var fresh = newest.Where(d => d.At + d.For > now).OrderByDescending(d => d.Outcome).ToList();
        foreach (var decision in fresh) Log.Decided(logger, decision.Outcome, decision.Address.ToString(), source, decision.Line, decision.For, decision.Reason.En);
        // The incident first: when this fails half-way all is told once more, and the intake takes it as known.
        if (fresh.Count > 0) await services.GetRequiredService<IIncidentIntake>().RaiseAsync([.. fresh.Select(d => attacks.Alert(d, source))], ct);
        await using var db = store.CreateDbContext();
        await db.TurnAsync(
            async token =>
            {
                await attacks.WriteAsync(db, newest, source, token);
                return true;
            },
            ct);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<KnownAddress>> KnownAsync(CancellationToken ct) => attacks.KnownAsync(ct);

    /// <summary>See <see cref="AttackBook.ExpireAsync"/>.</summary>
    public Task<int> ExpireAsync(CancellationToken ct) => attacks.ExpireAsync(ct);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Simulation: {Outcome} {Address} because of {Source}, line {Line}, for {Duration}. {Reason}. Nothing was blocked")]
        public static partial void Decided(ILogger logger, BlockOutcome outcome, string address, string source, long line, TimeSpan duration, string reason);
    }
}
