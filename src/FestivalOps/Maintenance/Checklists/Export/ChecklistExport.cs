using System.Globalization;
using FestivalOps.Commands;
using FestivalOps.Commands.Replies;
using FestivalOps.Language;
using FestivalOps.Telemetry;
using Microsoft.Extensions.Options;

namespace FestivalOps.Maintenance.Checklists.Export;

/// <summary>Gives a list as files in the place where it was asked for; where Slack takes no file, as text.</summary>
internal sealed partial class ChecklistExport(
    ChecklistBook book, ChecklistSigning signing, ISlackApiClient slack, IOptions<LanguageOptions> languages, ILogger<ChecklistExport> logger)
{
    /// <summary>How long Slack may take for the files: 20 seconds.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Longest text that is shown instead of a file; a complete list is some 3,000 to 8,000. Unit: characters.</summary>
    public const int MaxText = 12_000;

    /// <summary>Does it.</summary>
    /// <param name="id">The list.</param>
    /// <param name="format"><c>csv</c>, <c>md</c>, or empty for both.</param>
    /// <param name="context">Who asks, and where.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<Reply> RunAsync(long id, string format, CommandContext context, CancellationToken ct)
    {
        if (await book.FindAsync(id, ct) is not { } full) return Reply.Refused(ExportTexts.NoList(id.ToString(CultureInfo.InvariantCulture)), context.Language);
        var (seal, zone, language) = (await signing.VerifyAsync(full.List, full.Items, ct), languages.Value.GetZone(), context.Language);
        var name = $"checklist-{id}-{full.List.PeriodKey.Replace(':', '-').ToLowerInvariant()}";
        List<FileUpload> files = [];
        if (format is "" or "csv") files.Add(new($"{name}.csv", ChecklistFile.Csv(full, seal, zone, language)));
        if (format is "" or "md") files.Add(new($"{name}.md", ChecklistFile.Markdown(full, seal, zone, language)));
        var verdict = seal switch
        {
            SealVerdict.Whole => ChecklistTexts.SealWhole,
            SealVerdict.Broken => ChecklistTexts.SealBroken,
            _ => ChecklistTexts.SealNone,
        };
        var said = ExportTexts.Sent(id, verdict);
        var picture = seal == SealVerdict.Broken ? ":rotating_light:" : ":page_facing_up:";
        if (await SentAsync(files, context, ct)) return Reply.ToPerson(Notice.Of(picture, said.In(language))) with { Detail = said.En };

        var text = format == "csv" ? ChecklistFile.Csv(full, seal, zone, language).TrimStart('\ufeff') : ChecklistFile.Markdown(full, seal, zone, language);
        List<Block> blocks = [new SectionBlock { Text = Mrkdwn.Of($"{Mrkdwn.Trusted(picture)} {said.In(language)}\n{ExportTexts.AsText.In(language)}") }];
        // A section takes 3,000 characters; what is escaped grows.
        foreach (var part in (text.Length > MaxText ? text[..MaxText] + "…" : text).Chunk(2_000)) blocks.Add(new SectionBlock { Text = Mrkdwn.CodeBlock(new string(part)) });
        return Reply.ToPerson(new() { Text = said.In(language), Blocks = blocks }) with { Detail = said.En };
    }

    private async Task<bool> SentAsync(List<FileUpload> files, CommandContext context, CancellationToken ct)
    {
        if (context.ChannelId.Length == 0) return false;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            await slack.Files.Upload(files, context.ChannelId, cancellationToken: limit.Token);
            return true;
        }
        catch (Exception failure) when (!ct.IsCancellationRequested && failure is SlackException or SlackUnclearException or SlackUnavailableException or OperationCanceledException)
        {
            Log.NotSent(logger, failure, context.ChannelId, ErrorId.New());
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The files of a checklist could not be sent to {Channel}; they are shown as text. Error id {ErrorId}")]
        public static partial void NotSent(ILogger logger, Exception failure, string channel, string errorId);
    }
}
