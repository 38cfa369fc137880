using System.Text.Json;
using FestivalOps.Escalation.OnCall;

namespace FestivalOps.Escalation.Paging;

/// <summary>What a page needs besides its incident: which step of the ladder it belongs to, and whom it is for.</summary>
/// <param name="Event">Number of the step's first line in the timeline; what was taken after it ends the page.</param>
/// <param name="Level">The level: 1 to 3.</param>
/// <param name="Rule">Why (<see cref="Alerting.Incidents.StepRule"/>).</param>
/// <param name="Roles">The roles and who answers for each.</param>
/// <param name="Users">Slack ids of the people.</param>
/// <param name="Groups">User groups whose members are not known; they are mentioned as they are.</param>
/// <param name="PassedOver">Who was not asked, and why.</param>
internal sealed record PageArgument(
    int Event, int Level, string Rule, IReadOnlyList<PageRole> Roles, IReadOnlyList<string> Users, IReadOnlyList<string> Groups,
    IReadOnlyList<PassedOver> PassedOver)
{
    /// <summary>Most people of one page: 60; a mention of more would be skipped by everyone.</summary>
    public const int MostUsers = 60;

    /// <summary>Reads <see cref="Channels.OutboxRow.Argument"/>.</summary>
    public static PageArgument Read(string json) => JsonSerializer.Deserialize<PageArgument>(json) ?? throw new JsonException("A page without its argument.");

    /// <summary>Writes <see cref="Channels.OutboxRow.Argument"/>.</summary>
    public string Write() => JsonSerializer.Serialize(this);
}

/// <summary>A role of a page.</summary>
/// <param name="Name">Name of the role.</param>
/// <param name="Users">Slack ids of who answers for it.</param>
internal sealed record PageRole(string Name, IReadOnlyList<string> Users);
