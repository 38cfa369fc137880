namespace FestivalOps.Slack.Json;

/// <summary>Something that came from Slack in a form this library does not know, kept as it came.</summary>
internal interface IUnknownPayload
{
    JsonElement Raw { get; }
}

/// <summary>
/// Reads an object by its <c>type</c>. A type that is not known, or an object that does not fit its type, becomes the unknown kind with its
/// JSON kept: Slack adds types and fields at any time, and one strange block must not lose the message around it.
/// </summary>
internal abstract class TolerantConverter<TBase> : JsonConverter<TBase> where TBase : class
{
    protected abstract Type? TypeFor(string type);

    protected abstract TBase? Unknown(string type, JsonElement raw);

    public override TBase? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var raw = JsonElement.ParseValue(ref reader);
        if (raw.ValueKind != JsonValueKind.Object)
            return raw.ValueKind == JsonValueKind.Null ? null : Unknown("", raw);
        var type = RawJson.Text(raw, "type") ?? "";
        if (TypeFor(type) is not { } known)
            return Unknown(type, raw);
        try
        {
            return raw.Deserialize(options.GetTypeInfo(known)) as TBase ?? Unknown(type, raw);
        }
        catch (JsonException)
        {
            return Unknown(type, raw);
        }
    }

    public override void Write(Utf8JsonWriter writer, TBase value, JsonSerializerOptions options)
    {
        if (value is IUnknownPayload unknown)
            unknown.Raw.WriteTo(writer);
        else
            JsonSerializer.Serialize(writer, value, options.GetTypeInfo(value.GetType()));
    }
}
