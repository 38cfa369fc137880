using FestivalOps.Commands.Audit;
using FestivalOps.Language;

namespace FestivalOps.Commands;

/// <summary>What a command answers.</summary>
/// <param name="Message">The message.</param>
/// <param name="ToChannel">True: everyone in the channel sees it; false: the person who asked.</param>
/// <param name="Outcome">How the audit trail records it.</param>
/// <param name="Detail">The reason, for the audit trail; English; empty when there is nothing to add.</param>
/// <param name="ErrorId">Error id of a failure; empty otherwise.</param>
internal sealed record Reply(Message Message, bool ToChannel, AuditEvent Outcome, string Detail, string ErrorId)
{
    /// <summary>Nothing to say: what was asked for is on the screen already (a dialog).</summary>
    public static readonly Reply Silent = new(new Message(), false, AuditEvent.Done, "", "");

    /// <summary>Everyone in the channel sees it.</summary>
    public static Reply InChannel(Message message) => new(message, true, AuditEvent.Done, "", "");

    /// <summary>Only the person who asked sees it.</summary>
    public static Reply ToPerson(Message message) => new(message, false, AuditEvent.Done, "", "");

    /// <summary>Not done, for a reason that the person can act on; only they see it.</summary>
    public static Reply Refused(LocalizedText why, SpokenLanguage language) =>
        new(Replies.Notice.Of(":no_entry_sign:", why.In(language)), false, AuditEvent.Refused, why.En, "");
}
