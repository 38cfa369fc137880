using System.Globalization;
using FestivalOps.Language;
using FestivalOps.Scheduling.Runs;

namespace FestivalOps.Maintenance.Checklists.Evidence;

/// <summary>What a run of a task says about an item. Pure.</summary>
internal static class RunEvidence
{
    /// <summary>Judges a run as a whole.</summary>
    /// <param name="run">The newest run of the task; null when there was none.</param>
    /// <param name="task">The task's name.</param>
    /// <param name="begin">The first moment of the period.</param>
    /// <param name="zone">The team's zone.</param>
    public static Found Of(TaskRunRecord? run, string task, DateTimeOffset begin, TimeZoneInfo zone) =>
        Missing(run, task, begin, zone) ?? new(run!.State == RunState.Ok ? EvidenceVerdict.Good : EvidenceVerdict.Finding, Says(run, task), At(run));

    /// <summary>Judges what a run measured.</summary>
    /// <param name="run">The newest run of the task; null when there was none.</param>
    /// <param name="task">The task's name.</param>
    /// <param name="measured">What it measured, by name.</param>
    /// <param name="wanted">What speaks for the item.</param>
    /// <param name="options">Limits.</param>
    /// <param name="begin">The first moment of the period.</param>
    /// <param name="zone">The team's zone.</param>
    public static Found Of(
        TaskRunRecord? run, string task, IReadOnlyDictionary<string, double> measured, IReadOnlyList<WantedFigure> wanted, ChecklistOptions options, DateTimeOffset begin, TimeZoneInfo zone)
    {
        var there = wanted.Where(w => measured.ContainsKey(w.Name)).ToList();
        // A run that failed elsewhere may still have measured this.
        if (Missing(run, task, begin, zone, orFailed: there.Count == 0) is { } missing) return missing;
        if (there.Count == 0) return Found.NotAvailable(EvidenceTexts.SaysNothing(task));
        var absent = wanted.Except(there).ToList();
        var says = EvidenceTexts.FromRun(task, Join([.. there.Select(w => Line(w, measured[w.Name])), .. absent.Select(w => EvidenceTexts.NotMeasured(w.Title))]));
        if (!there.TrueForAll(w => w.IsGood(measured[w.Name], options))) return new(EvidenceVerdict.Finding, says, At(run!));
        return absent.Count == 0 ? new(EvidenceVerdict.Good, says, At(run!)) : Found.NotAvailable(says);
    }

    // Why the run can't speak for anything; null when it can.
    private static Found? Missing(TaskRunRecord? run, string task, DateTimeOffset begin, TimeZoneInfo zone, bool orFailed = true)
    {
        if (run is null) return Found.NotAvailable(EvidenceTexts.NeverRan(task));
        if (At(run) < begin) return Found.NotAvailable(EvidenceTexts.TooOld(task, EvidenceTexts.Stamp(At(run), zone)));
        if (run.State == RunState.NotAvailable) return Found.NotAvailable(Says(run, task));
        return orFailed && run.State is not (RunState.Ok or RunState.Warning) ? new(EvidenceVerdict.Finding, EvidenceTexts.RunFailed(task, Sentence(run)), At(run)) : null;
    }

    private static DateTimeOffset At(TaskRunRecord run) => run.EndedAt ?? run.StartedAt;

    private static LocalizedText Says(TaskRunRecord run, string task) => EvidenceTexts.FromRun(task, Sentence(run));

    private static LocalizedText Sentence(TaskRunRecord run) => run.SentenceJa.Length > 0 && run.SentenceEn.Length > 0 ? new(run.SentenceJa, run.SentenceEn) : EvidenceTexts.NoWords;

    private static LocalizedText Line(WantedFigure wanted, double value)
    {
        var figure = value.ToString("#,0.#", CultureInfo.InvariantCulture) + wanted.Unit;
        return new($"{wanted.Title.Ja} {figure}", $"{wanted.Title.En} {figure}");
    }

    private static LocalizedText Join(IReadOnlyCollection<LocalizedText> lines) => new(string.Join("、", lines.Select(l => l.Ja)), string.Join(", ", lines.Select(l => l.En)));
}
