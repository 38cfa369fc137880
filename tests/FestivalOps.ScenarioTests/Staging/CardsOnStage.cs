using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Card;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Channels;
using FestivalOps.Slack;
using FestivalOps.Slack.WebApi;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace FestivalOps.ScenarioTests.Staging;

/// <summary>Cards on stage: incidents written straight into the store, posted and redrawn as the outbox does it.</summary>
internal static class CardsOnStage
{
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
