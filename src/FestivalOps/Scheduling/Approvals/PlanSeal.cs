using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using FestivalOps.Language;

namespace FestivalOps.Scheduling.Approvals;

/// <summary>
/// What an approval is bound to: SHA-256 of task, host, the exact text of every step in order, and the facts, written as JSON so that nothing
/// can slip from one field into the next. Descriptions and numbers are not in it.
/// </summary>
internal static class PlanSeal
{
    /// <summary>Longest plan that can be approved. Unit: characters of its JSON. A longer one is nothing that a person can judge.</summary>
    public const int MaxPlan = 400_000;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The seal: 64 lower-case hex digits.</summary>
    public static string Of(string task, TaskPlan plan)
    {
        object[] canonical = [task, plan.Host, plan.Steps.Select(s => s.Exact), plan.Facts.Select(f => new[] { f.Ja, f.En })];
        return Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(canonical)));
    }

    /// <summary>The plan as the store keeps it.</summary>
    /// <exception cref="InvalidOperationException">It is longer than <see cref="MaxPlan"/>.</exception>
    public static string Write(TaskPlan plan)
    {
        var kept = new Kept(
            plan.Host, [.. plan.Steps.Select(s => new[] { s.Says.Ja, s.Says.En, s.Exact })], [.. plan.Facts.Select(Pair)], [.. plan.Numbers.Select(Pair)]);
        var text = JsonSerializer.Serialize(kept, Plain);
        return text.Length <= MaxPlan ? text : throw new InvalidOperationException($"A plan of {text.Length} characters can't be approved; at most {MaxPlan} can.");
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static TaskPlan Read(string text)
    {
        var kept = JsonSerializer.Deserialize<Kept>(text)!;
        return new(
            kept.Host, [.. kept.Steps.Select(s => new PlannedStep(new(s[0], s[1]), s[2]))],
            [.. kept.Facts.Select(f => new LocalizedText(f[0], f[1]))], [.. kept.Numbers.Select(f => new LocalizedText(f[0], f[1]))]);
    }

    /// <summary>What differs, a line each; empty when the same is approved.</summary>
    public static IReadOnlyList<LocalizedText> Differences(TaskPlan approved, TaskPlan now)
    {
        var lines = new List<LocalizedText>();
        if (approved.Host != now.Host) lines.Add(ApprovalTexts.OtherHost(approved.Host, now.Host));
        var (before, after) = (approved.Steps.Select(s => s.Exact).ToList(), now.Steps.Select(s => s.Exact).ToList());
        lines.AddRange(Without(before, after).Select(ApprovalTexts.StepGone));
        lines.AddRange(Without(after, before).Select(ApprovalTexts.StepNew));
        lines.AddRange(Without(approved.Facts, now.Facts).Select(ApprovalTexts.FactGone));
        lines.AddRange(Without(now.Facts, approved.Facts).Select(ApprovalTexts.FactNew));
        if (lines.Count == 0 && (!before.SequenceEqual(after, StringComparer.Ordinal) || !approved.Facts.SequenceEqual(now.Facts))) lines.Add(ApprovalTexts.OtherOrder);
        return lines;
    }

    // What is there more often than in the other: the same step may come twice.
    private static List<T> Without<T>(IEnumerable<T> all, IEnumerable<T> others)
    {
        var left = all.ToList();
        foreach (var other in others) left.Remove(other);
        return left;
    }

    private static string[] Pair(LocalizedText text) => [text.Ja, text.En];

    private sealed record Kept(string Host, string[][] Steps, string[][] Facts, string[][] Numbers);
}
