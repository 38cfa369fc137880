using System.Globalization;
using System.Text.Json;

namespace FestivalOps.Alerting.Incidents;

/// <summary>Reads <see cref="IncidentEvent.Data"/>; what is missing or of another shape reads as empty.</summary>
internal sealed class EventData
{
    private readonly Dictionary<string, string> _values;

    private EventData(Dictionary<string, string> values) => _values = values;

    /// <summary>The value of this name; empty when there is none.</summary>
    public string this[string name] => _values.GetValueOrDefault(name, "");

    /// <summary>A moment of this name, UTC; null when there is none.</summary>
    public DateTimeOffset? Time(string name) =>
        DateTimeOffset.TryParse(this[name], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    /// <summary>Words between spaces.</summary>
    public IReadOnlyList<string> Words(string name) => this[name].Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Reads the details of a line.</summary>
    public static EventData Of(IncidentEvent line)
    {
        try
        {
            return new(JsonSerializer.Deserialize<Dictionary<string, string>>(line.Data) ?? []);
        }
        catch (JsonException)
        {
            return new([]);
        }
    }
}
