using System.Collections.Concurrent;
using System.Globalization;
using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Card;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Alerting.Silences;
using FestivalOps.Channels;
using FestivalOps.Language;
using FestivalOps.Slack;
using FestivalOps.Slack.WebApi;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace FestivalOps.ScenarioTests.Staging;

/// <summary>
/// Incidents behind the card: takes and ends them by the real desk, writes down what else is wished for, and stands in for intake and
/// silences. With it a scenario plays what people do with a card, whatever raises incidents.
/// </summary>
internal sealed class IncidentsOnStage(IncidentDesk desk) : IIncidentActions, IIncidentIntake, ISilenceDesk
{
    private static readonly LocalizedText Taken = new("対応を引き受けました。", "It is yours.");

    /// <summary>What was wished for, in order: <c>note 42 U0SATO0001 text</c>.</summary>
    public ConcurrentQueue<string> Wishes { get; } = new();

    /// <summary>Alerts that were raised by hand.</summary>
    public ConcurrentQueue<IncomingAlert> Raised { get; } = new();

    public Task<IncidentOutcome> AcknowledgeAsync(long id, string userId, DateTimeOffset? until, CancellationToken ct)
    {
        Wish($"ack {id} {userId} {until:O}".TrimEnd());
        return desk.ChangeAsync(id, change =>
        {
            if (change is null) return new IncidentOutcome(OutcomeKind.Missing, null, new("ありません。", "None."));
            var incident = change.Incident;
            if (incident.State == IncidentState.Acknowledged)
                return new(OutcomeKind.Already, incident, new("すでに対応中です。", "Already taken."), incident.AcknowledgedBy, incident.AcknowledgedAt);
            (incident.State, incident.AcknowledgedBy, incident.AcknowledgedAt, incident.PromiseUntil) = (IncidentState.Acknowledged, userId, change.Now, until);
            change.Record(IncidentEventKind.Acknowledged, userId);
            return new(OutcomeKind.Done, incident, Taken);
        }, ct);
    }

    public Task<IncidentOutcome> ResolveAsync(long id, string userId, string reason, CancellationToken ct)
    {
        Wish($"resolve {id} {userId} {reason}".TrimEnd());
        return desk.ChangeAsync(id, change =>
        {
            var incident = change!.Incident;
            if (incident.FiringAlerts > 0) return new IncidentOutcome(OutcomeKind.Refused, incident, new("まだ発報中のアラートがあります。", "Alerts still fire."));
            (incident.State, incident.ResolvedBy, incident.ResolvedAt, incident.OpenKey) = (IncidentState.Resolved, userId, change.Now, null);
            change.Record(IncidentEventKind.Resolved, userId, ("reason", reason));
            return new(OutcomeKind.Done, incident, new("解決済みにしました。", "Resolved."));
        }, ct);
    }

    public Task<IncidentOutcome> EscalateAsync(long id, string userId, CancellationToken ct) => Done($"escalate {id} {userId}");

    public Task<IncidentOutcome> SnoozeAsync(long id, string userId, DateTimeOffset until, CancellationToken ct) =>
        Done(string.Create(CultureInfo.InvariantCulture, $"snooze {id} {userId} {until:yyyy-MM-dd HH:mm}"));

    public Task<IncidentOutcome> AssignAsync(long id, string userId, string toUserId, CancellationToken ct) => Done($"assign {id} {userId} {toUserId}");

    public Task<IncidentOutcome> NoteAsync(long id, string userId, string text, CancellationToken ct) => Done($"note {id} {userId} {text}");

    public Task<IncidentOutcome> UndoAsync(long id, string userId, CancellationToken ct) => Done($"undo {id} {userId}");

    public Task<IReadOnlyList<long>> RaiseAsync(IReadOnlyCollection<IncomingAlert> alerts, CancellationToken ct)
    {
        foreach (var alert in alerts) Raised.Enqueue(alert);
        return Task.FromResult<IReadOnlyList<long>>([77]);
    }

    public Task<SilencePreview> PreviewAsync(SilenceRequest request, CancellationToken ct) =>
        Task.FromResult(new SilencePreview(request.Matchers.Contains("==", StringComparison.Ordinal) ? new("条件を読み取れません。", "Can't read the matchers.") : null, 1, 2, []));

    public Task<SilenceOutcome> CreateAsync(SilenceRequest request, string userId, string channelId, CancellationToken ct)
    {
        Wish(string.Create(CultureInfo.InvariantCulture, $"silence {request.Matchers} {(request.EndsAt - request.StartsAt).TotalMinutes:0} min {request.Reason} {userId} {channelId}{(request.IsMaintenance ? " maintenance" : "")}"));
        return Task.FromResult(new SilenceOutcome(null, true, new("サイレンス 7 を始めました。", "Silence 7 holds.")));
    }

    public Task<SilenceOutcome> EndAsync(long id, string userId, CancellationToken ct)
    {
        Wish($"end {id} {userId}");
        return Task.FromResult(new SilenceOutcome(null, true, new($"サイレンス {id} を終わらせました。", $"Silence {id} is over.")));
    }

    public Task<IReadOnlyList<Silence>> ListAsync(CancellationToken ct) => Task.FromResult<IReadOnlyList<Silence>>([]);

    /// <summary>Waits until this was wished for.</summary>
    public Task WishedAsync(string wish) => Soon.TrueAsync(() => Wishes.Contains(wish, StringComparer.Ordinal), wish, () => string.Join('\n', Wishes));

    private void Wish(string wish) => Wishes.Enqueue(wish);

    private Task<IncidentOutcome> Done(string wish)
    {
        Wish(wish);
        return Task.FromResult(new IncidentOutcome(OutcomeKind.Done, null, new("できました。", "Done.")));
    }

    /// <summary>Puts it in place of what the bot has.</summary>
    public static void Replace(IServiceCollection services)
    {
        services.AddSingleton<IncidentsOnStage>();
        services.AddSingleton<IIncidentActions>(s => s.GetRequiredService<IncidentsOnStage>());
        services.AddSingleton<IIncidentIntake>(s => s.GetRequiredService<IncidentsOnStage>());
        services.AddSingleton<ISilenceDesk>(s => s.GetRequiredService<IncidentsOnStage>());
    }
}

/// <summary>Cards on stage: incidents written straight into the store, posted and redrawn as the outbox does it.</summary>
internal static class CardsOnStage
{
    /// <summary>Writes the sample incident, and posts its card into #ops-alerts.</summary>
    public static async Task OpensIncidentAsync(this Stage stage, long id, int level = 2, bool firing = true, bool post = true)
    {
        var now = stage.Bot.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var incident = SampleIncidents.Cpu(id, now, Seed.Alerts);
        (incident.Level, incident.FiringAlerts) = (level, firing ? 1 : 0);
        if (post)
        {
            await stage.HasIncidentAsync(incident, SampleIncidents.CpuAlert(id, now));
            return;
        }
        await stage.InStoreAsync(async db =>
        {
            db.Add(incident);
            return await db.SaveChangesAsync();
        });
    }

    /// <summary>Writes an incident with its alerts and posts its card into its channel.</summary>
    public static async Task<Incident> HasIncidentAsync(this Stage stage, Incident incident, params AlertRecord[] alerts)
    {
        await stage.InStoreAsync(async db =>
        {
            db.Add(incident);
            db.AddRange(alerts);
            return await db.SaveChangesAsync();
        });
        await stage.CarriesAsync(incident.Id, IncidentCardPost.Name);
        return incident;
    }

    /// <summary>Does once what the outbox does with a row of this kind; true when something was sent.</summary>
    public static async Task<bool> CarriesAsync(this Stage stage, long id, string kind, string argument = "")
    {
        var services = stage.Bot.Services;
        await using var db = services.GetRequiredService<IDbContextFactory<OpsDbContext>>().CreateDbContext();
        var incident = await db.Set<Incident>().AsNoTracking().SingleAsync(i => i.Id == id);
        var row = services.GetRequiredService<Outbox>().Row(
            $"stage:{Guid.NewGuid():N}", kind, $"{id}", Carrier.Channel, incident.CardChannel ?? incident.ChannelId, OutboxPriority.Card, argument);
        var post = services.GetServices<IPostKind>().Single(k => k.Kind == kind);
        var slack = services.GetRequiredService<ISlackApiClient>();
        switch (await post.PrepareAsync(row, db, CancellationToken.None))
        {
            case Prepared.Post { Message: var message }:
                message.Channel = row.Target;
                var posted = await slack.Chat.PostMessage(message);
                await post.SentAsync(row, new(incident.OpenedAt, posted.Channel, posted.Ts), db, CancellationToken.None);
                break;
            case Prepared.Redraw redraw:
                await slack.Chat.Update(new MessageUpdate { ChannelId = redraw.ChannelId, Ts = redraw.Ts, Text = redraw.Message.Text, Blocks = redraw.Message.Blocks });
                await post.SentAsync(row, new(incident.OpenedAt, redraw.ChannelId, redraw.Ts), db, CancellationToken.None);
                break;
            default:
                return false;
        }
        await db.SaveChangesAsync();
        return true;
    }
}
