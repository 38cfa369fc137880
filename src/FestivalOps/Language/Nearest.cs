namespace FestivalOps.Language;

/// <summary>Finds the word that was probably meant.</summary>
internal static class Nearest
{
    /// <summary>
    /// The candidate nearest to <paramref name="typed"/>: one that begins with it, or one that a slip or two away (a letter missing,
    /// added, wrong, or two swapped). Null when nothing is near enough.
    /// </summary>
    public static string? To(string typed, IEnumerable<string> candidates)
    {
        if (typed.Length is 0 or > 40) return null;
        var near = candidates
            .Select(word => (Word: word, Slips: word.StartsWith(typed, StringComparison.Ordinal) && typed.Length > 1 ? 0 : Slips(typed, word)))
            .OrderBy(c => c.Slips).ThenBy(c => c.Word, StringComparer.Ordinal)
            .FirstOrDefault();
        return near.Word is not null && near.Slips <= Math.Max(1, near.Word.Length / 3) ? near.Word : null;
    }

    // Damerau-Levenshtein, the "optimal string alignment" form.
    private static int Slips(string a, string b)
    {
        var table = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) table[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) table[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var change = a[i - 1] == b[j - 1] ? 0 : 1;
                var best = Math.Min(Math.Min(table[i - 1, j] + 1, table[i, j - 1] + 1), table[i - 1, j - 1] + change);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) best = Math.Min(best, table[i - 2, j - 2] + 1);
                table[i, j] = best;
            }
        }
        return table[a.Length, b.Length];
    }
}
