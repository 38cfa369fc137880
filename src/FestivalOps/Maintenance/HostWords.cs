using FestivalOps.Hosts;
using FestivalOps.Language;
using FestivalOps.Maintenance.Logs;

namespace FestivalOps.Maintenance;

/// <summary>What a command that did not succeed has to say, for people: one line, personal data masked.</summary>
internal static class HostWords
{
    private const int Longest = 300;

    /// <summary>Why it did not succeed.</summary>
    public static LocalizedText Why(this HostResult result)
    {
        // Where a host of ours is, and why it does not answer, is our own sentence; anything else may repeat what the host said.
        if (result is { Outcome: HostOutcome.Unreachable or HostOutcome.TimedOut, Sentence: { } own }) return own;
        if (result.Sentence is { } sentence) return new(PersonalData.Masked(sentence.Ja), PersonalData.Masked(sentence.En));
        var said = LastLine(result.Error.Text) ?? LastLine(result.Output.Text) ?? "";
        return said.Length == 0
            ? new($"終了コード {result.ExitCode}", $"exit code {result.ExitCode}")
            : new($"終了コード {result.ExitCode}: {said}", $"exit code {result.ExitCode}: {said}");
    }

    /// <summary>The part that it makes: not available where something is missing, failed otherwise. A stop is passed on.</summary>
    /// <param name="result">A result that is no success.</param>
    /// <param name="what">What was to be done, as the beginning of the sentence.</param>
    /// <param name="ct">The token of the run.</param>
    /// <exception cref="OperationCanceledException">We were asked to stop.</exception>
    public static TaskPart Part(this HostResult result, LocalizedText what, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return Part(result.Outcome, what, result.Why());
    }

    /// <summary>The same for an answer about files that is none.</summary>
    /// <exception cref="OperationCanceledException">We were asked to stop.</exception>
    public static TaskPart Part<T>(this HostAnswer<T> answer, LocalizedText what, CancellationToken ct) where T : class
    {
        ct.ThrowIfCancellationRequested();
        return Part(answer.Outcome, what, answer.Sentence!);
    }

    private static TaskPart Part(HostOutcome outcome, LocalizedText what, LocalizedText why)
    {
        var says = new LocalizedText($"{what.Ja}: {why.Ja}", $"{what.En}: {why.En}");
        return outcome == HostOutcome.NotAvailable ? TaskPart.NotAvailable(says) : TaskPart.Failed(says);
    }

    private static string? LastLine(string text) =>
        text.Split('\n').Select(l => PersonalData.Masked(ForeignText.OneLine(l, Longest))).LastOrDefault(l => l.Length > 0);
}
