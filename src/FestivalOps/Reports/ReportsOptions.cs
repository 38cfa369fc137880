using System.ComponentModel.DataAnnotations;
using MimeKit;

namespace FestivalOps.Reports;

/// <summary>Daily, weekly and monthly reports. Section <c>Reports</c>.</summary>
internal sealed class ReportsOptions : IValidatableObject
{
    /// <summary>How long one question to the platform's database may take. Unit: seconds. Range: 1 to 300. Default: 30.</summary>
    [Range(1, 300)]
    public int StatementSeconds { get; set; } = 30;

    /// <summary>From this mean time on a statement counts as slow. Unit: milliseconds. Range: 1 to 600,000. Default: 500, the guideline's limit for an answer.</summary>
    [Range(1, 600_000)]
    public int SlowStatementMilliseconds { get; set; } = 500;

    /// <summary>Who also gets the scheduled reports by mail (section <c>Mail</c>): one address each, at most 20. Default: nobody.</summary>
    public IList<string> MailTo { get; set; } = [];

    /// <summary>False: no pictures. Default: true.</summary>
    public bool Pictures { get; set; } = true;

    /// <summary>
    /// Font file (TTF, OTF, TTC) with Japanese letters for the pictures. Default: empty, Noto Sans CJK where Debian's <c>fonts-noto-cjk</c>
    /// puts it, which also serves when the file has no Japanese letters. Without any the pictures are labelled in English, and the report says so.
    /// </summary>
    public string FontFile { get; set; } = "";

    /// <summary>
    /// Name of the platform's counter of requests in Prometheus, with a label <c>status</c>. Letters, digits, <c>_</c> and <c>:</c>. Default:
    /// <c>http_requests_total</c>.
    /// </summary>
    [RegularExpression("^[a-zA-Z_:][a-zA-Z0-9_:]{0,99}$")]
    public string RequestsMetric { get; set; } = "http_requests_total";

    /// <summary>Name of the platform's histogram of answer times in Prometheus, in seconds, without <c>_bucket</c>. Default: <c>http_request_duration_seconds</c>.</summary>
    [RegularExpression("^[a-zA-Z_:][a-zA-Z0-9_:]{0,99}$")]
    public string DurationMetric { get; set; } = "http_request_duration_seconds";

    // How font files begin: TrueType, OpenType, collections of them.
    private static readonly byte[][] FontBeginnings = [[0, 1, 0, 0], [.. "OTTO"u8], [.. "ttcf"u8], [.. "true"u8]];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MailTo.Count > 20) yield return new("MailTo must hold at most 20 addresses.", [nameof(MailTo)]);
        foreach (var address in MailTo)
        {
            if (address.Any(char.IsControl) || !MailboxAddress.TryParse(address, out var box) || box.Domain.Length == 0)
                yield return new("MailTo must hold mail addresses like ceo@example.com, one each.", [nameof(MailTo)]);
        }
        if (FontFile.Length > 0 && !File.Exists(FontFile)) yield return new($"FontFile names the file {FontFile}, which does not exist.", [nameof(FontFile)]);
        else if (FontFile.Length > 0 && !IsFont(FontFile)) yield return new($"FontFile names the file {FontFile}, which can't be read or is not a font (TTF, OTF, TTC).", [nameof(FontFile)]);
    }
    private static bool IsFont(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            var begin = new byte[4];
            return stream.ReadAtLeast(begin, 4, throwOnEndOfStream: false) == 4 && Array.Exists(FontBeginnings, b => begin.AsSpan().SequenceEqual(b));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
