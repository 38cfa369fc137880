using FestivalOps.Commands;
using FestivalOps.Commands.Roles;
using FestivalOps.Language;
using FestivalOps.Reports.Keeping;
using Microsoft.Extensions.Options;

namespace FestivalOps.Reports.Post;

/// <summary>"Sources" on the card: where every figure came from and when it was asked, for who pressed, in their language.</summary>
internal sealed class SourcesAction(ReportDesk desk, IOptions<LanguageOptions> languages) : IButtonAction
{
    /// <summary>The button's <c>action_id</c>.</summary>
    public const string Id = "report.sources";

    /// <inheritdoc/>
    public string ActionId => Id;

    /// <inheritdoc/>
    public IReadOnlyCollection<Role> AllowedRoles => Commands.ReportCommand.Readers;

    /// <inheritdoc/>
    public async Task<Reply> RunAsync(CommandContext context, CancellationToken ct) => await desk.FindAsync(context.Value, ct) is { } found
        ? Reply.ToPerson(ReportMessage.Sources(found.Report, languages.Value.GetZone(), context.Language))
        : Reply.Refused(ReportTexts.Gone, context.Language);
}
