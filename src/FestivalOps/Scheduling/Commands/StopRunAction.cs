using FestivalOps.Commands;
using FestivalOps.Commands.Replies;
using FestivalOps.Commands.Roles;
using FestivalOps.Scheduling.Runs;

namespace FestivalOps.Scheduling.Commands;

/// <summary>"Stop" on the post of a run: wherever it runs, it ends at the next moment at which it looks.</summary>
internal sealed class StopRunAction(RunDesk desk, TaskRunner runner) : IButtonAction
{
    /// <summary>The button's <c>action_id</c>.</summary>
    public const string Id = "task.stop";

    /// <inheritdoc/>
    public string ActionId => Id;

    /// <inheritdoc/>
    public IReadOnlyCollection<Role> AllowedRoles => [Role.Operations, Role.TechnicalLead];

    /// <inheritdoc/>
    public bool Changes => true;

    /// <inheritdoc/>
    public async Task<Reply> RunAsync(CommandContext context, CancellationToken ct)
    {
        if (await desk.AskToStopAsync(context.Value, context.Person.UserId, ct) is not { } run) return Reply.Refused(ScheduleTexts.OverAlready, context.Language);
        runner.Stop(run.Id);
        return Reply.ToPerson(Notice.Of(":octagonal_sign:", ScheduleTexts.Stopping(run.Task).In(context.Language)));
    }
}
