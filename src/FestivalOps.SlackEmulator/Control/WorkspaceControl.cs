using FestivalOps.SlackEmulator.Api;
using FestivalOps.SlackEmulator.Delivery;
using FestivalOps.SlackEmulator.Faults;
using FestivalOps.SlackEmulator.Team;

namespace FestivalOps.SlackEmulator.Control;

/// <summary>People, groups, channels and settings.</summary>
internal static class WorkspaceControl
{
    public static void Map(RouteGroupBuilder control)
    {
        control.MapGet("/state", (Workspace workspace, EmulatorOptions options, SocketHub sockets) => new StateAnswer(Seed.Team, Seed.App, Seed.BotUser, workspace.People, workspace.Groups, workspace.Channels, options.DeliveryMode, sockets.Count));
        control.MapPost("/reset", (Workspace workspace, Journal journal, Pacing pacing, FaultKnobs faults) =>
        {
            workspace.Reset();
            journal.Clear();
            pacing.Clear();
            faults.Set(_ => new FaultSettings());
        });
        control.MapPost("/settings", (SettingsRequest r, EmulatorOptions options, Workspace workspace) =>
        {
            options.RequestUrl = r.RequestUrl ?? options.RequestUrl;
            options.CommandsUrl = r.CommandsUrl ?? options.CommandsUrl;
            options.InteractivityUrl = r.InteractivityUrl ?? options.InteractivityUrl;
            options.OptionsUrl = r.OptionsUrl ?? options.OptionsUrl;
            options.DeliveryMode = r.DeliveryMode ?? options.DeliveryMode;
            options.StrictPacing = r.StrictPacing ?? options.StrictPacing;
            options.BotScopes = r.BotScopes ?? options.BotScopes;
            options.Events = r.Events ?? options.Events;
            workspace.Notify();
        });
        control.MapPost("/people", (PersonRequest r, Workspace workspace) =>
            workspace.Save(new Person(r.Id, r.Name, r.RealName, r.Role, r.Locale) { IsGuest = r.IsGuest, IsDeactivated = r.IsDeactivated }));
        control.MapPost("/groups", (GroupRequest r, Workspace workspace) => workspace.Save(new UserGroup(r.Id, r.Handle, r.Name, [.. r.Users])));
        control.MapPost("/channels", (ChannelRequest r, Workspace workspace) =>
            workspace.Save(new Channel(r.Id, r.Name, r.IsPrivate ? ChannelKind.Private : ChannelKind.Public, [.. r.Members ?? []], workspace.Now)));
        control.MapPost("/membership", (MembershipRequest r, Workspace workspace) => Found(workspace, r.Channel, channel =>
        {
            if (r.IsMember)
                Membership.Join(workspace, channel.Id, r.User);
            else
                Membership.Leave(workspace, channel.Id, r.User);
        }));
        control.MapPost("/archive", (ArchiveRequest r, Workspace workspace, BotEvents events) => Found(workspace, r.Channel, channel =>
        {
            workspace.Change(channel.Id, c => c with { IsArchived = r.IsArchived });
            if (r.IsArchived)
                events.Archived(channel.Id, Seed.Sato);
        }));
        control.MapPost("/delete-message", (MessageRequest r, Workspace workspace) => Found(workspace, r.Channel, channel =>
            workspace.ChangeMessage(channel.Id, r.Ts, _ => null)));
    }

    private static IResult Found(Workspace workspace, string channel, Action<Channel> act)
    {
        if (workspace.FindChannel(channel) is not { } found)
            return Results.NotFound(new { error = "channel_not_found" });
        act(found);
        return Results.Ok(new { ok = true });
    }
}
