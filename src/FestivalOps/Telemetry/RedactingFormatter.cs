using System.Globalization;
using Serilog.Events;
using Serilog.Formatting;

namespace FestivalOps.Telemetry;

/// <summary>
/// The last door before a log line leaves: Slack tokens and response URLs are masked whatever brought them here, an exception's text from
/// a library included.
/// </summary>
internal sealed class RedactingFormatter(ITextFormatter inner) : ITextFormatter
{
    /// <inheritdoc/>
    public void Format(LogEvent logEvent, TextWriter output)
    {
        using var line = new StringWriter(CultureInfo.InvariantCulture);
        inner.Format(logEvent, line);
        output.Write(SlackRedaction.Redact(line.ToString()));
    }
}
