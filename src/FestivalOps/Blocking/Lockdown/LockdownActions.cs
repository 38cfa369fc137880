using FestivalOps.Blocking.Firewalls;
using FestivalOps.Commands;
using FestivalOps.Commands.Audit;
using FestivalOps.Commands.Roles;
using FestivalOps.Language;

namespace FestivalOps.Blocking.Lockdown;

/// <summary>"Keep" on the card: a step for a time lasts, if a new connection to each host comes about.</summary>
internal sealed class KeepLockdownAction(Lockdowns lockdown, LockdownPosts posts, TimeProvider time) : IButtonAction
{
    /// <summary>The button's <c>action_id</c>.</summary>
    public const string Id = "lockdown.keep";

    /// <inheritdoc/>
    public string ActionId => Id;

    /// <inheritdoc/>
    public bool Changes => true;

    /// <inheritdoc/>
    public IReadOnlyCollection<Role> AllowedRoles => LockdownCommand.Roles;

    /// <inheritdoc/>
    public async Task<Reply> RunAsync(CommandContext context, CancellationToken ct)
    {
        if (LockdownTime.Read(context.Value) is not { } begun || begun.End <= time.GetUtcNow()) return Reply.Refused(LockdownTexts.TooLate, context.Language);
        var kept = await lockdown.KeepAsync(begun.Step, ct);
        if (kept.FirstOrDefault(k => k.Problem is not null) is { Problem: { } problem }) return Reply.Refused(LockdownTexts.NotKept(problem, posts.Clock(begun.End)), context.Language);
        await posts.EndAsync(begun, LockdownEnd.Kept, context.Person.UserId, ct);
        return Decided(LockdownTexts.How(begun.Step, LockdownEnd.Kept), context, $"{begun.Step} of run {begun.Run} kept");
    }

    /// <summary>What the channel reads, with who decided.</summary>
    public static Reply Decided(LocalizedText how, CommandContext context, string detail)
    {
        var line = Mrkdwn.Of($":white_check_mark: {how.In(context.ChannelLanguage)} ({Mrkdwn.User(context.Person.UserId)})");
        return new(new() { Text = line.ToString(), Blocks = [new SectionBlock { Text = line }] }, ToChannel: true, AuditEvent.Done, detail, "");
    }
}

/// <summary>"Take back now" on the card.</summary>
internal sealed class UndoLockdownAction(Lockdowns lockdown, LockdownPosts posts, TimeProvider time) : IButtonAction
{
    /// <summary>The button's <c>action_id</c>.</summary>
    public const string Id = "lockdown.undo";

    /// <inheritdoc/>
    public string ActionId => Id;

    /// <inheritdoc/>
    public bool Changes => true;

    /// <inheritdoc/>
    public IReadOnlyCollection<Role> AllowedRoles => LockdownCommand.Roles;

    /// <inheritdoc/>
    public async Task<Reply> RunAsync(CommandContext context, CancellationToken ct)
    {
        if (LockdownTime.Read(context.Value) is not { } begun || begun.End <= time.GetUtcNow()) return Reply.Refused(LockdownTexts.TooLate, context.Language);
        // Someone may have kept it meanwhile: what lasts needs two people again.
        var readings = await lockdown.ReadAsync(ct);
        if (readings.Any(r => r.Reading.State is { } state && IsKept(begun.Step, state))) return Reply.Refused(LockdownTexts.KeptAlready, context.Language);
        var undone = await lockdown.UndoAsync(begun.Step, ct);
        if (undone.FirstOrDefault(k => k.Problem is not null) is { Problem: { } problem }) return Reply.Refused(LockdownTexts.NotUndone(problem, posts.Clock(begun.End)), context.Language);
        await posts.EndAsync(begun, LockdownEnd.Undone, context.Person.UserId, ct);
        return KeepLockdownAction.Decided(LockdownTexts.How(begun.Step, LockdownEnd.Undone), context, $"{begun.Step} of run {begun.Run} taken back");
    }

    private static bool IsKept(LockdownStep step, LockdownState state) => step == LockdownStep.Lock ? state is { IsLocked: true, EndsIn: null } : !state.IsLocked;
}
