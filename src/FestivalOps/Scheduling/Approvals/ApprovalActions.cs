using FestivalOps.Commands;
using FestivalOps.Commands.Audit;
using FestivalOps.Commands.Replies;
using FestivalOps.Commands.Roles;
using FestivalOps.Language;
using FestivalOps.Scheduling.Commands;
using FestivalOps.Scheduling.Post;
using FestivalOps.Scheduling.Runs;
using Microsoft.Extensions.Options;

namespace FestivalOps.Scheduling.Approvals;

/// <summary>Who may decide about a task: its own roles, which differ by task, so that they are asked when it is pressed.</summary>
internal static class TaskRoles
{
    /// <summary>Null: the person may; otherwise what they are told.</summary>
    public static async Task<LocalizedText?> RefusalAsync(this RoleBook roles, IScheduledTask task, string userId, CancellationToken ct) =>
        await roles.AskAsync(userId, task.AllowedRoles, ct) switch
        {
            Permission.Granted => null,
            Permission.Unclear => CommandTexts.RoleUnclear(task.AllowedRoles, roles.UnclearErrorId),
            _ => CommandTexts.NotAllowed(task.AllowedRoles, roles.NobodyHas(task.AllowedRoles)),
        };

    /// <summary>What is told to whoever came too late.</summary>
    public static LocalizedText TooLate(Approval approval) => approval.State switch
    {
        ApprovalState.Approved => ApprovalTexts.AlreadyApproved(approval.Task),
        ApprovalState.Rejected => ApprovalTexts.AlreadyRejected(approval.Task),
        ApprovalState.Withdrawn => ApprovalTexts.AlreadyWithdrawn(approval.Task),
        ApprovalState.Changed => ApprovalTexts.WasChanged,
        _ => ApprovalTexts.TooLate,
    };

    /// <summary>The same with the person who was faster.</summary>
    public static Reply Late(Approval approval, SpokenLanguage language)
    {
        var why = TooLate(approval);
        if (approval.DecidedBy is not { } by) return Reply.Refused(why, language);
        var line = Mrkdwn.Of($":no_entry_sign: {why.In(language)} ({Mrkdwn.User(by)})");
        return new(new() { Text = line.ToString(), Blocks = [new SectionBlock { Text = line }] }, ToChannel: false, AuditEvent.Refused, why.En, "");
    }
}

/// <summary>The request that a button names, and whether the person may decide about it: what approving and rejecting have in common.</summary>
internal sealed class DecidedRequest(ApprovalDesk desk, TaskBook book, RoleBook roles)
{
    /// <summary>Lets <paramref name="decide"/> decide, or tells why not.</summary>
    public async Task<Reply> DecideAsync(CommandContext context, Func<Approval, PlannedTask, Task<Reply>> decide, CancellationToken ct)
    {
        if (await desk.FindAsync(context.Value, ct) is not { } asked || book.Find(asked.Task) is not { } task) return Reply.Refused(ApprovalTexts.Gone, context.Language);
        return await roles.RefusalAsync(task.Task, context.Person.UserId, ct) is { } refusal ? Reply.Refused(refusal, context.Language) : await decide(asked, task);
    }
}

/// <summary>"Approve and run" on the post of a request: another person than who asked lets it run.</summary>
internal sealed class ApproveRunAction(DecidedRequest request, ApprovalDesk desk, TaskRunner runner, IOptions<LanguageOptions> languages) : IButtonAction
{
    /// <summary>The button's <c>action_id</c>.</summary>
    public const string Id = "task.approve";

    /// <inheritdoc/>
    public string ActionId => Id;

    /// <inheritdoc/>
    public bool Changes => true;

    /// <inheritdoc/>
    public Task<Reply> RunAsync(CommandContext context, CancellationToken ct) => request.DecideAsync(context, (asked, task) => ApproveAsync(asked, task, context, ct), ct);

    private async Task<Reply> ApproveAsync(Approval asked, PlannedTask task, CommandContext context, CancellationToken ct)
    {
        var (language, user) = (context.Language, context.Person.UserId);
        var decided = await runner.GoAsync(task, () => desk.ApproveAsync(asked.Id, task, user, ct), d => d.What == Decision.Taken ? d.Run : null);
        switch (decided.What)
        {
            case Decision.Taken:
                // The trail names both and what exactly was approved.
                var detail = $"{task.Name}: asked by {asked.AskedBy}, approved by {user}, plan {asked.Hash}, run {decided.Run!.Id}";
                return new(Notice.Of(":white_check_mark:", ApprovalTexts.Started(task.Name).In(language)), ToChannel: false, AuditEvent.Done, detail, "");
            case Decision.OwnRequest: return Reply.Refused(ApprovalTexts.NotYourOwn, language);
            case Decision.Late: return TaskRoles.Late(decided.Approval!, language);
            case Decision.Busy: return Reply.Refused(ScheduleTexts.RunsAlready(task.Name, RunMessage.Stamp(decided.Run!.StartedAt, languages.Value.GetZone())), language);
            default: return Reply.Refused(ApprovalTexts.Gone, language);
        }
    }
}

/// <summary>"Reject" on the same post; who asked takes it back with it.</summary>
internal sealed class RejectRunAction(DecidedRequest request, ApprovalDesk desk) : IButtonAction
{
    /// <summary>The button's <c>action_id</c>.</summary>
    public const string Id = "task.reject";

    /// <inheritdoc/>
    public string ActionId => Id;

    /// <inheritdoc/>
    public bool Changes => true;

    /// <inheritdoc/>
    public Task<Reply> RunAsync(CommandContext context, CancellationToken ct) => request.DecideAsync(context, (asked, task) => RejectAsync(asked, task, context, ct), ct);

    private async Task<Reply> RejectAsync(Approval asked, PlannedTask task, CommandContext context, CancellationToken ct)
    {
        var (language, user) = (context.Language, context.Person.UserId);
        var decided = await desk.RejectAsync(asked.Id, user, ct);
        if (decided.What == Decision.Unknown) return Reply.Refused(ApprovalTexts.Gone, language);
        if (decided.What == Decision.Late) return TaskRoles.Late(decided.Approval!, language);
        var done = decided.Approval!.State == ApprovalState.Withdrawn ? ApprovalTexts.WasWithdrawn(asked.Task) : ApprovalTexts.WasRejected(asked.Task);
        var detail = $"{task.Name}: asked by {asked.AskedBy}, rejected by {user}, plan {asked.Hash}";
        return new(Notice.Of(":no_entry_sign:", done.In(language)), ToChannel: false, AuditEvent.Done, detail, "");
    }
}

/// <summary>"Ask to run" on a plan that the clock made, or that is void: whoever presses it asks, and a new plan is made.</summary>
internal sealed class AskToRunAction(TaskBook book, RunStart start, RoleBook roles) : IButtonAction
{
    /// <summary>The button's <c>action_id</c>.</summary>
    public const string Id = "task.ask";

    /// <inheritdoc/>
    public string ActionId => Id;

    /// <inheritdoc/>
    public bool Changes => true;

    /// <inheritdoc/>
    public async Task<Reply> RunAsync(CommandContext context, CancellationToken ct)
    {
        if (book.Find(context.Value) is not { } task) return Reply.Refused(ApprovalTexts.Gone, context.Language);
        if (await roles.RefusalAsync(task.Task, context.Person.UserId, ct) is { } refusal) return Reply.Refused(refusal, context.Language);
        return await start.ByHandAsync(task, isDry: false, context, ct);
    }
}
