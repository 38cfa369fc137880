using FestivalOps.Alerting.Card;
using FestivalOps.Channels;
using FestivalOps.Commands;
using FestivalOps.Storage;

namespace FestivalOps.Alerting.Commands;

/// <summary>Registers the card of an incident, its buttons and dialogs, and the commands that do the same.</summary>
internal static class IncidentCommandsSetup
{
    /// <summary>Adds card, buttons, dialogs and commands.</summary>
    public static IServiceCollection AddIncidentCommands(this IServiceCollection services)
    {
        services.AddSingleton<IncidentReader>();
        services.AddSingleton<CardPainter>();
        services.AddSingleton<CardHome>();
        services.AddSingleton<ILastHour, LastHour>();
        services.AddPostKind<IncidentCardPost>();
        services.AddPostKind<IncidentRedrawPost>();
        services.AddPostKind<IncidentNotePost>();
        services.AddPostKind<IncidentCatchUpPost>();
        services.AddCatchUp<IncidentCatchUp>();
        services.AddPostKind<RestartPost>();
        services.AddSingleton<IStoreOpening, RestartWatch>();

        services.AddSingleton<OutcomeReply>();
        services.AddSingleton<Assignees>();
        services.AddSingleton<SilencePreviews>();
        services.AddButton<AcknowledgeAction>();
        services.AddButton<ResolveAction>();
        services.AddButton<EscalateAction>();
        services.AddButton<SnoozeAction>();
        services.AddButton<UndoAction>();
        services.AddButton<AssignAction>();
        services.AddButton<PromiseAction>();
        services.AddButton<NoteAction>();
        services.AddButton<SilenceAction>();
        services.AddButton<SilenceConfirmAction>();
        services.AddButton<IncidentsPageAction>();
        services.AddForm<AssignForm>();
        services.AddForm<PromiseForm>();
        services.AddForm<NoteForm>();
        services.AddForm<SilenceForm>();

        services.AddCommand<IncidentsCommand>();
        services.AddCommand<IncidentCommand>();
        services.AddCommand<AckCommand>();
        services.AddCommand<ResolveCommand>();
        services.AddCommand<SnoozeCommand>();
        services.AddCommand<SilenceCommand>();
        services.AddCommand<MaintenanceCommand>();
        return services;
    }
}
