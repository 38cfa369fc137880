namespace FestivalOps.Commands.People;

/// <summary>What Slack says of an account.</summary>
internal enum AccountState
{
    /// <summary>It is in use.</summary>
    Active,

    /// <summary>It was switched off.</summary>
    Deactivated,

    /// <summary>There is no such person.</summary>
    Unknown,
}

/// <summary>What is known of a person's account.</summary>
/// <param name="State">Whether it is in use.</param>
/// <param name="Email">E-mail address from the profile; null when Slack doesn't tell.</param>
/// <param name="Name">How they are called, for texts that must not notify them; null when Slack doesn't tell.</param>
/// <param name="IsBot">True when it is no person.</param>
internal sealed record Account(AccountState State, string? Email, string? Name, bool IsBot = false);
