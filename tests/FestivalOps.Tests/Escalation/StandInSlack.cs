using System.Reflection;
using FestivalOps.Slack;
using FestivalOps.Slack.WebApi;

namespace FestivalOps.Tests.Escalation;

/// <summary>As much of Slack as the ladder asks: people, groups, direct messages. Everything else is refused loudly.</summary>
internal sealed class StandInSlack
{
    private static readonly Dictionary<string, Func<StandInSlack, object?[], object>> Answers = new(StringComparer.Ordinal)
    {
        ["Users.Info"] = (slack, arguments) => slack.User((string)arguments[0]!),
        ["UserGroupUsers.List"] = (slack, arguments) => slack.GroupUsers((string)arguments[0]!),
        ["UserGroupUsers.Update"] = (slack, arguments) => slack.UpdateGroup((string)arguments[0]!, [.. (IEnumerable<string>)arguments[1]!]),
        ["Conversations.Open"] = (slack, arguments) => slack.OpenDirect(((IEnumerable<string>)arguments[0]!).Single()),
    };

    /// <summary>People by id; who is missing is <c>user_not_found</c>.</summary>
    public Dictionary<string, User> People { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, string[]> Groups { get; } = new(StringComparer.Ordinal);

    /// <summary>Error codes by id: of a group that can't be changed, of a person who can't be written to.</summary>
    public Dictionary<string, string> Refusals { get; } = new(StringComparer.Ordinal);

    /// <summary>True: nothing is answered.</summary>
    public bool IsAway { get; set; }

    public List<string> Calls { get; } = [];

    public ISlackApiClient Client => Proxy<ISlackApiClient>.Make(this, "");

    public StandInSlack Add(params string[] users)
    {
        foreach (var user in users) People[user] = new() { Id = user, RealName = $"Name of {user}", Profile = new() { Email = $"{user}@example.com" } };
        return this;
    }

    private Task<User> User(string id) => People.TryGetValue(id, out var user) ? Task.FromResult(user) : throw Refusal("user_not_found");

    private Task<IReadOnlyList<string>> GroupUsers(string id) => Task.FromResult<IReadOnlyList<string>>(Groups[id]);

    private Task<UserGroup> UpdateGroup(string id, string[] users)
    {
        if (Refusals.TryGetValue(id, out var error)) throw Refusal(error);
        Groups[id] = users;
        return Task.FromResult(new UserGroup { Id = id });
    }

    private Task<string> OpenDirect(string user) => Refusals.TryGetValue(user, out var error) ? throw Refusal(error) : Task.FromResult("D" + user);

    private static SlackException Refusal(string error) => new(new ErrorResponse { Error = error });

    private object Answer(string call, object?[] arguments)
    {
        lock (Calls) Calls.Add(call);
        if (IsAway) throw new HttpRequestException("Slack is away");
        return Answers.TryGetValue(call, out var answer) ? answer(this, arguments) : throw new NotSupportedException(call);
    }

#pragma warning disable CA1852 // the runtime derives from it
    public class Proxy<T> : DispatchProxy where T : class
    {
        private StandInSlack slack = null!;
        private string path = "";

        internal static T Make(StandInSlack slack, string path)
        {
            var made = Create<T, Proxy<T>>();
            ((Proxy<T>)(object)made).slack = slack;
            ((Proxy<T>)(object)made).path = path;
            return made;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            var name = targetMethod!.Name;
            if (name.StartsWith("get_", StringComparison.Ordinal) && targetMethod.ReturnType.IsInterface)
            {
                return typeof(Proxy<>).MakeGenericType(targetMethod.ReturnType)
                    .GetMethod(nameof(Make), BindingFlags.Static | BindingFlags.NonPublic)!.Invoke(null, [slack, name["get_".Length..]]);
            }
            return slack.Answer($"{path}.{name}", args ?? []);
        }
    }
#pragma warning restore CA1852
}
