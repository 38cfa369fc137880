namespace FestivalOps.Storage;

/// <summary>
/// The store must not be used, and no second attempt changes that: the bot stops. The message is a sentence for the operator, without a
/// full stop.
/// </summary>
internal sealed class StoreRefusedException(string message, int exitCode = 1) : Exception(message)
{
    /// <summary>What the process ends with: 1, or 78 (EX_CONFIG of sysexits.h) when only another setting helps.</summary>
    public int ExitCode { get; } = exitCode;
}
