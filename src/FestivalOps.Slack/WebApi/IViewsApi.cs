namespace FestivalOps.Slack.WebApi;

/// <summary>Modals and home pages. What exceeds Slack's limits is cut visibly.</summary>
public interface IViewsApi
{
    /// <summary>Opens a modal; the trigger works once, for 3 seconds.</summary>
    Task<ViewResponse> Open(string triggerId, ViewDefinition view, CancellationToken cancellationToken = default);

    /// <summary>Opens a modal on top of another; at most 3.</summary>
    Task<ViewResponse> Push(string triggerId, ViewDefinition view, CancellationToken cancellationToken = default);

    /// <summary>Sets a person's home page.</summary>
    Task<ViewResponse> Publish(string userId, HomeViewDefinition viewDefinition, string? hash = null, CancellationToken cancellationToken = default);

    /// <summary>Changes a view.</summary>
    Task<ViewResponse> UpdateByViewId(ViewDefinition view, string viewId, string? hash = null, CancellationToken cancellationToken = default);

    /// <summary>Changes a view by our own id.</summary>
    Task<ViewResponse> UpdateByExternalId(ViewDefinition view, string externalId, string? hash = null, CancellationToken cancellationToken = default);
}
