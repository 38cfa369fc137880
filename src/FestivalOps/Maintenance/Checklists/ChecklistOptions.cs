using System.ComponentModel.DataAnnotations;

namespace FestivalOps.Maintenance.Checklists;

/// <summary>What the security checklists ask for beyond the guideline, and how they remind. Section <c>Maintenance:Checklists</c>.</summary>
internal sealed class ChecklistOptions : IValidatableObject
{
    /// <summary>Most items that the settings may add to one list: 20.</summary>
    public const int MostMore = 20;

    /// <summary>The security audit's score has to lie above this. Unit: percent. Range: 0 to 100. Default: 80 (guideline, 日次セキュリティチェック).</summary>
    [Range(0, 100)]
    public double SecurityScore { get; set; } = 80;

    /// <summary>
    /// How often the team is reminded of an unfinished list, at most once a business day. Of a monthly list: on the last so many business days
    /// of the month. Range: 0 (never) to 20. Default: 5.
    /// </summary>
    [Range(0, 20)]
    public int MaxReminders { get; set; } = 5;

    /// <summary>Further items of the daily list, each as <c>Japanese | English</c>, at most 120 characters in each language. Default: empty.</summary>
    public IList<string> Daily { get; set; } = [];

    /// <summary>Further items of the weekly list, written like <see cref="Daily"/>. Default: empty.</summary>
    public IList<string> Weekly { get; set; } = [];

    /// <summary>Further items of the monthly list, written like <see cref="Daily"/>. Default: empty.</summary>
    public IList<string> Monthly { get; set; } = [];

    /// <summary>The further items of a kind.</summary>
    public IList<string> Of(ChecklistKind kind) => kind switch
    {
        ChecklistKind.Daily => Daily,
        ChecklistKind.Weekly => Weekly,
        _ => Monthly,
    };

    /// <summary>The two forms of an item; null when it can't be read.</summary>
    public static (string Ja, string En)? Read(string text)
    {
        var parts = text.Split('|', StringSplitOptions.TrimEntries);
        return parts is [{ Length: > 0 and <= ChecklistItem.MaxTitle } ja, { Length: > 0 and <= ChecklistItem.MaxTitle } en] && !text.Any(char.IsControl) ? (ja, en) : null;
    }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var kind in Enum.GetValues<ChecklistKind>())
        {
            if (Of(kind).Count > MostMore) yield return new($"{kind} must hold at most {MostMore} items.", [$"{kind}"]);
            foreach (var item in Of(kind).Where(i => Read(i) is null))
                yield return new($"{kind} must hold items like 'WAF のルール確認 | check the rules of the WAF' (at most {ChecklistItem.MaxTitle} characters in each language), but '{item}' is none.", [$"{kind}"]);
            if (Of(kind).Select(Read).Where(i => i is not null).GroupBy(i => i!.Value.Ja, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
                yield return new($"{kind} holds '{twice.Key}' twice.", [$"{kind}"]);
        }
    }
}
