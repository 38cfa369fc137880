using System.Collections.Immutable;

namespace FestivalOps.SlackEmulator.Team;

/// <summary>A member of the workspace; bots are members too.</summary>
/// <param name="Id">User id, <c>U…</c>.</param>
/// <param name="Name">Short name, what is typed after <c>@</c>.</param>
/// <param name="RealName">Name as shown.</param>
/// <param name="Role">What the person does, shown in the person switch (<c>operations</c>, <c>security</c>, …).</param>
/// <param name="Locale">Slack locale: <c>ja-JP</c> or <c>en-US</c>.</param>
public sealed record Person(string Id, string Name, string RealName, string Role, string Locale)
{
    /// <summary>E-mail address, which <c>users.lookupByEmail</c> finds.</summary>
    public string Email { get; init; } = Name + "@festival-planner.example";

    /// <summary>A guest sees only the channels that they were invited to.</summary>
    public bool IsGuest { get; init; }

    /// <summary>The bot user of the app.</summary>
    public bool IsBot { get; init; }

    /// <summary>A deactivated account: <c>user_disabled</c> on attempts to write to it.</summary>
    public bool IsDeactivated { get; init; }

    /// <summary><c>ja</c> or <c>en</c>.</summary>
    public string Language => Locale.StartsWith("ja", StringComparison.Ordinal) ? "ja" : "en";
}

/// <summary>A user group (<c>@ops-team</c>).</summary>
/// <param name="Id">Group id, <c>S…</c>.</param>
/// <param name="Handle">What is typed after <c>@</c>.</param>
/// <param name="Name">Name as shown.</param>
/// <param name="Users">User ids of its members.</param>
public sealed record UserGroup(string Id, string Handle, string Name, ImmutableArray<string> Users);
