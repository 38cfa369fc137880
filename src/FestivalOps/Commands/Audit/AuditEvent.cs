namespace FestivalOps.Commands.Audit;

/// <summary>What happened to a command or a button press.</summary>
internal enum AuditEvent
{
    /// <summary>It was accepted and is about to run. Written before the work begins.</summary>
    Received = 1,

    /// <summary>It ran and was answered.</summary>
    Done = 2,

    /// <summary>It was not allowed, not understood, or not possible; the person was told why.</summary>
    Refused = 3,

    /// <summary>It broke; the row carries the error id that the person saw.</summary>
    Failed = 4,

    /// <summary>The bot stopped while it ran; the person was asked to type it again.</summary>
    Interrupted = 5,
}
