using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Card;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Commands;
using FestivalOps.Commands.Audit;
using FestivalOps.Commands.Replies;
using FestivalOps.Commands.Roles;
using FestivalOps.Language;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FestivalOps.Alerting.Commands;

/// <summary><c>/fops incident 42</c>: its card and its newest lines; <c>/fops incident open TITLE [severity]</c>: opens one by hand.</summary>
internal sealed class IncidentCommand(
    IDbContextFactory<OpsDbContext> store, IncidentReader reader, IIncidentIntake intake, AlertClass classes, IOptions<LanguageOptions> languages, TimeProvider time) : ICommand
{
    private const string Open = "open";
    private const int LinesShown = 10;

    /// <inheritdoc/>
    public string Name => "incident";

    /// <inheritdoc/>
    public LocalizedText Summary => IncidentTexts.OneSummary;

    /// <inheritdoc/>
    public LocalizedText? Usage => IncidentTexts.OneUsage;

    /// <inheritdoc/>
    public LocalizedText? Details => IncidentTexts.OneDetails;

    /// <inheritdoc/>
    public bool Changes => true;

    /// <inheritdoc/>
    public IReadOnlyCollection<Role> AllowedRolesFor(string firstWord) => firstWord == Open ? Doers.WithManagement : [];

    /// <inheritdoc/>
    public Task<Reply> RunAsync(CommandContext context, CancellationToken ct)
    {
        if (context.Arguments.Length == 0) return Task.FromResult(Reply.Refused(IncidentTexts.OneHelp, context.Language));
        if (context.Name(0) == Open) return OpenAsync(context, ct);
        if (IncidentWords.Number(context.Arguments[0]) is not { } id) return Task.FromResult(Reply.Refused(IncidentTexts.NoNumber(context.Arguments[0]), context.Language));
        return context.Arguments.Length > 1
            ? Task.FromResult(Reply.Refused(IncidentTexts.TooMuch(context.Arguments[1]), context.Language))
            : ShowAsync(id, context.Language, ct);
    }

    private async Task<Reply> ShowAsync(long id, SpokenLanguage language, CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        if (await reader.ReadAsync(id, db, ct) is not { } facts) return Reply.Refused(IncidentTexts.Missing(id), language);
        var now = new CardTime(time.GetUtcNow(), languages.Value.GetZone());
        var lines = await db.Set<IncidentEvent>().AsNoTracking().Where(e => e.IncidentId == id).OrderByDescending(e => e.Number).Take(LinesShown).ToListAsync(ct);
        var message = IncidentMessage.Card(facts, now, language);
        if (lines.Count > 0)
        {
            var told = lines.AsEnumerable().Reverse().Select(e => Mrkdwn.Of($"{now.At(e.At).In(language)}  {Mrkdwn.Trusted(EventTexts.Line(e, now.Zone).In(language))}"));
            var timeline = Mrkdwn.Join("\n", told.Prepend(Mrkdwn.Of($"*{IncidentTexts.Timeline.In(language)}*")));
            message.Blocks.Add(new DividerBlock());
            message.Blocks.Add(new SectionBlock { Text = new Markdown(timeline.Value) { Verbatim = true } });
        }
        return Reply.ToPerson(message);
    }

    private async Task<Reply> OpenAsync(CommandContext context, CancellationToken ct)
    {
        var words = context.Arguments.RemoveAt(0);
        var (severity, level, left) = Severe(words);
        var title = IncidentWords.Rest(left, 0, Incident.MaxTitle);
        if (title.Length == 0) return Reply.Refused(IncidentTexts.NoTitle, context.Language);
        // Each is one of its own: two people who report the same thing say so in its thread.
        var key = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
        var fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("person:" + key)))[..32];
        var alert = new IncomingAlert(
            AlertSource.Person, fingerprint, "person:" + key, Firing: true, severity, level, title, title, time.GetUtcNow(),
            new Dictionary<string, string>(StringComparer.Ordinal) { [AlertLabels.AlertName] = AlertLabels.Report, ["severity"] = severity.Name().En.ToLowerInvariant() },
            new Dictionary<string, string>(StringComparer.Ordinal) { ["reporter"] = context.Person.UserId });
        var ids = await intake.RaiseAsync([alert], ct);
        if (ids.Count == 0) return Reply.Refused(IncidentTexts.NotOpened, context.Language);
        var says = IncidentTexts.Opened(ids[0], severity.Name(), level);
        var place = classes.ChannelOf(severity) is { Length: > 0 } channel ? Mrkdwn.Of($" {IncidentTexts.CardIn.In(context.Language)} {Mrkdwn.Channel(channel)}") : Mrkdwn.Empty;
        return Reply.ToPerson(Notice.Of(":memo:", says.In(context.Language), place)) with { Detail = ForeignText.OneLine(says.En, AuditEntry.MaxText) };
    }

    // The last word may say how bad it is, in either language or as the guideline's level.
    private static (Severity Severity, int Level, ImmutableArray<string> Title) Severe(ImmutableArray<string> words)
    {
        if (words.Length == 0) return (Severity.Warning, 1, words);
        var last = words[^1].Normalize(NormalizationForm.FormKC).ToLowerInvariant().TrimEnd('!', '.', '。');
        return SeverityWords.Find(last) is { } found ? (found.Severity, found.Level, words.RemoveAt(words.Length - 1)) : (Severity.Warning, 1, words);
    }
}

/// <summary>The words by which people say how bad something is.</summary>
internal static class SeverityWords
{
    private static readonly LocalizedText Information = new("情報", "info|information");
    private static readonly LocalizedText Warning = new("警告|軽微|レベル1", "warning|warn|level1");
    private static readonly LocalizedText Medium = new("注意|中程度|レベル2", "medium|level2");
    private static readonly LocalizedText Critical = new("緊急|重大|レベル3", "critical|major|level3|sev1|p1");

    /// <summary>Severity and level of a word (half-width, lower case); null when it is none.</summary>
    public static (Severity Severity, int Level)? Find(string word) =>
        Information.Words.Contains(word, StringComparer.Ordinal) ? (Severity.Information, 1)
        : Warning.Words.Contains(word, StringComparer.Ordinal) ? (Severity.Warning, 1)
        : Medium.Words.Contains(word, StringComparer.Ordinal) ? (Severity.Warning, 2)
        : Critical.Words.Contains(word, StringComparer.Ordinal) ? (Severity.Critical, 3)
        : null;
}
