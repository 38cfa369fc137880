using Microsoft.Extensions.Hosting;
using FestivalOps.Slack.Receiving;

namespace FestivalOps.Slack.SocketMode;

/// <summary>Connects when the host starts, without holding the start up, and closes when it stops.</summary>
internal sealed class SocketModeService(ISlackSocketModeClient client, SlackSettings settings) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Whether and when it is ready is for ISlackConnectionState to tell; failures are logged and repeated by the client.
        _ = client.Connect(settings.SocketModeConnections, CancellationToken.None).ContinueWith(
            connecting => connecting.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        client.Disconnect();
        if (client is SlackSocketModeClient ours)
            await ours.Completion.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
