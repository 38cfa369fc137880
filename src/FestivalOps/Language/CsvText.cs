using System.Text;

namespace FestivalOps.Language;

/// <summary>Comma-separated tables (RFC 4180) that spreadsheets read: lines end in CR LF, and nothing foreign is a formula.</summary>
internal static class CsvText
{
    /// <summary>The mark at the beginning by which spreadsheets know UTF-8, which they need for Japanese.</summary>
    public const string Mark = "\ufeff";

    /// <summary>Adds one line.</summary>
    public static void Row(StringBuilder text, IEnumerable<string> cells) => text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");

    // A cell that begins like a formula is one to a spreadsheet; a plain negative number is none.
    private static string Cell(string value)
    {
        var isFormula = value.Length > 0 && value[0] is '=' or '+' or '-' or '@' or '\t' or '\r' && !IsNumber(value);
        var safe = isFormula ? "'" + value : value;
        return safe.AsSpan().ContainsAny(",\"\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    private static bool IsNumber(string value) => value.Length > 1 && value[0] == '-' && value.Skip(1).All(c => char.IsAsciiDigit(c) || c == '.');
}
