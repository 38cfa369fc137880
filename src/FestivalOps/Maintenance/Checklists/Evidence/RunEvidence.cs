using System.Globalization;
using System.Text.RegularExpressions;
using FestivalOps.Language;
using FestivalOps.Scheduling.Runs;

namespace FestivalOps.Maintenance.Checklists.Evidence;

/// <summary>What a run of a task says about an item. Pure.</summary>
internal static partial class RunEvidence
{
    /// <summary>Most lines of a run that are shown as evidence: 2.</summary>
    public const int MostLines = 2;

    /// <summary>Judges the newest run of a task.</summary>
    /// <param name="run">The run; null when there was none.</param>
    /// <param name="task">The task's name.</param>
    /// <param name="mentions">See <see cref="EvidenceSource.Run"/>.</param>
    /// <param name="scoreAbove">A percentage on the line has to lie above it; null: there is none to be read.</param>
    /// <param name="begin">The first moment of the period.</param>
    /// <param name="zone">The team's zone.</param>
    public static Found Of(TaskRunRecord? run, string task, IReadOnlyList<LocalizedText> mentions, double? scoreAbove, DateTimeOffset begin, TimeZoneInfo zone)
    {
        if (run is null) return Found.NotAvailable(EvidenceTexts.NeverRan(task));
        var at = run.EndedAt ?? run.StartedAt;
        if (at < begin) return Found.NotAvailable(EvidenceTexts.TooOld(task, EvidenceTexts.Stamp(at, zone)));
        LocalizedText sentence = run.SentenceJa.Length > 0 && run.SentenceEn.Length > 0 ? new(run.SentenceJa, run.SentenceEn) : EvidenceTexts.NoWords;
        if (run.State == RunState.NotAvailable) return Found.NotAvailable(EvidenceTexts.TaskSays(task, sentence));
        if (run.State is not (RunState.Ok or RunState.Warning)) return new(EvidenceVerdict.Finding, EvidenceTexts.RunFailed(task, sentence), at);

        var lines = mentions.Count == 0 ? [sentence] : Lines(run, sentence).Where(l => Mentions(l, mentions)).Take(MostLines).ToList();
        if (lines.Count == 0) return Found.NotAvailable(EvidenceTexts.SaysNothing(task));
        var says = EvidenceTexts.FromRun(task, new(string.Join(" / ", lines.Select(l => l.Ja)), string.Join(" / ", lines.Select(l => l.En))));
        if (lines.Exists(IsNotAvailable)) return Found.NotAvailable(says);
        if (scoreAbove is not { } limit) return new(run.State == RunState.Ok ? EvidenceVerdict.Good : EvidenceVerdict.Finding, says, at);
        // Several percentages, or none, are not a score: a person reads the line.
        var scores = lines.SelectMany(l => Percentage().Matches(l.En)).Select(m => double.Parse(m.Groups["n"].Value, CultureInfo.InvariantCulture)).Distinct().ToList();
        return new(scores is [var score] && score <= 100 && score > limit ? EvidenceVerdict.Good : EvidenceVerdict.Finding, says, at);
    }

    private static IEnumerable<LocalizedText> Lines(TaskRunRecord run, LocalizedText sentence) => RunDesk.Details(run).Append(sentence);

    private static bool Mentions(LocalizedText line, IReadOnlyList<LocalizedText> words) =>
        words.Any(w => line.Ja.Contains(w.Ja, StringComparison.OrdinalIgnoreCase) || line.En.Contains(w.En, StringComparison.OrdinalIgnoreCase));

    // A part of a run that could not look says so in these words (house rule), whatever became of the whole.
    private static bool IsNotAvailable(LocalizedText line) => line.En.Contains("not available", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"(?<![\d.])(?<n>\d{1,3}(\.\d{1,3})?)\s?%", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Percentage();
}
