using System.ComponentModel.DataAnnotations;

namespace FestivalOps.Language;

/// <summary>Which language is spoken where, and in which zone times are shown. Section <c>Language</c>.</summary>
internal sealed class LanguageOptions
{
    /// <summary>Language of posts that a whole channel reads. Default: Japanese.</summary>
    public SpokenLanguage Channels { get; set; } = SpokenLanguage.Ja;

    /// <summary>IANA name of the team's time zone. Default: <c>Asia/Tokyo</c>.</summary>
    [Required]
    public string TimeZone { get; set; } = "Asia/Tokyo";

    /// <summary>The zone as the clock knows it.</summary>
    public TimeZoneInfo GetZone() => TimeZoneInfo.FindSystemTimeZoneById(TimeZone);
}
