using System.Globalization;
using FestivalOps.Commands.Audit;
using FestivalOps.Commands.Roles;
using FestivalOps.Language;
using Microsoft.Extensions.Options;

namespace FestivalOps.Commands.BuiltIn;

/// <summary><c>/fops audit</c>, <c>/fops audit 50</c>: the newest entries, up to 100; <c>/fops audit verify</c>: walks the whole chain.</summary>
internal sealed class AuditCommand(AuditReader reader, IOptions<LanguageOptions> languages) : ICommand
{
    private const int Shown = 15;
    private const int Most = 100;
    private const int MostDetail = 80;

    /// <inheritdoc/>
    public string Name => "audit";

    /// <inheritdoc/>
    public LocalizedText Summary => BuiltInTexts.AuditSummary;

    /// <inheritdoc/>
    public LocalizedText? Usage => new("[件数] | [verify]", "[count] | [verify]");

    /// <inheritdoc/>
    public LocalizedText? Details => BuiltInTexts.AuditDetails;

    /// <inheritdoc/>
    public IReadOnlyCollection<Role> AllowedRoles => [Role.Security];

    /// <inheritdoc/>
    public async Task<Reply> RunAsync(CommandContext context, CancellationToken ct) => context.Name(0) switch
    {
        "" => await NewestAsync(Shown, context.Language, ct),
        var count when int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked is >= 1 and <= Most => await NewestAsync(asked, context.Language, ct),
        "verify" => await VerifyAsync(context.Language, ct),
        _ => Reply.Refused(BuiltInTexts.AuditUsage, context.Language),
    };

    private async Task<Reply> NewestAsync(int count, SpokenLanguage language, CancellationToken ct)
    {
        var rows = await reader.NewestAsync(count, ct);
        var title = BuiltInTexts.AuditTitle(rows.Count).In(language);
        var lines = rows.Select(r => Line(r, language));
        return Reply.ToPerson(new()
        {
            Text = title,
            Blocks = [new SectionBlock { Text = Mrkdwn.Of($"*{title}*") }, .. lines.Chunk(5).Select(part => new SectionBlock { Text = Mrkdwn.Join("\n", part) })],
        });
    }

    // A word that was mistyped and something that one may not do are both refused: the reason tells them apart.
    private Mrkdwn Line(AuditRow row, SpokenLanguage language) => row.Entry is { } e
        ? Mrkdwn.Of(
            $"`{Mrkdwn.Trusted(SpokenTime.Stamp(e.At, languages.Value.GetZone()))}` {Mrkdwn.User(e.UserId)} {e.Event.Name().In(language)} {Mrkdwn.Code(SlackText.Unescape(e.Text))} {(e.Detail.Length == 0 ? "" : "— " + ForeignText.OneLine(e.Detail, MostDetail))} {e.ErrorId}")
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
