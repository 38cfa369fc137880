using FestivalOps.Alerting.Alerts;
using FestivalOps.Language;

namespace FestivalOps.Alerting.Card;

/// <summary>What an alert says of itself in one language, each thing once. One line each, cut, not escaped; empty where it says nothing.</summary>
/// <param name="Value">What was measured; empty when the description says it.</param>
/// <param name="Limit">The limit that was passed, with its name; empty without <paramref name="Value"/>.</param>
/// <param name="Description">What is wrong, in the words of its source.</param>
internal sealed record AlertNotes(string Value, string Limit, string Description)
{
    /// <summary>Longest value or limit: 60 characters.</summary>
    public const int MaxValue = 60;

    /// <summary>Longest description: 600 characters; the rest stands with its source.</summary>
    public const int MaxDescription = 600;

    /// <summary>Reads the annotations. Our own checks write <c>value</c> in Japanese and <c>value_en</c> in English; other sources write one for all.</summary>
    public static AlertNotes Of(AlertRecord? alert, SpokenLanguage language)
    {
        var texts = IncidentFacts.Texts(alert?.Annotations);
        string Read(string name, int max) =>
            ForeignText.OneLine(language == SpokenLanguage.En && texts.TryGetValue(name + "_en", out var english) ? english : texts.GetValueOrDefault(name), max);

        var (value, limit, description) = (Read("value", MaxValue), Read("limit", MaxValue), Read("description", MaxDescription));
        if (description.Length == 0) description = Read("summary", MaxDescription);
        // What our own checks find stands with its limit in their description, whatever limit the alert once passed.
        var isSaid = value.Length > 0 && description.Contains(value, StringComparison.Ordinal)
            && (alert?.Source == AlertSource.Check || description.Contains(limit, StringComparison.Ordinal));
        if (value.Length == 0 || isSaid) return new("", "", description);
        // Our own checks name the limit that was passed ("警告 > 80 %"); a bare one is named here.
        return new(value, limit.Length > 0 && !char.IsLetter(limit[0]) ? $"{CardTexts.Limit.In(language)} {limit}" : limit, description);
    }
}
