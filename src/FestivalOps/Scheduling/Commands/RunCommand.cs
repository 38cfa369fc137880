using FestivalOps.Commands;
using FestivalOps.Commands.Roles;
using FestivalOps.Language;

namespace FestivalOps.Scheduling.Commands;

/// <summary>
/// <c>/fops run TASK [dry]</c>: begins a run by hand; its post tells the rest. <c>dry</c> shows the plan of a task that changes something. A
/// dangerous task is planned, and another person approves the plan.
/// </summary>
internal sealed class RunCommand(TaskBook book, RunStart start) : ICommand
{
    /// <inheritdoc/>
    public string Name => "run";

    /// <inheritdoc/>
    public LocalizedText Summary => ScheduleTexts.RunSummary;

    /// <inheritdoc/>
    public LocalizedText? Usage => ScheduleTexts.RunUsage;

    /// <inheritdoc/>
    public LocalizedText? Details => ScheduleTexts.Tasks(book);

    /// <inheritdoc/>
    public bool Changes => true;

    /// <inheritdoc/>
    public IReadOnlyCollection<Role> AllowedRolesFor(string firstWord) => book.Find(firstWord)?.Task.AllowedRoles ?? [];

    /// <inheritdoc/>
    public async Task<Reply> RunAsync(CommandContext context, CancellationToken ct)
    {
        if (context.Name(0).Length == 0) return Reply.Refused(ScheduleTexts.WhichTask(book), context.Language);
        if (book.Find(context.Name(0)) is not { } task)
            return Reply.Refused(ScheduleTexts.UnknownTask("run", CommandTexts.Typed(context.Arguments[0]), book.NearestTo(context.Name(0))), context.Language);
        var isDry = context.Name(1) is "dry" or "dry-run" or "--dry" or "--dry-run";
        if (context.Arguments.Skip(isDry ? 2 : 1).FirstOrDefault() is { } surplus) return Reply.Refused(ScheduleTexts.OnlyDry(CommandTexts.Typed(surplus)), context.Language);

        return await start.ByHandAsync(task, isDry, context, ct);
    }
}
