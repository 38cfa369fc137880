using System.Globalization;
using FestivalOps.Channels;
using FestivalOps.Commands.People;
using FestivalOps.Scheduling.Calendar;
using FestivalOps.Escalation.Paging;
using FestivalOps.Storage;
using FestivalOps.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FestivalOps.Escalation.OnCall;

/// <summary>
/// Once a week, asks for everyone on the ladder: does the account live, can a direct message be opened, is an address known? Nobody is
/// written to. What is wrong is told to the team and stays visible in <c>/fops oncall</c>.
/// </summary>
internal sealed partial class ReachabilityCheck(
    IDbContextFactory<OpsDbContext> store, StaffBook staff, ISlackApiClient slack, IOutwardWays ways, Outbox outbox, BusinessCalendar calendar,
    IOptions<ChannelsOptions> channels, StoreState state, TimeProvider time, ILogger<ReachabilityCheck> logger) : BackgroundService
{
    /// <summary>How often everyone is asked: every 7 days.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromDays(7);

    private static readonly TimeSpan LookEvery = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await state.Ready.WaitAsync(stoppingToken);
        await staff.Asked.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(LookEvery, time);
        do
        {
            try
            {
                if (await IsDueAsync(stoppingToken)) await CheckAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                Log.NotChecked(logger, failure, ErrorId.New());
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>True when nobody was asked for a week, and it is business hours, when someone reads what comes out.</summary>
    public async Task<bool> IsDueAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (!calendar.IsOpen(now)) return false;
        await using var db = store.CreateDbContext();
        return !await db.Set<ReachabilityRecord>().AnyAsync(r => r.TriedAt > now - Every, ct);
    }

    /// <summary>Asks for everyone and keeps what came out; returns how many problems there are.</summary>
    public async Task<int> CheckAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var problems = new List<(string User, Carrier Carrier, string Error)>();
        await using var db = store.CreateDbContext();
        var known = await db.Set<ReachabilityRecord>().ToDictionaryAsync(r => (r.UserId, r.Carrier), ct);
        foreach (var user in staff.Everyone)
        {
            foreach (var (carrier, error) in await AskAsync(user, ct))
            {
                if (error is not null) problems.Add((user, carrier, error));
                if (!known.TryGetValue((user, carrier), out var record))
                    db.Add(record = new() { UserId = user, Carrier = carrier, TriedAt = now });
                record.TriedAt = now;
                if (error is null) record.ReachedAt = now;
                record.Error = error;
            }
        }
        // Who left the ladder is no problem of the ladder any more.
        db.RemoveRange(known.Values.Where(r => r.TriedAt != now));
        var channel = channels.Value.Operations.Length > 0 ? channels.Value.Operations : channels.Value.Alerts;
        if (problems.Count > 0 && channel.Length > 0)
        {
            var key = $"oncall:reach:{now.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}";
            await Outbox.AddAsync(db, [outbox.Row(key, SaidOncePost.Name, "oncall", Carrier.Channel, channel, OutboxPriority.Report, Said(problems))], ct);
        }
        await db.SaveChangesAsync(ct);
        outbox.Wake();
        return problems.Count;
    }

    private async Task<IReadOnlyList<(Carrier Carrier, string? Error)>> AskAsync(string user, CancellationToken ct)
    {
        var unclear = await staff.AskAsync(user, ct);
        var dead = staff.Accounts.GetValueOrDefault(user)?.State switch
        {
            AccountState.Deactivated => "deactivated",
            AccountState.Unknown => "unknown",
            _ => unclear,
        };
        var direct = dead is null ? await OpenAsync(user, ct) : ForeignError(dead);
        return ways.HasMail ? [(Carrier.Person, direct), (Carrier.Mail, staff.EmailOf(user) is null ? "no_address" : null)] : [(Carrier.Person, direct)];
    }

    private async Task<string?> OpenAsync(string user, CancellationToken ct)
    {
        try
        {
            await slack.Conversations.Open([user], ct);
            return null;
        }
        catch (SlackException refusal)
        {
            return ForeignError(refusal.ErrorCode);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            return ForeignError(failure.Message);
        }
    }

    private static string ForeignError(string text) => Language.ForeignText.OneLine(text, 200);

    private string Said(List<(string User, Carrier Carrier, string Error)> problems)
    {
        var title = OnCallTexts.ReachTitle(problems.Count);
        Mrkdwn Line((string User, Carrier Carrier, string Error) p, Language.SpokenLanguage language) =>
            Mrkdwn.Of($"• {staff.NameOf(p.User)} ({p.User}) {OnCallTexts.NotReached(p.Carrier, p.Error).In(language)}");
        Mrkdwn All(Language.SpokenLanguage language) =>
            Mrkdwn.Join("\n", problems.Select(p => Line(p, language)).Prepend(Mrkdwn.Of($":warning: *{title.In(language)}*")));
        return SaidOncePost.Argument(All(Language.SpokenLanguage.Ja), All(Language.SpokenLanguage.En));
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The weekly reachability check broke; it is tried again in an hour. Error id {ErrorId}")]
        public static partial void NotChecked(ILogger logger, Exception failure, string errorId);
    }
}
