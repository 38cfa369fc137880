using System.Text.Json;
using FestivalOps.Commands.Queue;
using FestivalOps.Language;

namespace FestivalOps.Commands.Forms;

/// <summary>Opens dialogs. A press gives 3 seconds for it (Slack limit); who waited longer is told to press again.</summary>
internal sealed partial class FormDoor(ISlackApiClient slack, ILogger<FormDoor> logger)
{
    /// <summary>
    /// Opens <paramref name="view"/> for whoever did <paramref name="item"/>; what is sent with it goes to the form of this name. The answer
    /// is for the person: nothing when the dialog is open.
    /// </summary>
    public async Task<Reply> OpenAsync(
        WorkItem item, SpokenLanguage language, string form, string value, ModalViewDefinition view, CancellationToken ct)
    {
        view.CallbackId = FormReading.CallbackId;
        view.PrivateMetadata = JsonSerializer.Serialize(new FormTicket(form, item.ChannelId, value, language));
        if (item.TriggerId.Length == 0) return Reply.Refused(CommandTexts.PressAgain, language);
        try
        {
            await slack.Views.Open(item.TriggerId, view, ct);
            return Reply.Silent;
        }
        catch (SlackException refusal) when (refusal is SlackRateLimitException || refusal.ErrorCode.Contains("trigger", StringComparison.Ordinal))
        {
            Log.NotOpened(logger, form, item.Id, refusal.ErrorCode);
        }
        catch (Exception failure) when (failure is SlackUnclearException or SlackUnavailableException)
        {
            Log.NotOpened(logger, form, item.Id, failure.Message);
        }
        return Reply.Refused(CommandTexts.PressAgain, language);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "The form {Form} was not opened for {Command}: {Reason}")]
        public static partial void NotOpened(ILogger logger, string form, string command, string reason);
    }
}
