using System.Globalization;
using FestivalOps.Slack.Blocks;

namespace FestivalOps.Slack.Beyond;

/// <summary>At most 100 rows × 20 cells and 10 000 characters; rows that do not fit are counted in a last row.</summary>
internal static class TableFitting
{
    private const int RowLimit = 100;
    private const int CellLimit = 20;
    private const int TextLimit = 10_000;
    // Twenty cells of this length are well within the whole table's limit.
    private const int CellText = 400;

    public static void Fit(TableBlock table)
    {
        table.ColumnSettings = [.. table.ColumnSettings.Take(CellLimit)];
        var rows = new List<IList<TableCell>>();
        var left = TextLimit;
        foreach (var row in table.Rows)
        {
            var cells = row.Take(CellLimit).Select(Cell).ToList();
            var weight = cells.Sum(BlockWeight.Of);
            // 20 characters are kept for the last row's mark in each of its cells.
            if (rows.Count == RowLimit - 1 && table.Rows.Count > RowLimit || weight > left - 20 * CellLimit)
            {
                rows.Add(Mark(rows.Count > 0 ? rows[0].Count : 1, table.Rows.Count - rows.Count));
                break;
            }
            left -= weight;
            rows.Add(cells);
        }
        table.Rows = rows;
    }

    private static TableCell Cell(TableCell cell)
    {
        switch (cell)
        {
            case RawTextCell raw:
                raw.Text = BlockFitting.Words(raw.Text, CellText);
                break;
            case RichTextCell rich:
                RichTextFitting.Fit(rich.Elements, CellText);
                break;
        }
        return cell;
    }

    private static List<TableCell> Mark(int width, int missing) =>
    [
        new RawTextCell { Text = string.Create(CultureInfo.InvariantCulture, $"… (+{missing})") },
        .. Enumerable.Range(1, Math.Max(width - 1, 0)).Select(_ => new RawTextCell { Text = "…" }),
    ];
}
