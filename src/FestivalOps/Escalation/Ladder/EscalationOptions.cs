using System.ComponentModel.DataAnnotations;
using FestivalOps.Commands.Roles;

namespace FestivalOps.Escalation.Ladder;

/// <summary>
/// Who is told of an incident that nobody takes, how, and when the next ones are. Section <c>Escalation</c>. The defaults are the
/// guideline's levels (障害レベル定義, エスカレーション基準); its response times are ends, so the ladder climbs well before them.
/// </summary>
internal sealed class EscalationOptions : IValidatableObject
{
    /// <summary>
    /// レベル1, minor: operations, in business hours. Nobody within two business hours: level 2, so that a morning's warning is taken on
    /// the day that the guideline asks for.
    /// </summary>
    public LadderLevel Level1 { get; set; } = new()
    {
        Roles = "Operations", AcknowledgeWithinMinutes = 120, BusinessHoursOnly = true, MailAfterSeconds = LadderLevel.Off, WebhookAfterSeconds = LadderLevel.Off,
    };

    /// <summary>レベル2, medium: technical lead and operations; response within 2 hours, so level 3 after 15 minutes.</summary>
    public LadderLevel Level2 { get; set; } = new()
    {
        Roles = "TechnicalLead, Operations", AcknowledgeWithinMinutes = 15, MailAfterSeconds = 300, WebhookAfterSeconds = 600,
    };

    /// <summary>レベル3, major: all technical roles and management, whoever's turn it is; response within 30 minutes, so everyone again every 5.</summary>
    public LadderLevel Level3 { get; set; } = new()
    {
        Roles = "Operations, TechnicalLead, Security, Administrator, Management", AcknowledgeWithinMinutes = 5, Everyone = true,
        MailAfterSeconds = 0, WebhookAfterSeconds = 60,
    };

    /// <summary>The rung of a level; what is out of range is the nearest.</summary>
    public LadderLevel Of(int level) => level switch
    {
        <= 1 => Level1,
        2 => Level2,
        _ => Level3,
    };

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (name, level) in new[] { (nameof(Level1), Level1), (nameof(Level2), Level2), (nameof(Level3), Level3) })
        {
            if (level.ReadRoles() is null)
                yield return new($"{name}:Roles must name roles with commas ({string.Join(", ", Enum.GetNames<Role>())}), but is '{level.Roles}'.", [name]);
            if (level.AcknowledgeWithinMinutes is < 1 or > 1440)
                yield return new($"{name}:AcknowledgeWithinMinutes must be between 1 and 1440, but is {level.AcknowledgeWithinMinutes}.", [name]);
            foreach (var (way, seconds) in level.Ways().Where(w => w.AfterSeconds is < LadderLevel.Off or > 86_400))
                yield return new($"{name}:{way}AfterSeconds must be between 0 and 86400, or -1 (never), but is {seconds}.", [name]);
            if (level.Ways().All(w => w.AfterSeconds == LadderLevel.Off))
                yield return new($"{name} tells nobody: one of MentionAfterSeconds, DirectAfterSeconds, MailAfterSeconds, WebhookAfterSeconds must not be -1.", [name]);
        }
    }
}

/// <summary>One rung of the ladder.</summary>
internal sealed class LadderLevel
{
    /// <summary>Delay of a way that is not used: -1.</summary>
    public const int Off = -1;

    /// <summary>Roles that are told, with commas.</summary>
    public string Roles { get; set; } = "";

    /// <summary>True: everyone who has the roles is told; false: whoever is on call. Default: true for level 3.</summary>
    public bool Everyone { get; set; }

    /// <summary>
    /// How long someone has to take it before the next level is told (at the top: everyone again). Unit: minutes, of business hours with
    /// <see cref="BusinessHoursOnly"/>. Range: 1 to 1440. Default: 120, 15, 5.
    /// </summary>
    public int AcknowledgeWithinMinutes { get; set; }

    /// <summary>True: nobody is told outside of business hours; it waits for the morning and says so. Default: true for level 1.</summary>
    public bool BusinessHoursOnly { get; set; }

    /// <summary>When they are mentioned in the channel, counted from the step. Unit: seconds. Range: 0 to 86,400; -1: never. Default: 0.</summary>
    public int MentionAfterSeconds { get; set; }

    /// <summary>When they get a direct message. Unit, range and default as above.</summary>
    public int DirectAfterSeconds { get; set; }

    /// <summary>When they get e-mail. Unit and range as above. Default: -1, 300, 0.</summary>
    public int MailAfterSeconds { get; set; }

    /// <summary>When the webhook (SMS, voice) is called. Unit and range as above. Default: -1, 600, 60.</summary>
    public int WebhookAfterSeconds { get; set; }

    /// <summary>The time that someone has to take it.</summary>
    public TimeSpan AcknowledgeWithin => TimeSpan.FromMinutes(AcknowledgeWithinMinutes);

    /// <summary>The roles; null when they can't be read.</summary>
    public IReadOnlyList<Role>? ReadRoles()
    {
        var words = Roles.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var roles = words.Select(w => Enum.GetNames<Role>().Contains(w, StringComparer.OrdinalIgnoreCase) ? Enum.Parse<Role>(w, ignoreCase: true) : (Role?)null).ToList();
        return roles.Count == 0 || roles.Contains(null) ? null : [.. roles.Select(r => r!.Value).Distinct()];
    }

    /// <summary>The ways by name with their delays.</summary>
    public IEnumerable<(PageWay Way, int AfterSeconds)> Ways() =>
    [
        (PageWay.Mention, MentionAfterSeconds), (PageWay.Direct, DirectAfterSeconds), (PageWay.Mail, MailAfterSeconds), (PageWay.Webhook, WebhookAfterSeconds),
    ];
}

/// <summary>How a page reaches someone.</summary>
internal enum PageWay
{
    /// <summary>A new reply in the incident's thread, shown in the channel, that mentions them.</summary>
    Mention,

    /// <summary>A direct message with buttons.</summary>
    Direct,

    /// <summary>E-mail.</summary>
    Mail,

    /// <summary>The webhook for SMS and voice.</summary>
    Webhook,
}
