using System.Globalization;
using FestivalOps.Alerting.Card;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Commands;
using FestivalOps.Commands.Forms;
using FestivalOps.Commands.Grammar;
using FestivalOps.Commands.Queue;
using FestivalOps.Commands.Roles;
using FestivalOps.Language;

namespace FestivalOps.Alerting.Commands;

/// <summary>The dialogs of the card: what they look like.</summary>
internal static class IncidentForms
{
    public const string Text = "text";
    public const string Person = "person";
    public const string Until = "until";

    /// <summary>Longest note: 2,000 characters (<see cref="IIncidentActions.NoteAsync"/>).</summary>
    public const int MaxNote = 2_000;

    public static ModalViewDefinition Note(long id, SpokenLanguage language) => Form(id, IncidentTexts.NoteTitle, language, new InputBlock
    {
        BlockId = Text,
        Label = new(IncidentTexts.NoteLabel.In(language)),
        Element = new PlainTextInput { ActionId = Text, Multiline = true, MaxLength = MaxNote, FocusOnLoad = true },
    });

    public static ModalViewDefinition Assign(long id, string userId, SpokenLanguage language) => Form(id, IncidentTexts.AssignTitle, language, new InputBlock
    {
        BlockId = Person,
        Label = new(IncidentTexts.AssignLabel.In(language)),
        Hint = new(IncidentTexts.AssignHint.In(language)),
        Element = new UserSelectMenu { ActionId = Person, InitialUser = userId },
    });

    public static ModalViewDefinition Promise(long id, SpokenLanguage language) => Form(id, IncidentTexts.PromiseTitle, language, new InputBlock
    {
        BlockId = Until,
        Label = new(IncidentTexts.PromiseLabel.In(language)),
        Hint = new(IncidentTexts.PromiseHint.In(language)),
        Element = new PlainTextInput { ActionId = Until, InitialValue = "2h", MaxLength = 40 },
    });

    /// <summary>A dialog about an incident: its number in the title, "send" and "cancel".</summary>
    public static ModalViewDefinition Form(long id, LocalizedText title, SpokenLanguage language, params Block[] blocks) => new()
    {
        Title = new(string.Create(CultureInfo.InvariantCulture, $"#{id} {title.In(language)}")),
        Submit = new(IncidentTexts.Send.In(language)),
        Close = new(IncidentTexts.Cancel.In(language)),
        Blocks = blocks,
    };
}

/// <summary>"Note…" on the card opens a dialog.</summary>
internal sealed class NoteAction : IButtonAction
{
    /// <inheritdoc/>
    public string ActionId => IncidentButtons.Note;

    /// <inheritdoc/>
    public IReadOnlyCollection<Role> AllowedRoles => Doers.WithManagement;

    /// <inheritdoc/>
    public Task<Reply> RunAsync(CommandContext context, CancellationToken ct) => IncidentWords.Number(context.Value) is { } id
        ? context.OpenAsync(IncidentButtons.Note, context.Value, IncidentForms.Note(id, context.Language), ct)
        : Task.FromResult(Reply.Refused(IncidentTexts.NoNumber(context.Value), context.Language));
}

/// <summary>A note that was sent.</summary>
internal sealed class NoteForm(IIncidentActions incidents, OutcomeReply outcomes) : IForm
{
    /// <inheritdoc/>
    public string Name => IncidentButtons.Note;

    /// <inheritdoc/>
    public IReadOnlyCollection<Role> AllowedRoles => Doers.WithManagement;

    /// <inheritdoc/>
    public bool Changes => true;

    /// <inheritdoc/>
    public async Task<Reply> RunAsync(CommandContext context, CancellationToken ct)
    {
        if (IncidentWords.Number(context.Value) is not { } id) return Reply.Refused(IncidentTexts.NoNumber(context.Value), context.Language);
        var text = context.Input(IncidentForms.Text).Trim();
        return text.Length == 0
            ? Reply.Refused(IncidentTexts.EmptyNote, context.Language)
            : outcomes.Of(await incidents.NoteAsync(id, context.Person.UserId, text, ct), context.Language);
    }
}

/// <summary>"Assign…" on the card opens a dialog.</summary>
internal sealed class AssignAction : IButtonAction
{
    /// <inheritdoc/>
    public string ActionId => IncidentButtons.Assign;

    /// <inheritdoc/>
    public IReadOnlyCollection<Role> AllowedRoles => Doers.All;

    /// <inheritdoc/>
    public Task<Reply> RunAsync(CommandContext context, CancellationToken ct) => IncidentWords.Number(context.Value) is { } id
        ? context.OpenAsync(IncidentButtons.Assign, context.Value, IncidentForms.Assign(id, context.Person.UserId, context.Language), ct)
        : Task.FromResult(Reply.Refused(IncidentTexts.NoNumber(context.Value), context.Language));
}

/// <summary>Someone was chosen in the dialog.</summary>
internal sealed class AssignForm(IIncidentActions incidents, Assignees assignees, OutcomeReply outcomes) : IForm
{
    /// <inheritdoc/>
    public string Name => IncidentButtons.Assign;

    /// <inheritdoc/>
    public IReadOnlyCollection<Role> AllowedRoles => Doers.All;

    /// <inheritdoc/>
    public bool Changes => true;

    /// <inheritdoc/>
    public async Task<Reply> RunAsync(CommandContext context, CancellationToken ct)
    {
        if (IncidentWords.Number(context.Value) is not { } id) return Reply.Refused(IncidentTexts.NoNumber(context.Value), context.Language);
        var person = context.Input(IncidentForms.Person);
        if (person.Length == 0) return Reply.Refused(IncidentTexts.NobodyChosen, context.Language);
        return await assignees.WhyNotAsync(person, ct) is { } wrong
            ? Reply.Refused(wrong, context.Language)
            : outcomes.Of(await incidents.AssignAsync(id, context.Person.UserId, person, ct), context.Language);
    }
}

/// <summary>"Take it until…" on the card opens a dialog: an acknowledgement that comes back when its promise runs out.</summary>
internal sealed class PromiseAction : IButtonAction
{
    /// <inheritdoc/>
    public string ActionId => IncidentButtons.Promise;

    /// <inheritdoc/>
    public IReadOnlyCollection<Role> AllowedRoles => Doers.WithManagement;

    /// <inheritdoc/>
    public Task<Reply> RunAsync(CommandContext context, CancellationToken ct) => IncidentWords.Number(context.Value) is { } id
        ? context.OpenAsync(IncidentButtons.Promise, context.Value, IncidentForms.Promise(id, context.Language), ct)
        : Task.FromResult(Reply.Refused(IncidentTexts.NoNumber(context.Value), context.Language));
}

/// <summary>A time was promised in the dialog.</summary>
internal sealed class PromiseForm(IIncidentActions incidents, SpokenWhen when, OutcomeReply outcomes) : IForm
{
    /// <inheritdoc/>
    public string Name => IncidentButtons.Promise;

    /// <inheritdoc/>
    public IReadOnlyCollection<Role> AllowedRoles => Doers.WithManagement;

    /// <inheritdoc/>
    public bool Changes => true;

    /// <inheritdoc/>
    public (string Block, LocalizedText Why)? Complaint(SentForm sent, DateTimeOffset now) =>
        when.Read(sent.Inputs.GetValueOrDefault(IncidentForms.Until, ""), now).Problem is { } problem ? (IncidentForms.Until, problem) : null;

    /// <inheritdoc/>
    public async Task<Reply> RunAsync(CommandContext context, CancellationToken ct)
    {
        if (IncidentWords.Number(context.Value) is not { } id) return Reply.Refused(IncidentTexts.NoNumber(context.Value), context.Language);
        var until = when.Read(context.Input(IncidentForms.Until), context.AskedAt);
        return until.Problem is { } problem
            ? Reply.Refused(problem, context.Language)
            : outcomes.Of(await incidents.AcknowledgeAsync(id, context.Person.UserId, until.At, ct), context.Language);
    }
}
