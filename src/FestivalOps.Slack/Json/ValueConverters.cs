using System.Globalization;

namespace FestivalOps.Slack.Json;

/// <summary>Writes an enum as Slack's snake_case word and reads a word that is not known as the first value.</summary>
internal sealed class SlackEnumConverter<TEnum> : JsonConverter<TEnum> where TEnum : struct, Enum
{
    private static readonly Dictionary<string, TEnum> ByWord =
        Enum.GetValues<TEnum>().ToDictionary(value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()), StringComparer.Ordinal);

    private static readonly Dictionary<TEnum, string> Words = ByWord.ToDictionary(pair => pair.Value, pair => pair.Key);

    public static string Word(TEnum value) => Words[value];

    public override TEnum Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
            return ByWord.GetValueOrDefault(reader.GetString()!);
        reader.Skip();
        return default;
    }

    public override void Write(Utf8JsonWriter writer, TEnum value, JsonSerializerOptions options) => writer.WriteStringValue(Words[value]);
}

/// <summary><c>YYYY-MM-DD</c>.</summary>
internal sealed class SlackDateConverter : JsonConverter<DateTime?>
{
    public override DateTime? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
        && DateTime.TryParseExact(reader.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : null;

    public override void Write(Utf8JsonWriter writer, DateTime? value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
}

/// <summary><c>HH:mm</c>.</summary>
internal sealed class SlackTimeConverter : JsonConverter<TimeSpan?>
{
    public override TimeSpan? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
        && TimeSpan.TryParseExact(reader.GetString(), @"hh\:mm", CultureInfo.InvariantCulture, out var time)
            ? time
            : null;

    public override void Write(Utf8JsonWriter writer, TimeSpan? value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value?.ToString(@"hh\:mm", CultureInfo.InvariantCulture));
}

/// <summary>Unix seconds, as a number or as text.</summary>
internal sealed class SlackEpochConverter : JsonConverter<DateTime?>
{
    // The range of DateTimeOffset.FromUnixTimeSeconds.
    private const long Earliest = -62_135_596_800;
    private const long Latest = 253_402_300_799;

    public override DateTime? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        long seconds = 0;
        var read = reader.TokenType switch
        {
            JsonTokenType.Number => reader.TryGetInt64(out seconds),
            JsonTokenType.String => long.TryParse(reader.GetString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out seconds),
            _ => false,
        };
        return read && seconds is >= Earliest and <= Latest ? DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime : null;
    }

    public override void Write(Utf8JsonWriter writer, DateTime? value, JsonSerializerOptions options)
    {
        if (value is { } moment)
            writer.WriteNumberValue(new DateTimeOffset(DateTime.SpecifyKind(moment, DateTimeKind.Utc)).ToUnixTimeSeconds());
        else
            writer.WriteNullValue();
    }
}
