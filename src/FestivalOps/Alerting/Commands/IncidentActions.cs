using FestivalOps.Alerting.Card;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Commands;
using FestivalOps.Commands.Grammar;
using FestivalOps.Commands.Roles;

namespace FestivalOps.Alerting.Commands;

/// <summary>"Acknowledge" on the card.</summary>
internal sealed class AcknowledgeAction(IIncidentActions incidents, OutcomeReply outcomes) : IButtonAction
{
    /// <inheritdoc/>
    public string ActionId => IncidentButtons.Acknowledge;

    /// <inheritdoc/>
    public IReadOnlyCollection<Role> AllowedRoles => Doers.WithManagement;

    /// <inheritdoc/>
    public bool Changes => true;

    /// <inheritdoc/>
    public async Task<Reply> RunAsync(CommandContext context, CancellationToken ct) => IncidentWords.Number(context.Value) is { } id
        ? outcomes.Of(await incidents.AcknowledgeAsync(id, context.Person.UserId, null, ct), context.Language)
        : Reply.Refused(IncidentTexts.NoNumber(context.Value), context.Language);
}

/// <summary>"Resolve" on the card. Refused while it fires; then the way out, a silence, is offered.</summary>
internal sealed class ResolveAction(IIncidentActions incidents, OutcomeReply outcomes) : IButtonAction
{
    /// <inheritdoc/>
    public string ActionId => IncidentButtons.Resolve;

    /// <inheritdoc/>
    public IReadOnlyCollection<Role> AllowedRoles => Doers.All;

    /// <inheritdoc/>
    public bool Changes => true;

    /// <inheritdoc/>
    public async Task<Reply> RunAsync(CommandContext context, CancellationToken ct)
    {
        if (IncidentWords.Number(context.Value) is not { } id) return Reply.Refused(IncidentTexts.NoNumber(context.Value), context.Language);
        var outcome = await incidents.ResolveAsync(id, context.Person.UserId, "", ct);
        var fires = outcome is { Kind: OutcomeKind.Refused, Incident.FiringAlerts: > 0 };
        return outcomes.Of(outcome, context.Language, fires ? IncidentButtons.SilenceOnly(id, context.Language) : null);
    }
}

/// <summary>"Escalate now" on the card.</summary>
internal sealed class EscalateAction(IIncidentActions incidents, OutcomeReply outcomes) : IButtonAction
{
    /// <inheritdoc/>
    public string ActionId => IncidentButtons.Escalate;

    /// <inheritdoc/>
    public IReadOnlyCollection<Role> AllowedRoles => Doers.All;

    /// <inheritdoc/>
    public bool Changes => true;

    /// <inheritdoc/>
    public async Task<Reply> RunAsync(CommandContext context, CancellationToken ct) => IncidentWords.Number(context.Value) is { } id
        ? outcomes.Of(await incidents.EscalateAsync(id, context.Person.UserId, ct), context.Language)
        : Reply.Refused(IncidentTexts.NoNumber(context.Value), context.Language);
}

/// <summary>"Undo" on the card.</summary>
internal sealed class UndoAction(IIncidentActions incidents, OutcomeReply outcomes) : IButtonAction
{
    /// <inheritdoc/>
    public string ActionId => IncidentButtons.Undo;

    /// <inheritdoc/>
    public IReadOnlyCollection<Role> AllowedRoles => Doers.WithManagement;

    /// <inheritdoc/>
    public bool Changes => true;

    /// <inheritdoc/>
    public async Task<Reply> RunAsync(CommandContext context, CancellationToken ct) => IncidentWords.Number(context.Value) is { } id
        ? outcomes.Of(await incidents.UndoAsync(id, context.Person.UserId, ct), context.Language)
        : Reply.Refused(IncidentTexts.NoNumber(context.Value), context.Language);
}

/// <summary>"Snooze" on the card: the choice is the incident's number and a time in words, counted from the press.</summary>
internal sealed class SnoozeAction(IIncidentActions incidents, SpokenWhen when, OutcomeReply outcomes) : IButtonAction
{
    /// <inheritdoc/>
    public string ActionId => IncidentButtons.Snooze;

    /// <inheritdoc/>
    public IReadOnlyCollection<Role> AllowedRoles => Doers.All;

    /// <inheritdoc/>
    public bool Changes => true;

    /// <inheritdoc/>
    public async Task<Reply> RunAsync(CommandContext context, CancellationToken ct)
    {
        var words = CommandLine.Parse(context.Value).Words;
        if (words.Length < 2 || IncidentWords.Number(words[0]) is not { } id) return Reply.Refused(IncidentTexts.NoNumber(context.Value), context.Language);
        var until = when.Read(words, 1, context.AskedAt);
        return until.Problem is { } problem
            ? Reply.Refused(problem, context.Language)
            : outcomes.Of(await incidents.SnoozeAsync(id, context.Person.UserId, until.At, ct), context.Language);
    }
}
