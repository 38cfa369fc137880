using System.ComponentModel.DataAnnotations;
using Serilog.Events;

namespace FestivalOps.Telemetry;

/// <summary>What is logged. Section <c>Log</c>. The log goes to standard output, one JSON object a line.</summary>
internal sealed class LogOptions
{
    /// <summary>Least level. Default: Information.</summary>
    [EnumDataType(typeof(LogEventLevel))]
    public LogEventLevel Level { get; set; } = LogEventLevel.Information;

    /// <summary>Readable lines instead of JSON, for a person at a terminal. Default: false.</summary>
    public bool Plain { get; set; }
}
