using FestivalOps.Channels;
using FestivalOps.Commands;
using FestivalOps.Maintenance.Checklists.Buttons;
using FestivalOps.Maintenance.Checklists.Card;
using FestivalOps.Maintenance.Checklists.Evidence;
using FestivalOps.Maintenance.Checklists.Export;
using FestivalOps.Scheduling;
using FestivalOps.Settings;

namespace FestivalOps.Maintenance.Checklists;

/// <summary>Registers the security checklists: tasks, card, buttons, command, export.</summary>
internal static class ChecklistsSetup
{
    /// <summary>Adds the checklists.</summary>
    public static IServiceCollection AddChecklists(this IServiceCollection services)
    {
        services.AddSettings<ChecklistOptions>("Maintenance:Checklists");
        services.AddSingleton<EvidenceReader>();
        services.AddSingleton<ChecklistBook>();
        services.AddSingleton<ChecklistDesk>();
        services.AddSingleton<ChecklistOpening>();
        services.AddSingleton<ChecklistSigning>();
        services.AddSingleton<ChecklistExport>();
        services.AddPostKind<ChecklistCardPost>();
        services.AddPostKind<ChecklistRedrawPost>();
        services.AddPostKind<ChecklistReminderPost>();

        services.AddSingleton<PressReply>();
        services.AddSingleton<ChecklistUndo>();
        services.AddSingleton<ItemDialogs>();
        services.AddButton<TickAction>();
        services.AddButton<UntickAction>();
        services.AddButton<TickNoteAction>();
        services.AddButton<AssignItemAction>();
        services.AddButton<RefreshEvidenceAction>();
        services.AddButton<SignListAction>();
        services.AddForm<TickNoteForm>();
        services.AddForm<AssignItemForm>();
        services.AddCommand<ChecklistCommand>();

        services.AddTask<DailyChecklistTask>(DailyChecklistTask.TaskName);
        services.AddTask<WeeklyChecklistTask>(WeeklyChecklistTask.TaskName);
        services.AddTask<MonthlyChecklistTask>(MonthlyChecklistTask.TaskName);
        services.AddTask<ChecklistReminderTask>(ChecklistReminderTask.TaskName);
        return services;
    }
}
