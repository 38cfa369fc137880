using System.Collections.Concurrent;
using FestivalOps.Commands.People;
using FestivalOps.Commands.Roles;
using FestivalOps.Storage;
using FestivalOps.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FestivalOps.Escalation.OnCall;

/// <summary>
/// Knows who has which role and whether their accounts are in use. It asks Slack in the background (<see cref="StaffCycle"/>) and keeps
/// what it was told last, so that the ladder never waits for Slack and a Slack that is away takes nobody off the list.
/// </summary>
internal sealed class StaffBook(
    AccountDesk desk, RoleBook roles, IOptions<OnCallOptions> onCall, IOptions<PeopleOptions> people, IDbContextFactory<OpsDbContext> store,
    StoreState state, TimeProvider time)
{
    /// <summary>How long Slack may take to tell about one person: 5 seconds.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Account> _accounts = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IReadOnlyList<string> _substitutes = [];

    /// <summary>Ends when Slack was asked for the first time, whatever it said.</summary>
    public Task Asked => _asked.Task;

    /// <summary>What is known of the people's accounts.</summary>
    public IReadOnlyDictionary<string, Account> Accounts => _accounts;

    /// <summary>Who has the role, as Slack named them last, to whoever asked; before that, whom the settings name.</summary>
    public RolePeople PeopleOf(Role role) => roles.Named(role);

    /// <summary>True when every user group of a role has been named.</summary>
    public bool KnowsEveryGroup => Enum.GetValues<Role>().All(r => PeopleOf(r).UnknownGroups.Count == 0);

    /// <summary>The person's e-mail address: from the settings (<c>People:Emails</c>), else from Slack's profile; null when neither knows one.</summary>
    public string? EmailOf(string userId) => people.Value.EmailOf(userId) ?? _accounts.GetValueOrDefault(userId)?.Email;

    /// <summary>The person's telephone number from the settings (<c>People:Phones</c>), for the webhook; null when there is none.</summary>
    public string? PhoneOf(string userId) => people.Value.PhoneOf(userId);

    /// <summary>Everyone who may ever be told.</summary>
    public IReadOnlyList<string> Everyone => [.. Enum.GetValues<Role>()
        .SelectMany(r => PeopleOf(r).Users.Concat(onCall.Value.Of(r).Rotation)).Concat(_substitutes).Distinct(StringComparer.Ordinal)];

    /// <summary>Asks Slack for everyone.</summary>
    public async Task RefreshAsync(CancellationToken ct)
    {
        try
        {
            foreach (var role in Enum.GetValues<Role>()) await roles.PeopleOfAsync(role, ct);
            if (state.IsReady) _substitutes = await SubstitutesAsync(ct);
            foreach (var user in Everyone) await AskAsync(user, ct);
        }
        finally
        {
            _asked.TrySetResult();
        }
    }

    /// <summary>Asks Slack for one person; what it doesn't tell stays as it was.</summary>
    /// <returns>Null when Slack told, else what came in between (English).</returns>
    public async Task<string?> AskAsync(string userId, CancellationToken ct)
    {
        var answer = await desk.AskAsync(userId, Patience, ct);
        if (answer.Account is { } told) _accounts[userId] = told;
        return answer.Problem;
    }

    /// <summary>How the person is called, without notifying them; the id when nobody knows.</summary>
    public string NameOf(string userId) => _accounts.GetValueOrDefault(userId)?.Name is { } name ? Language.ForeignText.OneLine(name, 60) : userId;

    // Who stands in for others need not have a role.
    private async Task<IReadOnlyList<string>> SubstitutesAsync(CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        return [.. (await OnCallBook.ChangesAsync(db, time.GetUtcNow(), ct)).Where(c => c.Kind == OnCallChangeKind.Override).Select(c => c.UserId).Distinct(StringComparer.Ordinal)];
    }
}

/// <summary>Asks Slack every few minutes who is there; sooner when it has not named everyone yet.</summary>
internal sealed partial class StaffCycle(StaffBook staff, TimeProvider time, ILogger<StaffCycle> logger) : BackgroundService
{
    /// <summary>How often: every 5 minutes.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    /// <summary>While a user group has never been named, whose people would miss their pages: every 10 seconds.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await staff.RefreshAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                Log.NotRefreshed(logger, failure, ErrorId.New());
            }
            await Task.Delay(staff.KnowsEveryGroup ? Every : Soon, time, stoppingToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Who is there could not be asked; what is known holds. Error id {ErrorId}")]
        public static partial void NotRefreshed(ILogger logger, Exception failure, string errorId);
    }
}
