using FestivalOps.Commands.Audit;
using FestivalOps.Commands.Roles;
using FestivalOps.Language;
using Microsoft.Extensions.Options;

namespace FestivalOps.Commands.BuiltIn;

/// <summary><c>/fops audit</c>: the newest entries; <c>/fops audit verify</c>: walks the whole chain.</summary>
internal sealed class AuditCommand(AuditReader reader, IOptions<LanguageOptions> languages) : ICommand
{
    private const int Shown = 15;

    /// <inheritdoc/>
    public string Name => "audit";

    /// <inheritdoc/>
    public LocalizedText Summary => BuiltInTexts.AuditSummary;

    /// <inheritdoc/>
    public LocalizedText? Usage => LocalizedText.Same("[verify]");

    /// <inheritdoc/>
    public LocalizedText? Details => BuiltInTexts.AuditDetails;

    /// <inheritdoc/>
    public IReadOnlyCollection<Role> AllowedRoles => [Role.Security];

    /// <inheritdoc/>
    public async Task<Reply> RunAsync(CommandContext context, CancellationToken ct) => context.Name(0) switch
    {
        "" => await NewestAsync(context.Language, ct),
        "verify" => await VerifyAsync(context.Language, ct),
        _ => Reply.Refused(BuiltInTexts.AuditUsage, context.Language),
    };

    private async Task<Reply> NewestAsync(SpokenLanguage language, CancellationToken ct)
    {
        var rows = await reader.NewestAsync(Shown, ct);
        var title = BuiltInTexts.AuditTitle(rows.Count).In(language);
        var lines = rows.Select(r => Line(r, language));
        return Reply.ToPerson(new()
        {
            Text = title,
            Blocks = [new SectionBlock { Text = Mrkdwn.Of($"*{title}*") }, .. lines.Chunk(5).Select(part => new SectionBlock { Text = Mrkdwn.Join("\n", part) })],
        });
    }

    private Mrkdwn Line(AuditRow row, SpokenLanguage language) => row.Entry is { } e
        ? Mrkdwn.Of(
            $"`{Mrkdwn.Trusted(SpokenTime.Stamp(e.At, languages.Value.GetZone()))}` {Mrkdwn.User(e.UserId)} {e.Event.Name().In(language)} {Mrkdwn.Code(SlackText.Unescape(e.Text))} {e.ErrorId}")
        : Mrkdwn.Of($":rotating_light: {BuiltInTexts.RowDamaged(row.Sequence).In(language)}");

    private async Task<Reply> VerifyAsync(SpokenLanguage language, CancellationToken ct)
    {
        var verdict = await reader.VerifyAsync(ct);
        var text = verdict.Problem is null
            ? BuiltInTexts.ChainWhole(verdict.Rows, verdict.Head)
            : BuiltInTexts.ChainBroken(verdict.Rows, verdict.Problem);
        return Reply.ToPerson(Replies.Notice.Of(verdict.Problem is null ? ":white_check_mark:" : ":rotating_light:", text.In(language)));
    }
}
