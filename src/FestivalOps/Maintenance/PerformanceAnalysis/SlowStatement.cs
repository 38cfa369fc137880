using System.Text.RegularExpressions;
using FestivalOps.Language;
using FestivalOps.Maintenance.Keeping;
using FestivalOps.Maintenance.Logs;

namespace FestivalOps.Maintenance.PerformanceAnalysis;

/// <summary>A statement as pg_stat_statements counts it.</summary>
/// <param name="Id">Names it; the same for the same statement with other values.</param>
/// <param name="Text">Normalised by PostgreSQL; still foreign.</param>
/// <param name="Calls">How often it was run since the counters began.</param>
/// <param name="TotalMs">How long that took together. Unit: milliseconds.</param>
internal sealed record SlowStatement(long Id, string Text, double Calls, double TotalMs)
{
    /// <summary>Its mean time since the counters began. Unit: milliseconds.</summary>
    public double MeanMs => Calls > 0 ? TotalMs / Calls : 0;

    /// <summary>Name of its calls among the kept figures.</summary>
    public string CallsName => FormattableString.Invariant($"calls:{Id}");

    /// <summary>Name of its total time among the kept figures.</summary>
    public string TotalName => FormattableString.Invariant($"total_ms:{Id}");

    /// <summary>What changed since the figures of last time.</summary>
    public StatementChange Since(FigureSet? last)
    {
        if (last is null) return new(ChangeKind.NoEarlier, 0, 0, 0);
        if (!last.Values.TryGetValue(CallsName, out var calls) || !last.Values.TryGetValue(TotalName, out var total) || calls <= 0) return new(ChangeKind.New, 0, 0, 0);
        if (Calls < calls || TotalMs < total) return new(ChangeKind.CountedAnew, 0, 0, 0);
        return Calls == calls ? new(ChangeKind.NotCalled, 0, total / calls, 0) : new(ChangeKind.Known, Calls - calls, total / calls, (TotalMs - total) / (Calls - calls));
    }
}

/// <summary>Whether a statement can be compared.</summary>
internal enum ChangeKind
{
    /// <summary>There are figures of both times.</summary>
    Known,

    /// <summary>It was not run since.</summary>
    NotCalled,

    /// <summary>It was not counted, or not among the slowest, last time.</summary>
    New,

    /// <summary>The counters were reset since.</summary>
    CountedAnew,

    /// <summary>Nothing was kept yet.</summary>
    NoEarlier,
}

/// <summary>What changed.</summary>
/// <param name="Kind">Whether it can be compared.</param>
/// <param name="Calls">Calls since last time.</param>
/// <param name="BeforeMs">Mean time until last time. Unit: milliseconds.</param>
/// <param name="SinceMs">Mean time since. Unit: milliseconds.</param>
internal sealed record StatementChange(ChangeKind Kind, double Calls, double BeforeMs, double SinceMs)
{
    /// <summary>By how much it became slower; negative: faster. Null when nobody can tell. Unit: percent.</summary>
    public double? SlowerPercent => Kind == ChangeKind.Known && BeforeMs > 0 ? (SinceMs / BeforeMs - 1) * 100 : null;
}

/// <summary>Statements as people may see them: PostgreSQL leaves values in commands such as ALTER ROLE, so all literals are taken out.</summary>
internal static partial class StatementText
{
    /// <summary>Longest statement shown. Unit: characters.</summary>
    public const int Longest = 160;

    /// <summary>One line without literals and personal data, cut.</summary>
    public static string Shown(string text)
    {
        var head = text.Length > 4_000 ? text[..4_000] : text;
        var bare = Literal().Replace(Body().Replace(head, "$…"), "'?'");
        return ForeignText.OneLine(PersonalData.Masked(Blank().Replace(bare, " ")), Longest);
    }

    [GeneratedRegex("\\$[A-Za-z_]*\\$.*", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Body();

    [GeneratedRegex("'[^']*('|$)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Literal();

    [GeneratedRegex("\\s+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Blank();
}
