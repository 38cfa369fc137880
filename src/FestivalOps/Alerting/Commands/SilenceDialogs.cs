using System.Text.Encodings.Web;
using System.Text.Json;
using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Card;
using FestivalOps.Alerting.Silences;
using FestivalOps.Commands;
using FestivalOps.Commands.Audit;
using FestivalOps.Commands.Forms;
using FestivalOps.Commands.Grammar;
using FestivalOps.Commands.Queue;
using FestivalOps.Commands.Replies;
using FestivalOps.Commands.Roles;
using FestivalOps.Language;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FestivalOps.Alerting.Commands;

/// <summary>Shows what a silence would hide, with a button that makes it: nothing is silenced without having been seen.</summary>
internal sealed class SilencePreviews(ISilenceDesk silences, IOptions<LanguageOptions> languages, TimeProvider time)
{
    /// <summary>Longest reason: 500 characters; longest matchers: 1,000 (<see cref="Silence"/>).</summary>
    public const int MaxReason = 500;

    /// <summary>Longest text in which matchers are looked for: 4,000 characters. What is too long for a silence is refused, not cut.</summary>
    public const int MaxTyped = 4_000;

    // A button's value takes 2,000 characters (Slack limit).
    private const int MaxValue = 2_000;

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The preview, or why there can be no such silence.</summary>
    public async Task<Reply> ShowAsync(SilenceRequest request, SpokenLanguage language, CancellationToken ct) =>
        Show(request, await silences.PreviewAsync(request, ct), language);

    /// <summary>A new preview when the silence would hide more than the one that was confirmed had shown; null when it would not.</summary>
    public async Task<Reply?> ShowIfMoreAsync(SilenceRequest request, SpokenLanguage language, CancellationToken ct)
    {
        var preview = await silences.PreviewAsync(request, ct);
        return preview.Problem is null && request.Seen is { } seen && preview.Alerts > seen ? Show(request, preview, language) : null;
    }

    private Reply Show(SilenceRequest request, SilencePreview preview, SpokenLanguage language)
    {
        if (preview.Problem is { } problem) return Reply.Refused(problem, language);
        var value = JsonSerializer.Serialize(request with { Seen = preview.Alerts }, Json);
        if (value.Length > MaxValue) return Reply.Refused(SilenceTexts.TooLong, language);
        var text = Mrkdwn.Join("\n", Lines(request, preview, language));
        var confirm = new Button
        {
            ActionId = SilenceConfirmAction.Id,
            Value = value,
            Text = new(SilenceTexts.Confirm.In(language)),
            Style = request.Matchers.Length == 0 || HidesCritical(preview) ? ButtonStyle.Danger : ButtonStyle.Primary,
        };
        return Reply.ToPerson(new()
        {
            Text = SilenceTexts.Title(request.IsMaintenance).In(language),
            Blocks = [new SectionBlock { Text = new Markdown(text.Value) { Verbatim = true } }, new ActionsBlock { Elements = [confirm] }],
        });
    }

    /// <summary>Reads the request that a confirm button carries; null when it is none.</summary>
    public static SilenceRequest? Read(string value)
    {
        try
        {
            return JsonSerializer.Deserialize<SilenceRequest>(value, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What a silence hides and when, in one line.</summary>
    public Mrkdwn Line(Silence silence, SpokenLanguage language)
    {
        var when = new CardTime(time.GetUtcNow(), languages.Value.GetZone());
        var what = silence.Matchers.Length == 0 ? Mrkdwn.Of($"{SilenceTexts.Everything.In(language)}") : Mrkdwn.Code(ForeignText.OneLine(silence.Matchers, 200));
        return Mrkdwn.Of(
            $"*{SilenceTexts.Name(silence.IsMaintenance).In(language)} {silence.Id}*  {what}\n　{SilenceTexts.FromTo(when.At(silence.StartsAt), when.At(silence.EndsAt)).In(language)} · {ForeignText.OneLine(silence.Reason, 200)} · {Mrkdwn.User(silence.Author)}");
    }

    private static bool HidesCritical(SilencePreview preview) => preview.Sample is [{ Severity: Severity.Critical }, ..];

    private IEnumerable<Mrkdwn> Lines(SilenceRequest request, SilencePreview preview, SpokenLanguage language)
    {
        var when = new CardTime(time.GetUtcNow(), languages.Value.GetZone());
        yield return Mrkdwn.Of($":mag: *{SilenceTexts.Title(request.IsMaintenance).In(language)}*");
        yield return request.Matchers.Length == 0 ? Mrkdwn.Of($":warning: *{SilenceTexts.HidesEverything.In(language)}*") : Mrkdwn.Code(request.Matchers);
        yield return Mrkdwn.Of($"{SilenceTexts.FromTo(when.At(request.StartsAt), when.At(request.EndsAt)).In(language)} · {request.Reason}");
        if (request.Seen is { } seen && preview.Alerts > seen) yield return Mrkdwn.Of($":warning: *{SilenceTexts.MoreThanSeen.In(language)}*");
        if (request.Matchers.Length > 0 && HidesCritical(preview)) yield return Mrkdwn.Of($":warning: *{SilenceTexts.HidesCritical.In(language)}*");
        yield return Mrkdwn.Of($"{SilenceTexts.Hides(preview.Alerts, preview.Incidents).In(language)}");
        foreach (var alert in preview.Sample.Take(5))
            yield return Mrkdwn.Of($"　• {ForeignText.OneLine(language == SpokenLanguage.En ? alert.TitleEn : alert.TitleJa, 100)}");
        if (preview.Alerts > Math.Min(5, preview.Sample.Count)) yield return Mrkdwn.Of($"　… {CardTexts.More(preview.Alerts - Math.Min(5, preview.Sample.Count)).In(language)}");
    }
}

/// <summary>"Silence…" on the card opens a dialog with the matchers of that alert.</summary>
internal sealed class SilenceAction(IDbContextFactory<OpsDbContext> store, IncidentReader reader) : IButtonAction
{
    // What names an alert best; the rest would make the silence too narrow.
    private static readonly string[] Names = ["alertname", "check", "instance", "host"];

    /// <inheritdoc/>
    public string ActionId => IncidentButtons.Silence;

    /// <inheritdoc/>
    public IReadOnlyCollection<Role> AllowedRoles => Doers.All;

    /// <inheritdoc/>
    public async Task<Reply> RunAsync(CommandContext context, CancellationToken ct)
    {
        if (IncidentWords.Number(context.Value) is not { } id) return Reply.Refused(IncidentTexts.NoNumber(context.Value), context.Language);
        await using var db = store.CreateDbContext();
        if (await reader.ReadAsync(id, db, ct) is not { } facts) return Reply.Refused(IncidentTexts.Missing(id), context.Language);
        var matchers = string.Join(' ', Names.Where(n => facts.Labels.ContainsKey(n)).Take(2).Select(n => $"{n}={Quoted(facts.Labels[n])}"));
        return await context.OpenAsync(SilenceForm.FormName, context.Value, View(id, matchers, context.Language), ct);
    }

    private static string Quoted(string value)
    {
        var line = ForeignText.OneLine(value, 200);
        return line.Any(c => char.IsWhiteSpace(c) || c is '"' or '\\') ? $"\"{line.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"" : line;
    }

    private static ModalViewDefinition View(long id, string matchers, SpokenLanguage language) => IncidentForms.Form(
        id, SilenceTexts.FormTitle, language,
        new InputBlock
        {
            BlockId = SilenceForm.Matchers,
            Label = new(SilenceTexts.MatchersLabel.In(language)),
            Hint = new(SilenceTexts.MatchersHint.In(language)),
            Element = new PlainTextInput { ActionId = SilenceForm.Matchers, InitialValue = matchers, MaxLength = 1000 },
        },
        new InputBlock
        {
            BlockId = SilenceForm.Span,
            Label = new(SilenceTexts.SpanLabel.In(language)),
            Hint = new(SilenceTexts.SpanHint.In(language)),
            Element = new PlainTextInput { ActionId = SilenceForm.Span, InitialValue = "2h", MaxLength = 40 },
        },
        new InputBlock
        {
            BlockId = SilenceForm.Reason,
            Label = new(SilenceTexts.ReasonLabel.In(language)),
            Element = new PlainTextInput { ActionId = SilenceForm.Reason, MaxLength = SilencePreviews.MaxReason },
        });
}

/// <summary>The dialog was sent: it answers with what the silence would hide.</summary>
internal sealed class SilenceForm(SilencePreviews previews, SpokenWhen when) : IForm
{
    public const string FormName = IncidentButtons.Silence;
    public const string Matchers = "matchers";
    public const string Span = "span";
    public const string Reason = "reason";

    /// <inheritdoc/>
    public string Name => FormName;

    /// <inheritdoc/>
    public IReadOnlyCollection<Role> AllowedRoles => Doers.All;

    /// <inheritdoc/>
    public (string Block, LocalizedText Why)? Complaint(SentForm sent, DateTimeOffset now) =>
        when.Read(sent.Inputs.GetValueOrDefault(Span, ""), now).Problem is { } problem ? (Span, problem) : null;

    /// <inheritdoc/>
    public Task<Reply> RunAsync(CommandContext context, CancellationToken ct)
    {
        var until = when.Read(context.Input(Span), context.AskedAt);
        if (until.Problem is { } problem) return Task.FromResult(Reply.Refused(problem, context.Language));
        var matchers = ForeignText.OneLine(context.Input(Matchers), SilencePreviews.MaxTyped);
        var reason = ForeignText.OneLine(context.Input(Reason), SilencePreviews.MaxReason);
        return matchers.Length == 0 || reason.Length == 0
            ? Task.FromResult(Reply.Refused(SilenceTexts.Incomplete, context.Language))
            : previews.ShowAsync(new(matchers, context.AskedAt, until.At, reason, IsMaintenance: false), context.Language, ct);
    }
}

/// <summary>"Silence it" below a preview.</summary>
internal sealed class SilenceConfirmAction(ISilenceDesk silences, SilencePreviews previews) : IButtonAction
{
    /// <summary>The button's <c>action_id</c>.</summary>
    public const string Id = "silence.confirm";

    /// <inheritdoc/>
    public string ActionId => Id;

    /// <inheritdoc/>
    public IReadOnlyCollection<Role> AllowedRoles => Doers.All;

    /// <inheritdoc/>
    public bool Changes => true;

    /// <inheritdoc/>
    public async Task<Reply> RunAsync(CommandContext context, CancellationToken ct)
    {
        if (SilencePreviews.Read(context.Value) is not { } request) return Reply.Refused(CommandTexts.GoneButton, context.Language);
        // What began to fire since was not seen; who wants to silence it, too, confirms the new preview.
        if (await previews.ShowIfMoreAsync(request, context.Language, ct) is { } more) return more;
        return Told(await silences.CreateAsync(request, context.Person.UserId, context.ChannelId, ct), context.Language);
    }

    /// <summary>Tells how a wish for a silence came out.</summary>
    public static Reply Told(SilenceOutcome outcome, SpokenLanguage language) => outcome.IsDone
        ? Reply.ToPerson(Notice.Of(":no_bell:", outcome.Says.In(language))) with { Detail = ForeignText.OneLine(outcome.Says.En, AuditEntry.MaxText) }
        : Reply.Refused(outcome.Says, language);
}
