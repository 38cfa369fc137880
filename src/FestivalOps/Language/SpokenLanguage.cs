namespace FestivalOps.Language;

/// <summary>The languages that the bot speaks.</summary>
internal enum SpokenLanguage
{
    /// <summary>Japanese: the default, and the language of channels.</summary>
    Ja,

    /// <summary>English: for people whose Slack locale is not Japanese.</summary>
    En,
}
