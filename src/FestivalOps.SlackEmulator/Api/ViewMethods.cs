using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using FestivalOps.SlackEmulator.Blocks;
using FestivalOps.SlackEmulator.Team;

namespace FestivalOps.SlackEmulator.Api;

/// <summary><c>views.*</c>.</summary>
internal sealed class ViewMethods(Triggers triggers, Workspace workspace)
{
    public IEnumerable<ApiMethod> All() =>
    [
        new("views.open", [], ApiMethod.Tier4, false, ["trigger_id", "view"], Open),
        new("views.push", [], ApiMethod.Tier4, false, ["trigger_id", "view"], Push),
        new("views.update", [], ApiMethod.Tier4, false, ["view"], Update),
        new("views.publish", [], ApiMethod.Tier4, false, ["user_id", "view"], Publish),
    ];

    /// <summary>A new view on top of (or instead of) what a person has open.</summary>
    public View Show(string userId, JsonElement source, bool onTop)
    {
        var stack = onTop ? workspace.Stack(userId).ToImmutableList() : [];
        if (stack.Count >= Workspace.StackDepth)
            throw new Refusal("push_limit_reached");
        var id = Ids.New("V");
        var view = new View(id, userId, BlockIds.FillView(source), NewHash(), stack.Count == 0 ? id : stack[0].Id, stack.Count == 0 ? null : stack[^1].Id);
        workspace.SetStack(userId, stack.Add(view));
        return view;
    }

    /// <summary>Puts new contents into a view that is open.</summary>
    public View Redraw(View view, JsonElement source)
    {
        var changed = view with { Source = BlockIds.FillView(source), Hash = NewHash(), Errors = view.Errors.Clear() };
        workspace.Replace(changed);
        return changed;
    }

    /// <summary>Checks what the bot sent as a view.</summary>
    public JsonElement Checked(JsonElement view, Surface surface, View? instead = null)
    {
        var findings = new Findings();
        if (ViewRules.Check(view, surface, findings) is { } tooLarge)
            throw new Refusal(tooLarge);
        if (findings.Messages.Count > 0)
            throw new Refusal("invalid_arguments", findings.Messages);
        var external = view.TryGetProperty("external_id", out var e) && e.ValueKind == JsonValueKind.String ? e.GetString()! : "";
        if (external.Length > 0 && workspace.FindView(v => v.Text("external_id") == external && v.Id != instead?.Id) is not null)
            throw new Refusal("duplicate_external_id");
        return view;
    }

    private static string NewHash() => Ids.New("").ToLowerInvariant() + "." + Ids.Secret()[..8];

    private JsonObject Open(ApiCall call)
    {
        var source = Checked(View(call), Surface.Modal);
        var (user, _) = Trigger(call);
        // views.open on top of an open modal adds to the stack when the trigger came from that modal.
        return Answer(Show(user, source, onTop: workspace.Stack(user).Count > 0));
    }

    private JsonObject Push(ApiCall call)
    {
        var source = Checked(View(call), Surface.Modal);
        var (user, viewId) = Trigger(call);
        if (viewId is null || workspace.Stack(user).All(v => v.Id != viewId))
            throw new Refusal("not_found");
        return Answer(Show(user, source, onTop: true));
    }

    private JsonObject Update(ApiCall call)
    {
        if (!call.Has("view_id") && !call.Has("external_id"))
            throw ApiCall.Missing("view_id");
        var view = workspace.FindView(v => call.Has("view_id") ? v.Id == call.Str("view_id") : v.Text("external_id") == call.Str("external_id"))
            ?? throw new Refusal("not_found");
        var isHome = view.Text("type") == "home";
        var source = Checked(View(call), isHome ? Surface.Home : Surface.Modal, view);
        if (call.Str("hash") is { } hash && hash != view.Hash)
            throw new Refusal("hash_conflict");
        return Answer(Redraw(view, source));
    }

    private JsonObject Publish(ApiCall call)
    {
        var user = call.Need("user_id");
        if (workspace.FindPerson(user) is null or { IsBot: true })
            throw new Refusal("invalid_arguments", "[ERROR] user_not_found [json-pointer:/user_id]");
        var present = workspace.Home(user);
        var source = Checked(View(call), Surface.Home, present);
        if (call.Str("hash") is { } hash && present is not null && hash != present.Hash)
            throw new Refusal("hash_conflict");
        var id = present?.Id ?? Ids.New("V");
        var view = new View(id, user, BlockIds.FillView(source), NewHash(), id, null);
        workspace.SetHome(view);
        return Answer(view);
    }

    private static JsonElement View(ApiCall call) => call.Json("view", "invalid_arguments") ?? throw ApiCall.Missing("view");

    private (string User, string? View) Trigger(ApiCall call) => triggers.Use(call.Need("trigger_id"), out var user, out var view) switch
    {
        TriggerUse.Good => (user, view),
        TriggerUse.Used => throw new Refusal("exchanged_trigger_id"),
        TriggerUse.Expired => throw new Refusal("expired_trigger_id"),
        _ => throw new Refusal("invalid_trigger_id"),
    };

    private JsonObject Answer(View view) => new() { ["view"] = SlackJson.Of(view, workspace.State(view.User, view.Id)) };
}
