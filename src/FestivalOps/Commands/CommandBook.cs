using FestivalOps.Commands.Forms;
using FestivalOps.Commands.Grammar;

namespace FestivalOps.Commands;

/// <summary>All commands, buttons and forms by name. Made late (<see cref="Lazy{T}"/>), because <c>help</c> is a command and reads the book.</summary>
internal sealed class CommandBook(IServiceProvider services)
{
    private readonly Lazy<Dictionary<string, ICommand>> _commands = new(() =>
        services.GetServices<ICommand>().ToDictionary(c => c.Name, StringComparer.Ordinal));

    // A name goes before what another command is also called.
    private readonly Lazy<Dictionary<string, ICommand>> _words = new(() =>
    {
        var commands = services.GetServices<ICommand>().ToList();
        var words = commands.ToDictionary(c => c.Name, StringComparer.Ordinal);
        foreach (var command in commands)
            foreach (var word in command.AlsoCalled?.Words ?? []) words.TryAdd(word, command);
        return words;
    });

    private readonly Lazy<Dictionary<string, IButtonAction>> _buttons = new(() =>
        services.GetServices<IButtonAction>().ToDictionary(b => b.ActionId, StringComparer.Ordinal));

    private readonly Lazy<Dictionary<string, IForm>> _forms = new(() =>
        services.GetServices<IForm>().ToDictionary(f => f.Name, StringComparer.Ordinal));

    /// <summary>Every command: what the features bring first, then what is about the bot itself; by name.</summary>
    public IEnumerable<ICommand> Commands => _commands.Value.Values
        .OrderBy(c => c.GetType().Namespace == typeof(BuiltIn.HelpCommand).Namespace).ThenBy(c => c.Name, StringComparer.Ordinal);

    /// <summary>The command that a line asks for; nothing typed is <c>help</c>. Null when there is none.</summary>
    public ICommand? Find(CommandLine line) => _words.Value.GetValueOrDefault(line.Words.Length == 0 ? "help" : line.Name(0));

    /// <summary>The command of this name, or null.</summary>
    public ICommand? Find(string name) => _words.Value.GetValueOrDefault(name);

    /// <summary>The button of this action id, or null.</summary>
    public IButtonAction? Button(string actionId) => _buttons.Value.GetValueOrDefault(actionId);

    /// <summary>The form of this name, or null.</summary>
    public IForm? Form(string name) => _forms.Value.GetValueOrDefault(name);

    /// <summary>The command that was probably meant, or null.</summary>
    public string? Nearest(string typed) => FestivalOps.Language.Nearest.To(typed, _commands.Value.Keys);
}
