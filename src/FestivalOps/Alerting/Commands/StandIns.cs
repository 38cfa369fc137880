using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Alerting.Silences;
using FestivalOps.Language;

namespace FestivalOps.Alerting.Commands;

/// <summary>What a bot answers that has commands about incidents and nothing behind them yet.</summary>
internal sealed class StandIns : IIncidentActions, IIncidentIntake, ISilenceDesk
{
    private static readonly LocalizedText NotYet = new("この版ではまだ使えません。", "This version can't do that yet.");

    private static readonly Task<IncidentOutcome> Refused = Task.FromResult(new IncidentOutcome(OutcomeKind.Refused, null, NotYet));

    private static readonly SilenceOutcome NoSilence = new(null, false, NotYet);

    public Task<IncidentOutcome> AcknowledgeAsync(long id, string userId, DateTimeOffset? until, CancellationToken ct) => Refused;

    public Task<IncidentOutcome> ResolveAsync(long id, string userId, string reason, CancellationToken ct) => Refused;

    public Task<IncidentOutcome> EscalateAsync(long id, string userId, CancellationToken ct) => Refused;

    public Task<IncidentOutcome> SnoozeAsync(long id, string userId, DateTimeOffset until, CancellationToken ct) => Refused;

    public Task<IncidentOutcome> AssignAsync(long id, string userId, string toUserId, CancellationToken ct) => Refused;

    public Task<IncidentOutcome> NoteAsync(long id, string userId, string text, CancellationToken ct) => Refused;

    public Task<IncidentOutcome> UndoAsync(long id, string userId, CancellationToken ct) => Refused;

    public Task<IReadOnlyList<long>> RaiseAsync(IReadOnlyCollection<IncomingAlert> alerts, CancellationToken ct) => Task.FromResult<IReadOnlyList<long>>([]);

    public Task<SilencePreview> PreviewAsync(SilenceRequest request, CancellationToken ct) => Task.FromResult(new SilencePreview(NotYet, 0, 0, []));

    public Task<SilenceOutcome> CreateAsync(SilenceRequest request, string userId, string channelId, CancellationToken ct) => Task.FromResult(NoSilence);

    public Task<SilenceOutcome> EndAsync(long id, string userId, CancellationToken ct) => Task.FromResult(NoSilence);

    public Task<IReadOnlyList<Silence>> ListAsync(CancellationToken ct) => Task.FromResult<IReadOnlyList<Silence>>([]);
}
