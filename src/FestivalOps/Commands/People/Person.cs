using FestivalOps.Language;

namespace FestivalOps.Commands.People;

/// <summary>Who asks.</summary>
/// <param name="UserId">Slack id.</param>
/// <param name="Language">The language of the person's Slack.</param>
internal sealed record Person(string UserId, SpokenLanguage Language);
