using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;

namespace FestivalOps.Telemetry;

/// <summary>Writes whole lines to a writer, one event at a time.</summary>
internal sealed class WriterSink(ITextFormatter formatter, TextWriter output) : ILogEventSink
{
    private readonly Lock _line = new();

    /// <inheritdoc/>
    public void Emit(LogEvent logEvent)
    {
        lock (_line)
        {
            formatter.Format(logEvent, output);
            output.Flush();
        }
    }
}
