using FestivalOps.Channels;
using FestivalOps.Language;
using Microsoft.Extensions.Options;

namespace FestivalOps.Maintenance.MonitoringCheck;

/// <summary>Slack通知テスト: a post into the channel of reports, read back from there.</summary>
internal sealed class TestPost(ISlackApiClient slack, IOptions<ChannelsOptions> channels, IOptions<LanguageOptions> languages)
{
    /// <summary>Posts and reads it back.</summary>
    /// <param name="run">Names the run: its id stands in the post.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<TaskPart> SendAsync(string run, CancellationToken ct)
    {
        var channel = channels.Value.ForReports;
        if (channel.Length == 0) return TaskPart.NotAvailable(MonitoringTexts.NoChannel);
        try
        {
            var posted = await slack.Chat.PostMessage(new Message { Channel = channel, Text = MonitoringTexts.PostText(run).In(languages.Value.Channels) }, ct);
            var found = await slack.Conversations.History(posted.Channel, posted.Ts, posted.Ts, inclusive: true, limit: 1, cancellationToken: ct);
            return found.Messages.Any(m => m.Ts == posted.Ts && m.Text?.Contains(run, StringComparison.Ordinal) == true)
                ? TaskPart.Ok(MonitoringTexts.PostSeen(posted.Channel, posted.Ts))
                : TaskPart.Failed(MonitoringTexts.PostNotSeen(posted.Channel, posted.Ts));
        }
        catch (SlackException refusal)
        {
            return TaskPart.Failed(MonitoringTexts.PostRefused(ForeignText.OneLine(refusal.ErrorCode, 100)));
        }
        catch (Exception failure) when (failure is SlackUnavailableException or SlackUnclearException)
        {
            return TaskPart.Failed(MonitoringTexts.SlackAway);
        }
    }
}
