using System.Collections.Concurrent;
using FestivalOps.Telemetry;
using Microsoft.Extensions.Options;

namespace FestivalOps.Commands.Roles;

/// <summary>Whether someone may do something.</summary>
internal enum Permission
{
    /// <summary>Yes.</summary>
    Granted,

    /// <summary>No: the person has none of the roles.</summary>
    Denied,

    /// <summary>Slack did not say who is in the user groups; without knowing, the answer is no.</summary>
    Unclear,
}

/// <summary>Who has a role.</summary>
/// <param name="Users">Slack user ids, each once, in the order of the settings.</param>
/// <param name="UnknownGroups">User groups whose members Slack has not named yet.</param>
internal sealed record RolePeople(IReadOnlyList<string> Users, IReadOnlyList<string> UnknownGroups);

/// <summary>Knows who stands in for a role for a while; the on-call list implements it.</summary>
internal interface IStandIns
{
    /// <summary>True when the person answers for one of the roles now.</summary>
    Task<bool> StandsInAsync(string userId, IReadOnlyCollection<Role> roles, CancellationToken ct);
}

/// <summary>Knows who has which role, from the settings and from Slack's user groups (asked at most every <see cref="GroupsFreshFor"/>).</summary>
internal sealed partial class RoleBook(
    ISlackApiClient slack, IOptions<RolesOptions> options, IEnumerable<IStandIns> standIns, TimeProvider time, ILogger<RoleBook> logger)
{
    /// <summary>How long the members of a user group are remembered: 5 minutes.</summary>
    public static readonly TimeSpan GroupsFreshFor = TimeSpan.FromMinutes(5);

    /// <summary>How long Slack may take to name them: 2 seconds; the person waits for it.</summary>
    public static readonly TimeSpan GroupsTimeout = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, (DateTimeOffset At, IReadOnlySet<string> Users)> _groups = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, IReadOnlySet<string>> _lastNamed = new(StringComparer.Ordinal);

    /// <summary>Error id of the last question that Slack did not answer, which is in the log; empty before the first.</summary>
    public string UnclearErrorId { get; private set; } = "";

    /// <summary>May <paramref name="userId"/> do what needs one of <paramref name="roles"/>? No roles: everyone may.</summary>
    public async Task<Permission> AskAsync(string userId, IReadOnlyCollection<Role> roles, CancellationToken ct)
    {
        if (roles.Count == 0) return Permission.Granted;
        var sufficient = roles.Append(Role.Administrator).Select(options.Value.Of).ToList();
        if (sufficient.Exists(r => r.Users.Contains(userId))) return Permission.Granted;
        var unclear = false;
        foreach (var group in sufficient.SelectMany(r => r.UserGroups).Distinct(StringComparer.Ordinal))
        {
            var users = await UsersAsync(group, ct);
            if (users?.Contains(userId) == true) return Permission.Granted;
            unclear |= users is null;
        }
        // Whoever is paged for a role must be able to answer.
        foreach (var standIn in standIns)
        {
            if (await standIn.StandsInAsync(userId, roles, ct)) return Permission.Granted;
        }
        return unclear ? Permission.Unclear : Permission.Denied;
    }

    /// <summary>
    /// Who has the role. When Slack doesn't name a group's members, those that it named last count; a group that it never named is in
    /// <see cref="RolePeople.UnknownGroups"/>.
    /// </summary>
    public async Task<RolePeople> PeopleOfAsync(Role role, CancellationToken ct)
    {
        foreach (var group in options.Value.Of(role).UserGroups.Distinct(StringComparer.Ordinal)) await AskSlackAsync(group, ct);
        return Named(role);
    }

    /// <summary>Whom the settings name, and whom Slack named last, without asking it now.</summary>
    public RolePeople Named(Role role)
    {
        var members = options.Value.Of(role);
        var (users, unknown) = (members.Users.ToList(), new List<string>());
        foreach (var group in members.UserGroups.Distinct(StringComparer.Ordinal))
        {
            if (_lastNamed.TryGetValue(group, out var last)) users.AddRange(last.Order(StringComparer.Ordinal));
            else unknown.Add(group);
        }
        return new([.. users.Distinct(StringComparer.Ordinal)], unknown);
    }

    /// <summary>True when the settings give none of <paramref name="roles"/>, nor the administrator's, to anyone.</summary>
    public bool NobodyHas(IReadOnlyCollection<Role> roles) =>
        roles.Append(Role.Administrator).Select(options.Value.Of).All(r => r.Users.Count == 0 && r.UserGroups.Count == 0);

    private async Task<IReadOnlySet<string>?> UsersAsync(string group, CancellationToken ct)
    {
        if (_groups.TryGetValue(group, out var known) && time.GetUtcNow() - known.At < GroupsFreshFor) return known.Users;
        var users = await AskSlackAsync(group, ct);
        if (users is not null) _groups[group] = (time.GetUtcNow(), users);
        return users;
    }

    private async Task<IReadOnlySet<string>?> AskSlackAsync(string group, CancellationToken ct)
    {
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(GroupsTimeout);
            // Remembered apart from what grants a permission: what nobody may know for sure does not, but still names whom to call.
            return _lastNamed[group] = (await slack.UserGroupUsers.List(group, false, limit.Token)).ToHashSet(StringComparer.Ordinal);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            UnclearErrorId = ErrorId.New();
            Log.GroupUnknown(logger, failure, group, UnclearErrorId);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Slack did not say who is in the user group {Group}; roles that depend on it are refused, and its people get no direct message, until it does. Error id {ErrorId}")]
        public static partial void GroupUnknown(ILogger logger, Exception failure, string group, string errorId);
    }
}
