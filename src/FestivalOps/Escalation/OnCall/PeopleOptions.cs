using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace FestivalOps.Escalation.OnCall;

/// <summary>
/// How people are reached outside of Slack. Section <c>People</c>. What stands here wins over Slack's profile, and is known even when
/// Slack is away at the bot's start; so level 2 and 3 should stand here.
/// </summary>
internal sealed partial class PeopleOptions : IValidatableObject
{
    /// <summary>E-mail addresses: <c>U012AB3CD=tanaka@example.com</c>. Default: empty, Slack's profile is asked.</summary>
    public IList<string> Emails { get; set; } = [];

    /// <summary>Telephone numbers for the webhook: <c>U012AB3CD=+819012345678</c>. Default: empty.</summary>
    public IList<string> Phones { get; set; } = [];

    /// <summary>The address of a person; null when none is set.</summary>
    public string? EmailOf(string userId) => Find(Emails, userId);

    /// <summary>The number of a person; null when none is set.</summary>
    public string? PhoneOf(string userId) => Find(Phones, userId);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        // The entries are people's own data: a complaint names the place, not the text.
        for (var i = 0; i < Emails.Count; i++)
        {
            if (!Email().IsMatch(Emails[i])) yield return new($"Emails:{i} must look like U012AB3CD=tanaka@example.com.", [nameof(Emails)]);
        }
        for (var i = 0; i < Phones.Count; i++)
        {
            if (!Phone().IsMatch(Phones[i])) yield return new($"Phones:{i} must look like U012AB3CD=+819012345678.", [nameof(Phones)]);
        }
    }

    private static string? Find(IList<string> entries, string userId) =>
        entries.FirstOrDefault(e => e.StartsWith(userId + "=", StringComparison.Ordinal))?[(userId.Length + 1)..];

    [GeneratedRegex(@"^[UW][A-Z0-9]{2,20}=[^\s@,;<>]{1,64}@[^\s@,;<>]{1,255}\z", RegexOptions.None, 1000)]
    private static partial Regex Email();

    [GeneratedRegex(@"^[UW][A-Z0-9]{2,20}=\+[0-9]{6,15}\z", RegexOptions.None, 1000)]
    private static partial Regex Phone();
}
