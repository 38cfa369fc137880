using System.Globalization;
using System.Text;
using FestivalOps.Commands.Roles;
using FestivalOps.Language;
using FestivalOps.Maintenance.Checklists.Evidence;

namespace FestivalOps.Maintenance.Checklists.Export;

/// <summary>A list as a file, complete and in one language: CSV for tables, Markdown for people. Pure.</summary>
internal static class ChecklistFile
{
    /// <summary>Comma-separated with a mark for UTF-8, which spreadsheets need for Japanese; lines end in CR LF (RFC 4180).</summary>
    public static string Csv(FullChecklist full, SealVerdict seal, TimeZoneInfo zone, SpokenLanguage language)
    {
        var text = new StringBuilder(CsvText.Mark);
        CsvText.Row(text, Columns(language));
        foreach (var item in full.Items) CsvText.Row(text, Cells(item, zone, language));
        foreach (var (label, value) in Signature(full.List, seal, zone, language)) CsvText.Row(text, [label, value]);
        return text.ToString();
    }

    /// <summary>A Markdown document: title, signature, a table of the items.</summary>
    public static string Markdown(FullChecklist full, SealVerdict seal, TimeZoneInfo zone, SpokenLanguage language)
    {
        var text = new StringBuilder().Append("# ").Append(ChecklistTexts.Title(full.List.Kind, full.List.Period).In(language)).Append("\n\n");
        foreach (var (label, value) in Signature(full.List, seal, zone, language)) text.Append("- ").Append(label).Append(": ").Append(Plain(value)).Append('\n');
        text.Append("\n| ").AppendJoin(" | ", Columns(language)).Append(" |\n|").Append(string.Concat(Enumerable.Repeat("---|", Columns(language).Count))).Append('\n');
        foreach (var item in full.Items) text.Append("| ").AppendJoin(" | ", Cells(item, zone, language).Select(Plain)).Append(" |\n");
        return text.ToString();
    }

    private static IReadOnlyList<string> Columns(SpokenLanguage language) => [.. ExportTexts.Columns.Select(c => c.In(language))];

    private static IReadOnlyList<string> Cells(ChecklistItem item, TimeZoneInfo zone, SpokenLanguage language) =>
    [
        item.Number.ToString(CultureInfo.InvariantCulture),
        language == SpokenLanguage.En ? item.TitleEn : item.TitleJa,
        (item.DoneAt is null ? ExportTexts.Open : ExportTexts.Done).In(language),
        item.DoneBy switch { null => "", "" => ExportTexts.Bot.In(language), var by => by },
        Stamp(item.DoneAt, zone),
        item.Note,
        language == SpokenLanguage.En ? item.EvidenceEn : item.EvidenceJa,
        Stamp(item.EvidenceAt, zone),
        item.Role.Name().In(language),
        item.AssignedTo,
        Stamp(item.OpenSince, zone),
    ];

    private static IEnumerable<(string Label, string Value)> Signature(Checklist list, SealVerdict seal, TimeZoneInfo zone, SpokenLanguage language)
    {
        yield return (ExportTexts.List.In(language), list.Id.ToString(CultureInfo.InvariantCulture));
        yield return (ExportTexts.State.In(language), (list.State switch
        {
            ChecklistState.Signed => ChecklistTexts.Signed,
            ChecklistState.CarriedOver => ExportTexts.CarriedOver(list.CarriedTo ?? 0),
            _ => ExportTexts.Open,
        }).In(language));
        if (list is not { SignedBy: { } by, SignedAt: { } at }) yield break;
        yield return (ChecklistTexts.SignedByLabel.In(language), $"{by} {EvidenceTexts.Stamp(at, zone)}");
        yield return (ChecklistTexts.SealLabel.In(language), list.Seal ?? "");
        yield return (ExportTexts.Before.In(language), list.PreviousSeal ?? "");
        yield return (ExportTexts.Audit.In(language), string.Create(CultureInfo.InvariantCulture, $"{list.AuditSequence} {list.AuditHash}"));
        yield return (ExportTexts.Verified.In(language), (seal == SealVerdict.Whole ? ChecklistTexts.SealWhole : ChecklistTexts.SealBroken).In(language));
    }

    private static string Stamp(DateTimeOffset? at, TimeZoneInfo zone) => at is { } moment ? EvidenceTexts.Stamp(moment, zone) : "";

    // Nothing foreign may end a cell, begin a link or be HTML.
    private static string Plain(string value)
    {
        var text = new StringBuilder(value.Length + 8);
        foreach (var c in value)
        {
            if (c is '|' or '[' or ']' or '<' or '>' or '`' or '*' or '_' or '\\' or '#') text.Append('\\');
            text.Append(c);
        }
        return text.ToString();
    }
}
