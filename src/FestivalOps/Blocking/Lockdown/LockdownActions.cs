using FestivalOps.Blocking.Firewalls;
using FestivalOps.Commands;
using FestivalOps.Commands.Audit;
using FestivalOps.Commands.Roles;
using FestivalOps.Language;

namespace FestivalOps.Blocking.Lockdown;

/// <summary>A button on the card of a step for a time: what is decided before that time is over holds, and the channel reads who decided it.</summary>
internal abstract class LockdownAction(LockdownPosts posts, TimeProvider time) : IButtonAction
{
    /// <inheritdoc/>
    public abstract string ActionId { get; }

    /// <inheritdoc/>
    public bool Changes => true;

    /// <inheritdoc/>
    public IReadOnlyCollection<Role> AllowedRoles => LockdownCommand.Roles;

    /// <inheritdoc/>
    public async Task<Reply> RunAsync(CommandContext context, CancellationToken ct)
    {
        if (LockdownTime.Read(context.Value) is not { } begun || begun.End <= time.GetUtcNow()) return Reply.Refused(LockdownTexts.TooLate, context.Language);
        var (end, refusal) = await DecideAsync(begun, posts.Clock(begun.End), ct);
        if (refusal is not null) return Reply.Refused(refusal, context.Language);
        await posts.EndAsync(begun, end, context.Person.UserId, ct);
        var line = Mrkdwn.Of($":white_check_mark: {LockdownTexts.How(begun.Step, end).In(context.ChannelLanguage)} ({Mrkdwn.User(context.Person.UserId)})");
        return new(
            new() { Text = line.ToString(), Blocks = [new SectionBlock { Text = line }] }, ToChannel: true, AuditEvent.Done,
            $"{begun.Step} of run {begun.Run} {(end == LockdownEnd.Kept ? "kept" : "taken back")}", "");
    }

    /// <summary>Does it. How the step ended, and why it was not done; null: it was.</summary>
    /// <param name="begun">The step.</param>
    /// <param name="clock">When its time is over, as people read it.</param>
    /// <param name="ct">Gives up.</param>
    protected abstract Task<(LockdownEnd End, LocalizedText? Refusal)> DecideAsync(LockdownTime begun, string clock, CancellationToken ct);

    /// <summary>What the first host says that something went wrong on; null: nothing did.</summary>
    protected static LocalizedText? Problem(IReadOnlyList<(string Host, LocalizedText? Problem)> done) => done.Select(d => d.Problem).FirstOrDefault(p => p is not null);
}

/// <summary>"Keep": the step lasts, if a new connection to each host comes about.</summary>
internal sealed class KeepLockdownAction(Lockdowns lockdown, LockdownPosts posts, TimeProvider time) : LockdownAction(posts, time)
{
    /// <summary>The button's <c>action_id</c>.</summary>
    public const string Id = "lockdown.keep";

    /// <inheritdoc/>
    public override string ActionId => Id;

    /// <inheritdoc/>
    protected override async Task<(LockdownEnd End, LocalizedText? Refusal)> DecideAsync(LockdownTime begun, string clock, CancellationToken ct) =>
        (LockdownEnd.Kept, Problem(await lockdown.KeepAsync(begun.Step, ct)) is { } problem ? LockdownTexts.NotKept(problem, clock) : null);
}

/// <summary>"Take back now".</summary>
internal sealed class UndoLockdownAction(Lockdowns lockdown, LockdownPosts posts, TimeProvider time) : LockdownAction(posts, time)
{
    /// <summary>The button's <c>action_id</c>.</summary>
    public const string Id = "lockdown.undo";

    /// <inheritdoc/>
    public override string ActionId => Id;

    /// <inheritdoc/>
    protected override async Task<(LockdownEnd End, LocalizedText? Refusal)> DecideAsync(LockdownTime begun, string clock, CancellationToken ct)
    {
        // Someone may have kept it meanwhile: what lasts needs two people again.
        var readings = await lockdown.ReadAsync(ct);
        if (readings.Any(r => r.Reading.State is { } state && IsKept(begun.Step, state))) return (LockdownEnd.Undone, LockdownTexts.KeptAlready);
        return (LockdownEnd.Undone, Problem(await lockdown.UndoAsync(begun.Step, ct)) is { } problem ? LockdownTexts.NotUndone(problem, clock) : null);
    }

    private static bool IsKept(LockdownStep step, LockdownState state) => step == LockdownStep.Lock ? state is { IsLocked: true, EndsIn: null } : !state.IsLocked;
}
