using System.Collections.Immutable;
using FestivalOps.Alerting.Silences;
using FestivalOps.Commands;
using FestivalOps.Commands.Grammar;
using FestivalOps.Commands.Replies;
using FestivalOps.Commands.Roles;
using FestivalOps.Language;

namespace FestivalOps.Alerting.Commands;

/// <summary><c>/fops silence MATCHERS for 2h REASON</c>, <c>list</c>, <c>end N</c>.</summary>
internal sealed class SilenceCommand(ISilenceDesk silences, SilencePreviews previews, SpokenWhen when) : ICommand
{
    private static readonly string[] UntilWords = ["for", "until", "till"];

    /// <inheritdoc/>
    public string Name => "silence";

    /// <inheritdoc/>
    public LocalizedText Summary => SilenceTexts.Summary;

    /// <inheritdoc/>
    public LocalizedText? Usage => SilenceTexts.Usage;

    /// <inheritdoc/>
    public LocalizedText? Details => SilenceTexts.Details;

    /// <inheritdoc/>
    public IReadOnlyCollection<Role> AllowedRoles => Doers.All;

    /// <inheritdoc/>
    public bool Changes => true;

    /// <inheritdoc/>
    public IReadOnlyCollection<Role> AllowedRolesFor(string firstWord) => firstWord is "" or "list" ? [] : AllowedRoles;

    /// <inheritdoc/>
    public async Task<Reply> RunAsync(CommandContext context, CancellationToken ct) => context.Name(0) switch
    {
        "" or "list" => await SilenceLists.ShowAsync(silences, previews, maintenance: false, context.Language, ct),
        "end" => await SilenceLists.EndAsync(silences, context, ct),
        "create" => await CreateAsync(context, context.Arguments.RemoveAt(0), ct),
        _ => await CreateAsync(context, context.Arguments, ct),
    };

    private Task<Reply> CreateAsync(CommandContext context, ImmutableArray<string> typed, CancellationToken ct)
    {
        var words = IncidentWords.Joined(typed);
        var split = words.Select((word, index) => (word, index)).FirstOrDefault(w => UntilWords.Contains(w.word.ToLowerInvariant(), StringComparer.Ordinal), (word: "", index: -1)).index;
        if (split <= 0 || words.Take(split).Any(w => !IncidentWords.IsMatcher(SlackText.Unescape(w)))) return Refused(SilenceTexts.Help, context);
        var until = when.Read(words, split, context.AskedAt);
        if (until.Problem is { } problem) return Refused(problem, context);
        var reason = IncidentWords.Rest(words, split + until.Words, SilencePreviews.MaxReason);
        if (reason.Length == 0) return Refused(SilenceTexts.NoReason, context);
        var matchers = ForeignText.OneLine(SlackText.Unescape(string.Join(' ', words.Take(split))), SilencePreviews.MaxTyped);
        return previews.ShowAsync(new(matchers, context.AskedAt, until.At, reason, IsMaintenance: false), context.Language, ct);
    }

    private static Task<Reply> Refused(LocalizedText why, CommandContext context) => Task.FromResult(Reply.Refused(why, context.Language));
}

/// <summary><c>/fops maintenance START END [MATCHERS] NAME</c>, <c>list</c>, <c>end N</c>. The end may be a time or a length from the start.</summary>
internal sealed class MaintenanceCommand(ISilenceDesk silences, SilencePreviews previews, SpokenWhen when) : ICommand
{
    /// <inheritdoc/>
    public string Name => "maintenance";

    /// <inheritdoc/>
    public LocalizedText Summary => SilenceTexts.MaintenanceSummary;

    /// <inheritdoc/>
    public LocalizedText? Usage => SilenceTexts.MaintenanceUsage;

    /// <inheritdoc/>
    public LocalizedText? Details => SilenceTexts.MaintenanceDetails;

    /// <inheritdoc/>
    public IReadOnlyCollection<Role> AllowedRoles => Doers.All;

    /// <inheritdoc/>
    public bool Changes => true;

    /// <inheritdoc/>
    public IReadOnlyCollection<Role> AllowedRolesFor(string firstWord) => firstWord is "" or "list" ? [] : AllowedRoles;

    /// <inheritdoc/>
    public async Task<Reply> RunAsync(CommandContext context, CancellationToken ct) => context.Name(0) switch
    {
        "" or "list" => await SilenceLists.ShowAsync(silences, previews, maintenance: true, context.Language, ct),
        "end" => await SilenceLists.EndAsync(silences, context, ct),
        _ => await PlanAsync(context, ct),
    };

    private async Task<Reply> PlanAsync(CommandContext context, CancellationToken ct)
    {
        var words = IncidentWords.Joined(context.Arguments);
        var now = context.Name(0) is "now";
        var start = now ? new(context.AskedAt, 1, null) : when.Read(words, 0, context.AskedAt);
        if (start.Problem is { } wrongStart) return Reply.Refused(wrongStart, context.Language);
        if (start.Words >= words.Length) return Reply.Refused(SilenceTexts.MaintenanceHelp, context.Language);
        // Seen from the start: "23:00 2:00" ends the night after, "23:00 2h" two hours later. But tomorrow is tomorrow.
        var end = when.Read(words, start.Words, SpokenWhen.NamesDay(words, start.Words) ? context.AskedAt : start.At);
        if (end.Problem is { } wrongEnd) return Reply.Refused(wrongEnd, context.Language);
        if (end.At <= start.At) return Reply.Refused(SilenceTexts.EndsBeforeItBegins, context.Language);
        var rest = words.Skip(start.Words + end.Words).ToImmutableArray();
        var matchers = rest.TakeWhile(w => IncidentWords.IsMatcher(SlackText.Unescape(w))).ToList();
        var name = IncidentWords.Rest(rest, matchers.Count, SilencePreviews.MaxReason);
        return name.Length == 0
            ? Reply.Refused(SilenceTexts.NoName, context.Language)
            : await previews.ShowAsync(
                new(ForeignText.OneLine(SlackText.Unescape(string.Join(' ', matchers)), SilencePreviews.MaxTyped), start.At, end.At, name, IsMaintenance: true), context.Language, ct);
    }
}

/// <summary>What <c>silence</c> and <c>maintenance</c> have in common.</summary>
internal static class SilenceLists
{
    private const int Most = 20;

    /// <summary>Those that hold or come, for who asked.</summary>
    public static async Task<Reply> ShowAsync(ISilenceDesk silences, SilencePreviews previews, bool maintenance, SpokenLanguage language, CancellationToken ct)
    {
        var all = (await silences.ListAsync(ct)).Where(s => s.IsMaintenance == maintenance).Take(Most).ToList();
        if (all.Count == 0) return Reply.ToPerson(Notice.Of(":bell:", (maintenance ? SilenceTexts.NoMaintenance : SilenceTexts.None).In(language)));
        var title = (maintenance ? SilenceTexts.MaintenanceTitle : SilenceTexts.ListTitle).In(language);
        return Reply.ToPerson(new()
        {
            Text = title,
            Blocks = [.. all.Chunk(5).Select(part => new SectionBlock { Text = new Markdown(Mrkdwn.Join("\n", part.Select(s => previews.Line(s, language))).Value) { Verbatim = true } })],
        });
    }

    /// <summary>Ends one.</summary>
    public static async Task<Reply> EndAsync(ISilenceDesk silences, CommandContext context, CancellationToken ct)
    {
        var typed = context.Arguments.Length > 1 ? context.Arguments[1] : "";
        return IncidentWords.Number(typed) is { } id
            ? SilenceConfirmAction.Told(await silences.EndAsync(id, context.Person.UserId, ct), context.Language)
            : Reply.Refused(SilenceTexts.NoNumber(typed), context.Language);
    }
}
