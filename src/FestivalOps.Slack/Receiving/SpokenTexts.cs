using FestivalOps.Slack.Beyond;
using FestivalOps.Slack.Blocks;
using FestivalOps.Slack.Interaction;
using FestivalOps.Slack.WebApi;

namespace FestivalOps.Slack.Receiving;

/// <summary>The few sentences that the library itself says to people, in Japanese and English.</summary>
internal static class SpokenTexts
{
    public static string Failed(string errorId) =>
        $"うまくいきませんでした。もう一度試しても同じときは、番号 {errorId} を管理者に伝えてください。\n" +
        $"Something went wrong. If it happens again, please give the number {errorId} to your administrators.";

    public static string NoSuchCommand(string command) => (Mrkdwn.Of(
        $"{Mrkdwn.Code(command)} はここではまだ使えません。綴りを確かめるか、管理者に知らせてください。\n") + Mrkdwn.Of(
        $"{Mrkdwn.Code(command)} is not available here. Please check the spelling or tell your administrators.")).Value;

    public static SlashCommandResponse Ephemeral(string text) => new() { Message = new Message { Text = text } };

    /// <summary>Keeps what was typed where Slack lets us: an error beside the first input. Otherwise the view says it.</summary>
    public static ViewSubmissionResponse FailedView(ViewInfo view, string errorId) =>
        view.Blocks.OfType<InputBlock>().FirstOrDefault() is { BlockId: { } block }
            ? new ViewErrorsResponse { Errors = { [block] = Failed(errorId) } }
            : new UpdateViewResponse
            {
                View = new ModalViewDefinition { Title = "Error", Blocks = [new SectionBlock { Text = Failed(errorId) }] },
            };
}
