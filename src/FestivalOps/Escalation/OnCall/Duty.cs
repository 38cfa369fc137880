using FestivalOps.Commands.People;
using FestivalOps.Commands.Roles;

namespace FestivalOps.Escalation.OnCall;

/// <summary>Why someone whose turn it is isn't asked.</summary>
internal enum PassedOverReason
{
    /// <summary>Their Slack account was switched off.</summary>
    Deactivated,

    /// <summary>Slack knows no such person.</summary>
    Unknown,

    /// <summary>They are away.</summary>
    OnLeave,
}

/// <summary>Someone who isn't asked although it is their turn.</summary>
internal sealed record PassedOver(string UserId, PassedOverReason Reason);

/// <summary>Who answers for a role at a moment.</summary>
/// <param name="Role">The role.</param>
/// <param name="OnCall">Slack ids of who has the duty.</param>
/// <param name="Everyone">Slack ids of everyone who has the role and is there.</param>
/// <param name="UnknownGroups">User groups whose members Slack has not named yet; they can only be mentioned.</param>
/// <param name="PassedOver">Who isn't asked, with the reason.</param>
internal sealed record Duty(
    Role Role, IReadOnlyList<string> OnCall, IReadOnlyList<string> Everyone, IReadOnlyList<string> UnknownGroups, IReadOnlyList<PassedOver> PassedOver)
{
    /// <summary>True when nobody can be told.</summary>
    public bool IsEmpty => Everyone.Count == 0 && OnCall.Count == 0 && UnknownGroups.Count == 0;

    /// <summary>
    /// Decides who has the duty: an override, else the first of the rotation who is there, else (no rotation, or nobody of it is there)
    /// everyone who has the role. Pure.
    /// </summary>
    /// <param name="role">The role.</param>
    /// <param name="people">Who has the role.</param>
    /// <param name="order">The rotation, whose turn it is first (<see cref="DutyWeek.Order"/>).</param>
    /// <param name="changes">Exceptions that hold at this moment.</param>
    /// <param name="accounts">What is known of the people's accounts; who isn't in it counts as there.</param>
    public static Duty Of(
        Role role, RolePeople people, IReadOnlyList<string> order, IReadOnlyCollection<OnCallChange> changes, IReadOnlyDictionary<string, Account> accounts)
    {
        var away = changes.Where(c => c.Kind == OnCallChangeKind.Leave).Select(c => c.UserId).ToHashSet(StringComparer.Ordinal);
        var overrides = changes.Where(c => c.Kind == OnCallChangeKind.Override && c.Role == role).OrderBy(c => c.Id).Select(c => c.UserId).ToList();
        PassedOverReason? Why(string user) => accounts.GetValueOrDefault(user)?.State switch
        {
            AccountState.Deactivated => PassedOverReason.Deactivated,
            AccountState.Unknown => PassedOverReason.Unknown,
            _ => away.Contains(user) ? PassedOverReason.OnLeave : null,
        };

        var passedOver = new List<PassedOver>();
        bool IsThere(string user)
        {
            var why = Why(user);
            if (why is { } reason && !passedOver.Exists(p => p.UserId == user)) passedOver.Add(new(user, reason));
            return why is null;
        }

        var everyone = people.Users.Concat(order).Concat(overrides).Distinct(StringComparer.Ordinal).Where(u => Why(u) is null).ToList();
        var chosen = overrides.Where(IsThere).Distinct(StringComparer.Ordinal).ToList();
        if (chosen.Count == 0) chosen = [.. order.Where(IsThere).Take(1)];
        if (chosen.Count == 0) chosen = [.. people.Users.Where(IsThere)];
        return new(role, chosen, everyone, people.UnknownGroups, passedOver);
    }
}
