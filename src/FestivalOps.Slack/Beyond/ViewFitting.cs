using FestivalOps.Slack.Blocks;

namespace FestivalOps.Slack.Beyond;

internal static class ViewFitting
{
    private const int Label = 24;

    public static ViewDefinition Fit(ViewDefinition view)
    {
        ArgumentNullException.ThrowIfNull(view);
        IdRules.Value(view.PrivateMetadata, MessageLimits.PrivateMetadata, "a view's private_metadata");
        IdRules.Value(view.CallbackId, MessageLimits.Id, "a view's callback_id");
        IdRules.Value(view.ExternalId, MessageLimits.Id, "a view's external_id");
        var fitted = view switch
        {
            ModalViewDefinition modal => new ModalViewDefinition
            {
                Title = BlockFitting.Label(Copy(modal.Title), Label),
                Close = BlockFitting.Plain(Copy(modal.Close), Label),
                Submit = BlockFitting.Plain(Copy(modal.Submit), Label),
                ClearOnClose = modal.ClearOnClose,
                NotifyOnClose = modal.NotifyOnClose,
            },
            HomeViewDefinition => (ViewDefinition)new HomeViewDefinition(),
            _ => throw new ArgumentException($"A view must be a modal or a home page, not {view.GetType().Name}.", nameof(view)),
        };
        (fitted.PrivateMetadata, fitted.CallbackId, fitted.ExternalId) = (view.PrivateMetadata, view.CallbackId, view.ExternalId);
        var blocks = BlockFitting.Fit(view.Blocks);
        var keep = Math.Min(blocks.Count, MessageLimits.ViewBlocks);
        do
        {
            fitted.Blocks = keep == blocks.Count
                ? blocks
                : BlockPages.WithMark([.. blocks.Take(keep)], blocks.Count - keep, MessageLimits.ViewBlocks);
            keep = Math.Min(keep - 1, keep * 9 / 10);
        }
        while (keep >= 0 && JsonSerializer.SerializeToUtf8Bytes(fitted, SlackJson.TypeInfo<ViewDefinition>()).Length > MessageLimits.ViewBytes);
        return fitted;
    }

    private static PlainText? Copy(PlainText? text) => text is null ? null : new PlainText(text.Text) { Emoji = text.Emoji };
}
