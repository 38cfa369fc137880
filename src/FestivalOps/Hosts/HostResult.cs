using FestivalOps.Language;

namespace FestivalOps.Hosts;

/// <summary>What became of something that a host was asked to do.</summary>
internal enum HostOutcome
{
    /// <summary>It was done; of a command: it ended by itself, with whatever exit code.</summary>
    Done,

    /// <summary>The host lacks it (no such program, unit or file) or does not allow it.</summary>
    NotAvailable,

    /// <summary>The same command runs there already (<see cref="HostCommand.Alone"/>): nothing was done.</summary>
    Busy,

    /// <summary>It took too long and was ended.</summary>
    TimedOut,

    /// <summary>The host can't be reached, or is not the one that we know.</summary>
    Unreachable,

    /// <summary>We were asked to stop.</summary>
    Cancelled,
}

/// <summary>One of a command's two outputs.</summary>
/// <param name="Bytes">As it was said, up to the limit. May hold secrets that the program repeated: not for people.</param>
/// <param name="Text">The same as UTF-8 with secrets masked; what is not UTF-8 is U+FFFD.</param>
/// <param name="IsCut">True when it said more than was kept.</param>
internal sealed record HostOutput(ReadOnlyMemory<byte> Bytes, string Text, bool IsCut)
{
    /// <summary>Nothing was said.</summary>
    public static readonly HostOutput Empty = new(ReadOnlyMemory<byte>.Empty, "", IsCut: false);
}

/// <summary>A line that a command said, while it runs.</summary>
/// <param name="Text">Without its end, secrets masked. Longer lines come in pieces of 16 KiB.</param>
/// <param name="IsError">True when it was said on standard error.</param>
internal readonly record struct HostLine(string Text, bool IsError);

/// <summary>What became of a command, with what it said until then.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="ExitCode">Its exit code, 0 to 255 (128 + n: ended by signal n); null when it did not end by itself.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Error">Its standard error.</param>
/// <param name="Took">From its start to its end.</param>
/// <param name="Sentence">Why it was not done; null when it was.</param>
internal sealed record HostResult(HostOutcome Outcome, int? ExitCode, HostOutput Output, HostOutput Error, TimeSpan Took, LocalizedText? Sentence)
{
    /// <summary>True when it ended by itself with exit code 0.</summary>
    public bool Succeeded => Outcome == HostOutcome.Done && ExitCode == 0;
}

/// <summary>What a host answered to a question about its files.</summary>
/// <param name="Outcome">How it went.</param>
/// <param name="Value">The answer; null unless <see cref="HostOutcome.Done"/>.</param>
/// <param name="Sentence">Why there is none; null when there is one.</param>
internal sealed record HostAnswer<T>(HostOutcome Outcome, T? Value, LocalizedText? Sentence) where T : class;
