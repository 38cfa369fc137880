using FestivalOps.Slack.Beyond;
using FestivalOps.Slack.WebApi;

namespace FestivalOps.Slack.Sending;

internal sealed class ViewsApi(SlackApiClient client) : IViewsApi
{
    public Task<ViewResponse> Open(string triggerId, ViewDefinition view, CancellationToken cancellationToken = default) =>
        Send("views.open", Show(view).Add("trigger_id", triggerId), Repeat.Never, cancellationToken);

    public Task<ViewResponse> Push(string triggerId, ViewDefinition view, CancellationToken cancellationToken = default) =>
        Send("views.push", Show(view).Add("trigger_id", triggerId), Repeat.Never, cancellationToken);

    public Task<ViewResponse> Publish(string userId, HomeViewDefinition viewDefinition, string? hash = null, CancellationToken cancellationToken = default) =>
        Send("views.publish", Show(viewDefinition).Add("user_id", userId).Add("hash", hash), SafeWithout(hash), cancellationToken);

    public Task<ViewResponse> UpdateByViewId(ViewDefinition view, string viewId, string? hash = null, CancellationToken cancellationToken = default) =>
        Send("views.update", Show(view).Add("view_id", viewId).Add("hash", hash), SafeWithout(hash), cancellationToken);

    public Task<ViewResponse> UpdateByExternalId(ViewDefinition view, string externalId, string? hash = null, CancellationToken cancellationToken = default) =>
        Send("views.update", Show(view).Add("external_id", externalId).Add("hash", hash), SafeWithout(hash), cancellationToken);

    // With a hash the repeat of a try that took effect would be refused as a conflict.
    private static Repeat SafeWithout(string? hash) => hash is null ? Repeat.Harmless : Repeat.Never;

    private static Arguments Show(ViewDefinition view) => new Arguments().AddJson("view", MessageLimits.Fit(view));

    private Task<ViewResponse> Send(string method, Arguments arguments, Repeat repeat, CancellationToken cancellationToken) =>
        client.Call<ViewResponse>(method, arguments, repeat, cancellationToken);
}
