using FestivalOps.Alerting.Incidents;
using FestivalOps.Commands;
using FestivalOps.Commands.Grammar;
using FestivalOps.Commands.Roles;
using FestivalOps.Language;

namespace FestivalOps.Alerting.Commands;

/// <summary><c>/fops ack 42</c>, <c>/fops ack 42 until 14:00</c>.</summary>
internal sealed class AckCommand(IIncidentActions incidents, SpokenWhen when, OutcomeReply outcomes) : ICommand
{
    /// <inheritdoc/>
    public string Name => "ack";

    /// <inheritdoc/>
    public LocalizedText Summary => IncidentTexts.AckSummary;

    /// <inheritdoc/>
    public LocalizedText? Usage => IncidentTexts.AckUsage;

    /// <inheritdoc/>
    public LocalizedText? Details => IncidentTexts.AckDetails;

    /// <inheritdoc/>
    public IReadOnlyCollection<Role> AllowedRoles => Doers.WithManagement;

    /// <inheritdoc/>
    public bool Changes => true;

    /// <inheritdoc/>
    public async Task<Reply> RunAsync(CommandContext context, CancellationToken ct)
    {
        if (IncidentWords.Number(context.Arguments.FirstOrDefault()) is not { } id)
            return Reply.Refused(IncidentTexts.NoNumber(context.Arguments.FirstOrDefault() ?? ""), context.Language);
        DateTimeOffset? until = null;
        if (context.Arguments.Length > 1)
        {
            var read = when.Read(context.Arguments, 1, context.AskedAt);
            if (read.Problem is { } problem) return Reply.Refused(problem, context.Language);
            if (1 + read.Words < context.Arguments.Length) return Reply.Refused(IncidentTexts.TooMuch(context.Arguments[1 + read.Words]), context.Language);
            until = read.At;
        }
        return outcomes.Of(await incidents.AcknowledgeAsync(id, context.Person.UserId, until, ct), context.Language);
    }
}

/// <summary><c>/fops resolve 42 [reason]</c>.</summary>
internal sealed class ResolveCommand(IIncidentActions incidents, OutcomeReply outcomes) : ICommand
{
    private const int MaxReason = 500;

    /// <inheritdoc/>
    public string Name => "resolve";

    /// <inheritdoc/>
    public LocalizedText Summary => IncidentTexts.ResolveSummary;

    /// <inheritdoc/>
    public LocalizedText? Usage => IncidentTexts.ResolveUsage;

    /// <inheritdoc/>
    public IReadOnlyCollection<Role> AllowedRoles => Doers.All;

    /// <inheritdoc/>
    public bool Changes => true;

    /// <inheritdoc/>
    public async Task<Reply> RunAsync(CommandContext context, CancellationToken ct)
    {
        if (IncidentWords.Number(context.Arguments.FirstOrDefault()) is not { } id)
            return Reply.Refused(IncidentTexts.NoNumber(context.Arguments.FirstOrDefault() ?? ""), context.Language);
        return outcomes.Of(await incidents.ResolveAsync(id, context.Person.UserId, IncidentWords.Rest(context.Arguments, 1, MaxReason), ct), context.Language);
    }
}

/// <summary><c>/fops snooze 42 1h</c>, <c>/fops snooze 42 until 9:00</c>, <c>/fops snooze 42 morning</c>.</summary>
internal sealed class SnoozeCommand(IIncidentActions incidents, SpokenWhen when, OutcomeReply outcomes) : ICommand
{
    /// <inheritdoc/>
    public string Name => "snooze";

    /// <inheritdoc/>
    public LocalizedText Summary => IncidentTexts.SnoozeSummary;

    /// <inheritdoc/>
    public LocalizedText? Usage => IncidentTexts.SnoozeUsage;

    /// <inheritdoc/>
    public LocalizedText? Details => IncidentTexts.SnoozeDetails;

    /// <inheritdoc/>
    public IReadOnlyCollection<Role> AllowedRoles => Doers.All;

    /// <inheritdoc/>
    public bool Changes => true;

    /// <inheritdoc/>
    public async Task<Reply> RunAsync(CommandContext context, CancellationToken ct)
    {
        if (IncidentWords.Number(context.Arguments.FirstOrDefault()) is not { } id)
            return Reply.Refused(IncidentTexts.NoNumber(context.Arguments.FirstOrDefault() ?? ""), context.Language);
        var read = when.Read(context.Arguments, 1, context.AskedAt);
        if (read.Problem is { } problem) return Reply.Refused(problem, context.Language);
        return 1 + read.Words < context.Arguments.Length
            ? Reply.Refused(IncidentTexts.TooMuch(context.Arguments[1 + read.Words]), context.Language)
            : outcomes.Of(await incidents.SnoozeAsync(id, context.Person.UserId, read.At, ct), context.Language);
    }
}
