using System.Text.Json.Nodes;
using FestivalOps.SlackEmulator.Api;
using FestivalOps.SlackEmulator.Delivery;
using FestivalOps.SlackEmulator.Team;

namespace FestivalOps.SlackEmulator.Control;

/// <summary><c>/control/*</c>: everything a test needs to do or to see.</summary>
internal static class ControlEndpoints
{
    public static void Map(WebApplication app)
    {
        var control = app.MapGroup("/control").DisableAntiforgery();
        MapRecords(control);
        MapActions(control);
        WorkspaceControl.Map(control);
        FaultControl.Map(control);
    }

    private static void MapRecords(RouteGroupBuilder control)
    {
        control.MapGet("/calls", (Journal journal, string? method, long? after) =>
            journal.Calls.Where(c => (method is null || c.Method == method) && c.No > (after ?? 0)));
        control.MapGet("/refusals", (Journal journal, long? after) => journal.Refusals.Where(r => r.No > (after ?? 0)));
        control.MapGet("/deliveries", (Journal journal, long? after) => journal.Deliveries.Where(d => d.No > (after ?? 0)));
        control.MapGet("/messages", (Workspace workspace, string channel, string? user) =>
            workspace.FindChannel(channel) is { } found ? Results.Ok(ControlJson.Of(workspace.Messages(found.Id, user), workspace)) : Results.NotFound());
        control.MapGet("/thread", (Workspace workspace, string channel, string ts, string? user) =>
            workspace.FindChannel(channel) is { } found ? Results.Ok(ControlJson.Of(workspace.Thread(found.Id, ts, user), workspace)) : Results.NotFound());
        control.MapGet("/views", (Workspace workspace, Payloads payloads, string user) => new JsonObject
        {
            ["stack"] = new JsonArray([.. workspace.Stack(user).Select(v => (JsonNode)View(v))]),
            ["home"] = workspace.Home(user) is { } home ? View(home) : null,
        });

        static JsonObject View(View view)
        {
            var json = SlackJson.Of(view, null);
            json["errors"] = new JsonObject(view.Errors.Select(e => KeyValuePair.Create(e.Key, (JsonNode?)e.Value)));
            return json;
        }
    }

    private static void MapActions(RouteGroupBuilder control)
    {
        control.MapPost("/type", (TypeRequest r, PersonActions person, Workspace workspace, CancellationToken cancel) =>
            person.TypeAsync(r.User, IdOf(workspace, r.Channel), r.Text, r.ThreadTs, cancel));
        control.MapPost("/press", (PressRequest r, PersonClicks person, Workspace workspace, CancellationToken cancel) => r.Ts is null
            ? person.PressInViewAsync(r.User, r.ViewId ?? workspace.Top(r.User)?.Id ?? workspace.Home(r.User)?.Id ?? "", r.ActionId, r.BlockId, r.All, cancel)
            : person.PressAsync(r.User, IdOf(workspace, r.Channel ?? ""), r.Ts, r.ActionId, r.BlockId, r.All, cancel));
        control.MapPost("/suggest", (SuggestRequest r, PersonClicks person, Workspace workspace, CancellationToken cancel) => r.Ts is null
            ? person.SuggestAsync(r.User, null, r.ViewId ?? workspace.Top(r.User)?.Id ?? "", r.ActionId, r.BlockId, r.Text, cancel)
            : person.SuggestAsync(r.User, IdOf(workspace, r.Channel ?? ""), r.Ts, r.ActionId, r.BlockId, r.Text, cancel));
        control.MapPost("/submit", (ViewRequest r, ViewActions views, CancellationToken cancel) => views.SubmitAsync(r.User, cancel));
        control.MapPost("/close", (ViewRequest r, ViewActions views, CancellationToken cancel) => views.CloseAsync(r.User, r.All, cancel));
        control.MapPost("/react", (ReactRequest r, PersonActions person, Workspace workspace) => person.React(r.User, IdOf(workspace, r.Channel), r.Ts, r.Name));
        control.MapPost("/home", (ViewRequest r, BotEvents events) => events.HomeOpened(r.User));
        control.MapPost("/verify-url", async (BotEvents events, CancellationToken cancel) => new JsonObject { ["verified"] = await events.VerifyUrlAsync(cancel) });
    }

    private static string IdOf(Workspace workspace, string channel) => workspace.FindChannel(channel)?.Id ?? channel;
}
