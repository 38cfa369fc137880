using FestivalOps.Blocking.Addresses;
using FestivalOps.Language;

namespace FestivalOps.Blocking.Deciding;

/// <summary>What was decided about an address.</summary>
internal enum BlockOutcome
{
    /// <summary>People are told; nothing is blocked.</summary>
    Warn,

    /// <summary>It is to be blocked.</summary>
    Block,
}

/// <summary>A decision, with its reason. Pure: the same lines give the same decisions.</summary>
/// <param name="Outcome">What.</param>
/// <param name="Address">About whom.</param>
/// <param name="Rule">The rule that was met.</param>
/// <param name="At">When, by the log: the time of the line that met it.</param>
/// <param name="For">How long it is to be blocked; of a warning: how long nothing more is said of it.</param>
/// <param name="Times">How often it was blocked, this time included; 0 of a warning.</param>
/// <param name="Reason">Why.</param>
/// <param name="Line">The line that met the rule, counted from 1 in what was read of this log.</param>
internal sealed record BlockDecision(
    BlockOutcome Outcome, ClientAddress Address, string Rule, DateTimeOffset At, TimeSpan For, int Times, LocalizedText Reason, long Line)
{
    /// <summary>Longest <see cref="Evidence"/>: 300 characters.</summary>
    public const int MaxEvidence = 300;

    /// <summary>That line, made one harmless line of at most <see cref="MaxEvidence"/> characters; empty where nobody had it. Foreign text.</summary>
    public string Evidence { get; set; } = "";
}
