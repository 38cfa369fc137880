using FestivalOps.Language;
using FestivalOps.Scheduling.Approvals;

namespace FestivalOps.Scheduling.Runs;

/// <summary>A plan in lines: for a post, and whole for the file below it. Secrets in commands are masked (<see cref="OutputMask"/>).</summary>
internal static class PlanLines
{
    // A line of details has 300 characters; the description stands before it.
    private const int MaxExact = 220;

    // As long as a line of the output may be, with some room.
    private const int Piece = 1_900;

    /// <summary>Steps with their commands, facts, numbers; a line each.</summary>
    public static IReadOnlyList<LocalizedText> Of(TaskPlan plan) =>
    [
        .. plan.Steps.Select((s, at) => ApprovalTexts.Step(at + 1, s.Says, Code(s.Exact))),
        .. Under(ApprovalTexts.Facts, plan.Facts),
        .. Under(ApprovalTexts.Numbers, plan.Numbers),
    ];

    /// <summary>Writes all of it, uncut, into the output of the run that made it.</summary>
    public static void Write(TaskRun run, TaskPlan plan)
    {
        run.WriteLine($"host: {plan.Host}");
        for (var at = 0; at < plan.Steps.Count; at++)
        {
            run.WriteLine(new LocalizedText($"{at + 1}. {plan.Steps[at].Says.Ja}", $"{at + 1}. {plan.Steps[at].Says.En}"));
            foreach (var line in plan.Steps[at].Exact.Split('\n').SelectMany(l => l.Chunk(Piece))) run.WriteLine("$ " + new string(line));
        }
        foreach (var line in Under(ApprovalTexts.Facts, plan.Facts).Concat(Under(ApprovalTexts.Numbers, plan.Numbers))) run.WriteLine(line);
    }

    private static IEnumerable<LocalizedText> Under(LocalizedText title, IReadOnlyList<LocalizedText> lines) => lines.Count == 0 ? [] : lines.Select(ApprovalTexts.Item).Prepend(title);

    // Back-ticks have no escape; a look-alike keeps the command in one piece.
    private static string Code(string exact) => ForeignText.OneLine(OutputMask.Of(exact), MaxExact).Replace('`', 'ˋ');
}
