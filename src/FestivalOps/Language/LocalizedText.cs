namespace FestivalOps.Language;

/// <summary>A sentence that people see, in both languages. Neither may be empty: the constructor refuses it.</summary>
internal sealed record LocalizedText
{
    /// <summary>Makes a text from its two forms.</summary>
    /// <exception cref="ArgumentException">One of the two is empty.</exception>
    public LocalizedText(string ja, string en)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(ja);
        ArgumentException.ThrowIfNullOrWhiteSpace(en);
        (Ja, En) = (ja, en);
    }

    /// <summary>The Japanese form.</summary>
    public string Ja { get; }

    /// <summary>The English form.</summary>
    public string En { get; }

    /// <summary>The form for a reader of <paramref name="language"/>.</summary>
    public string In(SpokenLanguage language) => language == SpokenLanguage.En ? En : Ja;

    /// <summary>The words of a text that lists some for people to type, divided by <c>|</c>, of both languages: whoever types knows either.</summary>
    public IEnumerable<string> Words => [.. Ja.Split('|'), .. En.Split('|')];

    /// <summary>A value that reads the same in both languages: a number with its unit, a name, a version.</summary>
    public static LocalizedText Same(string text) => new(text, text);

    /// <summary>The Japanese form, so that a log line without a reader still says something.</summary>
    public override string ToString() => Ja;
}
