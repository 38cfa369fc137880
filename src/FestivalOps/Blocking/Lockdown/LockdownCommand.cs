using FestivalOps.Commands;
using FestivalOps.Commands.Roles;
using FestivalOps.Language;
using FestivalOps.Scheduling;
using FestivalOps.Scheduling.Commands;

namespace FestivalOps.Blocking.Lockdown;

/// <summary>
/// <c>/fops lockdown</c> asks for a lock-down, <c>/fops lockdown lift</c> for its end: each makes a plan that another person approves.
/// <c>/fops lockdown status</c> asks the hosts how it stands.
/// </summary>
internal sealed class LockdownCommand(Lockdowns lockdown, TaskBook book, RunStart start) : ICommand
{
    /// <summary>Who may begin, approve, keep and lift it.</summary>
    public static readonly IReadOnlyCollection<Role> Roles = [Role.Operations, Role.TechnicalLead, Role.Security];

    /// <inheritdoc/>
    public string Name => "lockdown";

    /// <inheritdoc/>
    public LocalizedText? AlsoCalled => LockdownTexts.AlsoCalled;

    /// <inheritdoc/>
    public LocalizedText Summary => LockdownTexts.CommandSummary;

    /// <inheritdoc/>
    public LocalizedText? Usage => LockdownTexts.Usage;

    /// <inheritdoc/>
    public bool Changes => true;

    /// <inheritdoc/>
    public IReadOnlyCollection<Role> AllowedRolesFor(string firstWord) => firstWord == "status" ? [] : Roles;

    /// <inheritdoc/>
    public async Task<Reply> RunAsync(CommandContext context, CancellationToken ct)
    {
        if (context.Arguments.Length > 1) return Reply.Refused(LockdownTexts.OnlyOneWord, context.Language);
        switch (context.Name(0))
        {
            case "": return await start.ByHandAsync(book.Find(LockdownTask.TaskName)!, isDry: false, context, ct);
            case "lift": return await start.ByHandAsync(book.Find(LockdownLiftTask.TaskName)!, isDry: false, context, ct);
            case "status": return await StatusAsync(context, ct);
            default: return Reply.Refused(LockdownTexts.UnknownWord(CommandTexts.Typed(context.Arguments[0])), context.Language);
        }
    }

    private async Task<Reply> StatusAsync(CommandContext context, CancellationToken ct)
    {
        var language = context.Language;
        if (lockdown.Hosts.Count == 0) return Reply.Refused(LockdownTexts.NoHosts, language);
        var lines = (await lockdown.ReadAsync(ct)).Select(r => Mrkdwn.Of($"{(r.Reading.State is { } state ? LockdownTexts.State(r.Host, state) : LockdownTexts.LeftOut(r.Host, r.Reading.Problem!)).In(language)}")).ToList();
        var text = Mrkdwn.Join("\n", lines);
        return Reply.ToPerson(new() { Text = text.ToString(), Blocks = [new SectionBlock { Text = text }] });
    }
}
