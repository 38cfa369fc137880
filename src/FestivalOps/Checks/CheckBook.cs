using FestivalOps.Language;

namespace FestivalOps.Checks;

/// <summary>What a person asked to have checked.</summary>
/// <param name="Name"><c>all</c>, the name of a group, or of a check.</param>
/// <param name="Checks">The checks that this means.</param>
internal sealed record CheckSelection(string Name, IReadOnlyList<ICheck> Checks);

/// <summary>All checks by name and group.</summary>
internal sealed class CheckBook
{
    /// <summary>The word for everything.</summary>
    public const string All = "all";

    /// <summary>
    /// Names the rounds that nobody asked for (<see cref="HealthTicker"/>). No word that can be typed: figures over time count these
    /// alone, so that people who ask again and again during an outage don't make it weigh more.
    /// </summary>
    public const string Unasked = "unasked";

    // What people type who don't have the list before them.
    private static readonly (string Name, LocalizedText Called)[] AlsoCalled =
    [
        ("database", new("データベース", "db|pg|postgres")), ("web", new("サイト|アプリ", "site|app|http")), ("tls", new("証明書", "ssl|cert|certificates")),
        ("host", new("ホスト|サーバー", "server")), ("payments", new("決済", "payment")), (All, new("すべて|全部", "everything")),
    ];

    private readonly Dictionary<string, CheckSelection> _selections = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CheckSelection> _called = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CheckSelection> _titles = new(StringComparer.Ordinal);

    /// <summary>Makes the book; two checks of one name, or a check named as a group, are a mistake in the code.</summary>
    /// <exception cref="InvalidOperationException">A name is taken twice.</exception>
    public CheckBook(IEnumerable<ICheck> checks)
    {
        Checks = [.. checks];
        ByName = Checks.ToDictionary(c => c.Name, StringComparer.Ordinal);
        _selections.Add(All, new(All, Checks));
        foreach (var group in Checks.GroupBy(c => c.Group, StringComparer.Ordinal))
            _selections.Add(group.Key, new(group.Key, [.. group]));
        foreach (var check in Checks)
        {
            // "redis" names a group and the check that stands for it: the group holds the check, so the group answers.
            if (_selections.ContainsKey(check.Name) && check.Name != check.Group)
                throw new InvalidOperationException($"The check {check.Name} has the name of a group.");
            _selections.TryAdd(check.Name, new(check.Name, [check]));
            foreach (var title in new[] { check.Title.Ja, check.Title.En }) _titles.TryAdd(Folded(title), _selections[check.Name]);
        }
        foreach (var (name, called) in AlsoCalled)
        {
            if (_selections.TryGetValue(name, out var selection)) foreach (var word in called.Words) _called.Add(word, selection);
        }
    }

    /// <summary>Every check, in the order of the card.</summary>
    public IReadOnlyList<ICheck> Checks { get; }

    /// <summary>Every check by its name.</summary>
    public IReadOnlyDictionary<string, ICheck> ByName { get; }

    /// <summary>Every word that <see cref="Find"/> knows.</summary>
    public IReadOnlyCollection<string> Words => _selections.Keys;

    /// <summary>The checks that a word means (a name, a group, or what people call them), or null.</summary>
    public CheckSelection? Find(string word) => _selections.GetValueOrDefault(word) ?? _called.GetValueOrDefault(word);

    /// <summary>The check that is called so on the card, in either language, whatever its spaces and capitals; null when none is.</summary>
    public CheckSelection? FindTitle(IEnumerable<string> words) => _titles.GetValueOrDefault(Folded(string.Concat(words)));

    private static string Folded(string title) =>
        string.Concat(title.Normalize(System.Text.NormalizationForm.FormKC).Where(c => !char.IsWhiteSpace(c))).ToLowerInvariant();
}
