using System.Collections;
using System.Text.Json.Serialization.Metadata;
using FestivalOps.Slack.Blocks;
using FestivalOps.Slack.Interaction;

namespace FestivalOps.Slack.Json;

/// <summary>The one set of JSON options: source-generated, snake_case, tolerant of nulls and of numbers sent as text.</summary>
internal static class SlackJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    public static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    public static T? Read<T>(JsonElement element) => element.Deserialize(TypeInfo<T>());

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, TypeInfo<T>());

    /// <summary>A deep copy, by way of JSON.</summary>
    public static T Copy<T>(T value) => JsonSerializer.Deserialize(JsonSerializer.SerializeToUtf8Bytes(value, TypeInfo<T>()), TypeInfo<T>())!;

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(SlackJsonContext.Default.Options)
        {
            TypeInfoResolver = SlackJsonContext.Default.WithAddedModifier(KeepDefaultsOnNull).WithAddedModifier(LeaveOutEmptyLists),
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Converters =
            {
                new TolerantStringConverter(), new TolerantBooleanConverter(), new TolerantInt32Converter(), new TolerantInt64Converter(),
            },
        };
        options.MakeReadOnly();
        return options;
    }

    // Slack sends null where a list or an object is documented; what the constructor put there stays then. Nulls within a list say nothing.
    private static void KeepDefaultsOnNull(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.Set is not { } set)
                continue;
            // There a null says something: the column has no settings.
            var keepsNulls = property.PropertyType == typeof(IList<TableColumnSettings?>);
            property.Set = (target, value) =>
            {
                if (!keepsNulls)
                    RemoveNulls(value);
                if (value is not null)
                    set(target, value);
            };
        }
    }

    private static void RemoveNulls(object? value)
    {
        switch (value)
        {
            case IDictionary dictionary:
                foreach (var key in dictionary.Keys.Cast<object>().Where(key => dictionary[key] is null).ToList())
                    dictionary.Remove(key);
                foreach (var inner in dictionary.Values)
                    RemoveNulls(inner);
                break;
            case IList { IsFixedSize: false, IsReadOnly: false } list:
                for (var at = list.Count - 1; at >= 0; at--)
                {
                    if (list[at] is null)
                        list.RemoveAt(at);
                    else
                        RemoveNulls(list[at]);
                }
                break;
        }
    }

    private static void LeaveOutEmptyLists(JsonTypeInfo type)
    {
        // An empty list says something there: a view without blocks, a menu without choices.
        if (typeof(ViewDefinition).IsAssignableFrom(type.Type) || type.Type == typeof(BlockOptionsResponse))
            return;
        foreach (var property in type.Properties)
        {
            if (property.PropertyType != typeof(string) && typeof(IEnumerable).IsAssignableFrom(property.PropertyType))
                property.ShouldSerialize = static (_, value) => value is not null && value is not ICollection { Count: 0 };
        }
    }
}
