using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Alerting.Inhibition;
using FestivalOps.Channels;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FestivalOps.Alerting.Intake;

/// <summary>
/// Where all sources of alerts meet. One transaction writes alerts, incidents, their timeline, the plan and the intent to tell people; a
/// lock of its own keeps two instances from opening one group twice.
/// </summary>
internal sealed class IncidentIntake(
    IDbContextFactory<OpsDbContext> store,
    IntakeTools tools,
    IncidentSignals signals,
    IEnumerable<IAlertFilter> filters,
    TimeProvider time) : IIncidentIntake, IDisposable
{
    /// <summary>Lock of everything that opens incidents or counts silences.</summary>
    public const long Lock = 0x464F_5053_0003; // "FOPS", lock 3

    private const int MostAttempts = 20;

    private readonly IAlertFilter[] _filters = [.. filters];

    // One of this process waits for the store's lock, and the others here: a crowd at the database would run into its time-outs.
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>True while a transaction of this process runs.</summary>
    public bool IsBusy => _turn.CurrentCount == 0;

    /// <inheritdoc/>
    public Task<IReadOnlyList<long>> RaiseAsync(IReadOnlyCollection<IncomingAlert> alerts, CancellationToken ct) => RaiseAsync(alerts, null, null, ct);

    /// <summary>The same, with more in the transaction.</summary>
    /// <param name="alerts">What came.</param>
    /// <param name="heardAt">See <see cref="AlertDecision.OfAlert"/>.</param>
    /// <param name="along">What is written in the same transaction.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<IReadOnlyList<long>> RaiseAsync(
        IReadOnlyCollection<IncomingAlert> alerts, DateTimeOffset? heardAt, Func<OpsDbContext, CancellationToken, Task>? along, CancellationToken ct)
    {
        var taken = _filters.Length == 0 ? alerts : await UnfilteredAsync(alerts, ct);
        if (taken.Count == 0 && along is null) return [];
        return await RunAsync(round => round.TakeAsync(taken, heardAt, ct), along, ct);
    }

    /// <summary>Ends alerts that were not heard of since <paramref name="before"/>; for the clock.</summary>
    public Task<IReadOnlyList<long>> ForgetAsync(DateTimeOffset before, CancellationToken ct) => RunAsync(round => round.ForgetAsync(before, ct), null, ct);

    /// <summary>Ends what came and went and has stayed away, and lets what stayed be an alert like others; for the clock.</summary>
    public Task<IReadOnlyList<long>> SteadyAsync(CancellationToken ct) => RunAsync(round => round.SteadyAsync(ct), null, ct);

    /// <summary>Looks anew at what hides the alerts that <paramref name="which"/> picks, after <paramref name="first"/> has changed the silences.</summary>
    public Task<IReadOnlyList<long>> ReviewAsync(
        Func<OpsDbContext, CancellationToken, Task<bool>> first, Func<IQueryable<AlertRecord>, IQueryable<AlertRecord>> which, CancellationToken ct) =>
        RunAsync(
            async round =>
            {
                if (await first(round.Db, ct)) await round.ReviewAsync(which, ct);
            },
            null, ct);

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task<IReadOnlyList<long>> RunAsync(Func<IntakeRound, Task> work, Func<OpsDbContext, CancellationToken, Task>? along, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            return await WriteAsync(work, along, ct);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<IReadOnlyList<long>> WriteAsync(Func<IntakeRound, Task> work, Func<OpsDbContext, CancellationToken, Task>? along, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var db = store.CreateDbContext();
            try
            {
                var touched = await db.OneWriterAsync(
                    Lock,
                    async token =>
                    {
                        var round = new IntakeRound(db, tools, time.GetUtcNow());
                        await work(round);
                        await round.WriteAsync(token);
                        if (along is not null) await along(db, token);
                        return round.Touched;
                    },
                    ct);
                if (touched.Count > 0) signals.Changed();
                if (touched.Count > 0) tools.Outbox.Wake();
                return touched;
            }
            catch (DbUpdateException failure) when (attempt < MostAttempts && (failure is DbUpdateConcurrencyException || StoreFailure.IsAboutTheRows(failure)))
            {
                // A person was faster with one of the incidents: decide again on what they left.
            }
        }
    }

    private async Task<IReadOnlyCollection<IncomingAlert>> UnfilteredAsync(IReadOnlyCollection<IncomingAlert> alerts, CancellationToken ct)
    {
        var left = new List<IncomingAlert>(alerts.Count);
        foreach (var alert in alerts)
        {
            var swallowed = false;
            foreach (var filter in _filters)
            {
                if (swallowed = await filter.SwallowAsync(alert, ct)) break;
            }
            if (!swallowed) left.Add(alert);
        }
        return left;
    }
}

/// <summary>What a round of the intake decides with.</summary>
internal sealed class IntakeTools(
    Outbox outbox, IIncidentPlan plan, AlertClass classes, FlapDecision flaps, IOptions<InhibitionOptions> inhibition, IOptions<AlertingOptions> alerting, IOptions<StormOptions> storm)
{
    public Outbox Outbox => outbox;

    public IIncidentPlan Plan => plan;

    public AlertClass Classes => classes;

    public FlapDecision Flaps => flaps;

    public IReadOnlyList<InhibitionRule> Rules { get; } = inhibition.Value.Effective;

    public AlertingOptions Alerting => alerting.Value;

    public StormOptions Storm => storm.Value;
}
