namespace FestivalOps.Checks;

/// <summary>How a check came out, mildest first: the order in which "worst" is decided.</summary>
internal enum CheckStatus
{
    /// <summary>Measured, and inside the limits.</summary>
    Ok = 0,

    /// <summary>Could not be measured. Never shown as calm, never as 0.</summary>
    Unknown = 1,

    /// <summary>Measured, and beyond the warning limit.</summary>
    Warning = 2,

    /// <summary>Measured, and beyond the critical limit; or what is watched doesn't answer.</summary>
    Critical = 3,
}
