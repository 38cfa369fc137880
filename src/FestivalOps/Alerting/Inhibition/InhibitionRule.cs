using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Silences;

namespace FestivalOps.Alerting.Inhibition;

/// <summary>While an alert that is a cause fires, alerts that are its consequence are hidden.</summary>
internal sealed class InhibitionRule
{
    private readonly Matchers _cause;
    private readonly Matchers _consequence;
    private readonly IReadOnlyList<string> _equal;

    private InhibitionRule(string text, Matchers cause, Matchers consequence, IReadOnlyList<string> equal)
    {
        (Text, _cause, _consequence, _equal) = (text, cause, consequence, equal);
        var sameName = equal.Contains(AlertLabels.AlertName, StringComparer.Ordinal);
        Causes = new(cause.LiteralsOf(AlertLabels.AlertName), sameName, SeverityIn(cause));
        Consequences = new(consequence.LiteralsOf(AlertLabels.AlertName), sameName, SeverityIn(consequence));
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>Where causes are looked for.</summary>
    public Side Causes { get; }

    /// <summary>Where consequences are looked for.</summary>
    public Side Consequences { get; }

    /// <summary>Whether an alert can hide others by this rule.</summary>
    public bool IsCause(IReadOnlyDictionary<string, string> labels) => _cause.Matches(labels);

    /// <summary>Whether an alert can be hidden by this rule. What is a cause of the rule itself is not, or two could hide each other.</summary>
    public bool IsConsequence(IReadOnlyDictionary<string, string> labels) => _consequence.Matches(labels) && !_cause.Matches(labels);

    /// <summary>Whether the first alert hides the second by this rule.</summary>
    public bool Hides(IReadOnlyDictionary<string, string> cause, IReadOnlyDictionary<string, string> consequence) =>
        IsCause(cause) && IsConsequence(consequence) && Common(cause) == Common(consequence);

    /// <summary>What both must have in common, as one text.</summary>
    public string Common(IReadOnlyDictionary<string, string> labels) => string.Join('\u0001', _equal.Select(labels.Value));

    /// <summary>Reads a rule; null with the rest of a sentence when it can't be read.</summary>
    public static InhibitionRule? Read(string text, out string wrong)
    {
        wrong = "must look like 'alertname=A hides alertname=B' or 'alertname=A hides alertname=B equal host'.";
        var halves = text.Split(" hides ", 2, StringSplitOptions.TrimEntries);
        if (halves.Length < 2) return null;
        var behind = halves[1].Split(" equal ", 2, StringSplitOptions.TrimEntries);
        var equal = behind.Length < 2 ? [] : behind[1].Split([',', ' '], StringSplitOptions.RemoveEmptyEntries);
        if (Matchers.Read(halves[0], out var unreadable) is not { } cause || Matchers.Read(behind[0], out unreadable) is not { } consequence)
        {
            wrong = $"can't be read: {unreadable!.En}";
            return null;
        }
        if (cause.LiteralsOf(AlertLabels.AlertName) is null && !equal.Contains(AlertLabels.AlertName, StringComparer.Ordinal))
        {
            wrong = "must say the alertname of its cause (alertname=A or alertname=~A|B), or have alertname in 'equal'.";
            return null;
        }
        return new(text, cause, consequence, equal);
    }

    private static Severity? SeverityIn(Matchers matchers) => matchers.LiteralsOf("severity") is not { Count: 1 } words ? null : words.First() switch
    {
        "critical" => Severity.Critical,
        "warning" => Severity.Warning,
        "info" => Severity.Information,
        _ => null,
    };

    /// <summary>Where the alerts of one side of a rule are to be looked for in the store; a look there finds all of them, and some others.</summary>
    /// <param name="Names">The only names that they have; null when any is possible.</param>
    /// <param name="SameName">True: they have the name of the other side.</param>
    /// <param name="Severity">The only severity that they have; null when any is possible.</param>
    internal sealed record Side(IReadOnlyCollection<string>? Names, bool SameName, Severity? Severity);
}
