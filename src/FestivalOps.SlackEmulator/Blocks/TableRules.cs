using System.Text.Json;

namespace FestivalOps.SlackEmulator.Blocks;

/// <summary>The rules of <c>table</c> blocks. Slack limits: 100 rows of 20 cells, 10 000 characters.</summary>
internal static class TableRules
{
    public static void Check(Node table)
    {
        table.Only("rows", "column_settings");
        table.Items("column_settings", required: false, 20, min: 0);
        var characters = 0;
        foreach (var row in table.Items("rows", required: true, 100))
        {
            if (row.Value.ValueKind != JsonValueKind.Array)
            {
                row.Wrong("must be an array");
                continue;
            }
            if (row.Value.GetArrayLength() > 20)
                row.Wrong("no more than 20 items allowed");
            foreach (var cell in row.Elements())
                characters += Cell(cell);
        }
        if (characters > 10_000)
            table.Wrong("table must be less than 10001 characters over all cells");
    }

    private static int Cell(Node cell)
    {
        switch (cell.Type)
        {
            case "raw_text":
                return cell.Text("text", required: true, 10_000)?.Length ?? 0;
            case "raw_number":
                return cell.Value.TryGetProperty("value", out var v) ? v.GetRawText().Length : 0;
            case "rich_text":
                RichTextRules.Check(cell);
                return Blocks.Texts.Of(cell.Value).Sum(t => t.Length);
            default:
                cell.Findings.Add(cell.Pointer + "/type", "unsupported type: " + cell.Type);
                return 0;
        }
    }
}

/// <summary>Finds the texts that people read in a piece of Block Kit.</summary>
internal static class Texts
{
    /// <summary>Every <c>text</c> string at any depth.</summary>
    public static IEnumerable<string> Of(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Array)
            return json.EnumerateArray().SelectMany(Of);
        if (json.ValueKind != JsonValueKind.Object)
            return [];
        return json.EnumerateObject().SelectMany(p =>
            p.NameEquals("text") && p.Value.ValueKind == JsonValueKind.String ? [p.Value.GetString()!] : Of(p.Value));
    }
}
