namespace FestivalOps.Slack;

/// <summary>What stands in one input of a view or message.</summary>
[JsonConverter(typeof(ElementValueConverter))]
public abstract class ElementValue
{
    /// <summary>Slack's name of the element type.</summary>
    public string Type { get; set; } = "";
}

/// <summary>A value of a type that this library does not know.</summary>
public sealed class UnknownElementValue : ElementValue, IUnknownPayload
{
    internal UnknownElementValue(string type, JsonElement raw)
    {
        Type = type;
        Raw = raw;
    }

    /// <summary>The value as Slack sent it.</summary>
    [JsonIgnore]
    public JsonElement Raw { get; }
}
