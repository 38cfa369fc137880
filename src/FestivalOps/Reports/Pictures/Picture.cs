using FestivalOps.Language;

namespace FestivalOps.Reports.Pictures;

/// <summary>A picture of a report.</summary>
/// <param name="Name">Names it within the report: <c>payments</c>.</param>
/// <param name="Title">Its title.</param>
/// <param name="AltText">What it shows, for who can't see it.</param>
/// <param name="Png">Its bytes.</param>
internal sealed record Picture(string Name, LocalizedText Title, LocalizedText AltText, byte[] Png);

/// <summary>The pictures of a report, and what the reader must know of them.</summary>
/// <param name="Pictures">In their order; may be none.</param>
/// <param name="Remark">Null when all is as it should be.</param>
internal sealed record DrawnPictures(IReadOnlyList<Picture> Pictures, LocalizedText? Remark);
