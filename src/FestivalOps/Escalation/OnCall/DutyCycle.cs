using System.Globalization;
using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Channels;
using FestivalOps.Commands.Roles;
using FestivalOps.Scheduling.Calendar;
using FestivalOps.Storage;
using FestivalOps.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FestivalOps.Escalation.OnCall;

/// <summary>
/// Once a minute: tells a hand-over, keeps Slack's user groups in step, warns before the holidays run out. What is told has a key, so that
/// a restart or a second instance doesn't tell it twice.
/// </summary>
internal sealed partial class DutyCycle(
    IDbContextFactory<OpsDbContext> store, OnCallBook book, UserGroupSync groups, BusinessCalendar calendar, Outbox outbox,
    IEnumerable<IIncidentIntake> intakes, IOptions<OnCallOptions> options, IOptions<ChannelsOptions> channels, StoreState state, StaffBook staff,
    TimeProvider time, ILogger<DutyCycle> logger) : BackgroundService
{
    /// <summary>How often: every minute.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    /// <summary>Names the alert that the holidays run out.</summary>
    public const string HolidaysFingerprint = "b0700000000000000000000000000001";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await state.Ready.WaitAsync(stoppingToken);
        await staff.Asked.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            foreach (var work in new[] { HandOverAsync, KeepGroupsAsync, WarnAsync })
            {
                try
                {
                    await work(stoppingToken);
                }
                catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
                {
                    Log.NotDone(logger, failure, ErrorId.New());
                }
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Writes the hand-over of this week, when it has just been.</summary>
    public async Task HandOverAsync(CancellationToken ct)
    {
        if (!Enum.GetValues<Role>().Any(r => options.Value.Of(r).Rotation.Count > 0)) return;
        var turn = DutyWeek.Begin(options.Value, time.GetUtcNow(), calendar.Zone);
        if (time.GetUtcNow() - turn > HandOverPost.NewsFor) return;
        var moment = turn.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        await TellAsync($"oncall:handover:{moment}", HandOverPost.Name, moment, ct);
    }

    /// <summary>Puts who is on call into the user groups of the settings.</summary>
    public async Task KeepGroupsAsync(CancellationToken ct)
    {
        var duties = await book.AtAsync(time.GetUtcNow(), ct);
        foreach (var role in Enum.GetValues<Role>().Where(r => options.Value.Of(r).UserGroup.Length > 0))
        {
            var group = options.Value.Of(role).UserGroup;
            if (await groups.KeepAsync(group, duties[role].OnCall, ct) is not { } error) continue;
            var said = OnCallTexts.GroupNotKept(error);
            await TellAsync(
                $"oncall:group:{group}:{error}", SaidOncePost.Name,
                SaidOncePost.Argument(Mrkdwn.Of($":warning: {Mrkdwn.Group(group)} {said.Ja}"), Mrkdwn.Of($":warning: {Mrkdwn.Group(group)} {said.En}")), ct);
        }
    }

    /// <summary>Raises the bot's own incident before the holidays run out, and calms it when a newer list is there.</summary>
    public async Task WarnAsync(CancellationToken ct)
    {
        if (intakes.FirstOrDefault() is not { } intake) return;
        var (now, text) = (time.GetUtcNow(), CalendarTexts.RunsOut(calendar.KnownUntil));
        await intake.RaiseAsync(
        [
            new(
                AlertSource.Bot, HolidaysFingerprint, "bot:holidays", calendar.RunsOut(now), Severity.Warning, 1, text.Ja, text.En, now,
                new Dictionary<string, string>(StringComparer.Ordinal) { ["alertname"] = "HolidaysRunOut", ["source"] = "festivalops" },
                new Dictionary<string, string>(StringComparer.Ordinal) { ["value"] = calendar.KnownUntil.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) }),
        ], ct);
    }

    private async Task TellAsync(string key, string kind, string argument, CancellationToken ct)
    {
        var channel = channels.Value.Operations.Length > 0 ? channels.Value.Operations : channels.Value.Alerts;
        if (channel.Length == 0) return;
        await using var db = store.CreateDbContext();
        await Outbox.AddAsync(db, [outbox.Row(key, kind, "oncall", Carrier.Channel, channel, OutboxPriority.Report, argument)], ct);
        try
        {
            if (await db.SaveChangesAsync(ct) > 0) outbox.Wake();
        }
        catch (DbUpdateException failure) when (StoreFailure.IsAboutTheRows(failure))
        {
            // Another instance wrote it in the same moment.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "A duty of the on-call book could not be done; it is tried again in a minute. Error id {ErrorId}")]
        public static partial void NotDone(ILogger logger, Exception failure, string errorId);
    }
}
