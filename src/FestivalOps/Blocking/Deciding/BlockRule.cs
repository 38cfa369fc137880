namespace FestivalOps.Blocking.Deciding;

/// <summary>What a rule does when it is met.</summary>
internal enum RuleAction
{
    /// <summary>Nothing: the rule is off.</summary>
    Off,

    /// <summary>People are told.</summary>
    Warn,

    /// <summary>The address is blocked, and people are told.</summary>
    Block,
}

/// <summary>A rule as the settings have it: so many within so long.</summary>
internal sealed class BlockRule
{
    /// <summary>So many of one address meet the rule. Range: 2 to 1,000.</summary>
    public int Count { get; set; }

    /// <summary>The newest and the oldest of them lie less than this apart. Unit: seconds. Range: 1 to 86,400.</summary>
    public double WindowSeconds { get; set; }

    /// <summary>What it does: <c>Off</c>, <c>Warn</c> or <c>Block</c>.</summary>
    public RuleAction Action { get; set; }

    /// <summary>What is wrong with it, as sentences.</summary>
    public IEnumerable<string> Complaints()
    {
        if (Count is < 2 or > 1_000) yield return $"Count must be between 2 and 1000, but is {Count}.";
        if (!(WindowSeconds is >= 1 and <= 86_400)) yield return FormattableString.Invariant($"WindowSeconds must be between 1 and 86400, but is {WindowSeconds}.");
        if (!Enum.IsDefined(Action)) yield return "Action must be one of: Off, Warn, Block.";
    }
}
