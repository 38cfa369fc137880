using System.Text.Json.Nodes;
using FestivalOps.SlackEmulator.Team;

namespace FestivalOps.SlackEmulator.Api;

/// <summary><c>users.*</c> and <c>usergroups.*</c>.</summary>
internal static class UserMethods
{
    public static IEnumerable<ApiMethod> All() =>
    [
        new("users.info", ["users:read"], ApiMethod.Tier4, true, ["user"], Info),
        new("users.list", ["users:read"], ApiMethod.Tier2, true, [], List),
        new("users.lookupByEmail", ["users:read.email"], ApiMethod.Tier3, true, ["email"], LookUp),
        new("usergroups.list", ["usergroups:read"], ApiMethod.Tier2, true, [], Groups),
        new("usergroups.users.list", ["usergroups:read"], ApiMethod.Tier2, true, ["usergroup"], GroupUsers),
        new("usergroups.users.update", ["usergroups:write"], ApiMethod.Tier2, false, ["usergroup", "users"], UpdateGroup),
    ];

    private static JsonObject Info(ApiCall call) =>
        new() { ["user"] = Visible(call, call.Workspace.FindPerson(call.Need("user")) ?? throw new Refusal("user_not_found")) };

    private static JsonObject List(ApiCall call) => Pages.Of(call, "members", call.Workspace.People, p => Visible(call, p), 1000);

    private static JsonObject LookUp(ApiCall call) => new()
    {
        ["user"] = Visible(call, call.Workspace.People.FirstOrDefault(p => !p.IsBot && string.Equals(p.Email, call.Need("email"), StringComparison.OrdinalIgnoreCase))
            ?? throw new Refusal("users_not_found")),
    };

    private static JsonObject Groups(ApiCall call) => new()
    {
        ["usergroups"] = new JsonArray([.. call.Workspace.Groups.Select(g => (JsonNode)SlackJson.Of(g, call.Flag("include_users")))]),
    };

    private static JsonObject GroupUsers(ApiCall call) => new() { ["users"] = SlackJson.Strings(Group(call).Users) };

    private static JsonObject UpdateGroup(ApiCall call)
    {
        var group = Group(call);
        var users = call.List("users");
        if (users.Count == 0)
            throw new Refusal("no_users_provided");
        if (users.Any(u => call.Workspace.FindPerson(u) is null or { IsBot: true } or { IsDeactivated: true }))
            throw new Refusal("invalid_users");
        var changed = group with { Users = [.. users.Distinct(StringComparer.Ordinal)] };
        call.Workspace.Save(changed);
        return new() { ["usergroup"] = SlackJson.Of(changed, withUsers: true) };
    }

    private static UserGroup Group(ApiCall call) => call.Workspace.FindGroup(call.Need("usergroup")) ?? throw new Refusal("no_such_subteam");

    private static JsonObject Visible(ApiCall call, Person person)
    {
        var json = SlackJson.Of(person, call.Flag("include_locale"));
        if (!call.HasScope("users:read.email"))
            ((JsonObject)json["profile"]!).Remove("email");
        return json;
    }
}
