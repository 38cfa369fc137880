using FestivalOps.Commands;
using FestivalOps.Language;

namespace FestivalOps.Escalation.Why;

/// <summary>Answers <c>/fops why</c> about something that is no incident. Registered by the feature that knows it.</summary>
internal interface IWhyAnswer
{
    /// <summary>What may follow <c>why</c>.</summary>
    LocalizedText Usage { get; }

    /// <summary>Whether a word is meant as that.</summary>
    bool IsAbout(string typed);

    /// <summary>Answers.</summary>
    Task<Reply> AnswerAsync(string typed, CommandContext context, CancellationToken ct);
}
