using System.Globalization;
using System.Reflection;
using FestivalOps.Language;
using Microsoft.Extensions.Options;

namespace FestivalOps.Settings;

/// <summary>A setting that stops the start. The message is for the operator: it names section and key, and never repeats a value.</summary>
internal sealed class SettingsException(string message) : Exception(message);

/// <summary>Finds all that is wrong with the settings, in sentences; keys that nothing reads, too: a misspelt limit would otherwise silently be the default.</summary>
internal static class SettingsAudit
{
    /// <summary>Refuses the settings when there is anything to say against them; what was found twice is said once.</summary>
    /// <exception cref="SettingsException">There is.</exception>
    public static void Refuse(params IEnumerable<string> complaints)
    {
        var all = complaints.Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (all.Count > 0) throw new SettingsException(string.Join(Environment.NewLine, all));
    }

    /// <summary>The keys of <paramref name="settings"/> that are in none of the sections that the bot reads.</summary>
    public static IReadOnlyList<string> UnknownKeys(IConfiguration settings, IEnumerable<KnownSection> sections)
    {
        var known = sections.SelectMany(s => Keys(s.Type, s.Name)).Select(k => k.Pattern).ToList();
        var unknown = settings.AsEnumerable()
            .Where(pair => pair.Value is not null)
            .Select(pair => pair.Key)
            .Where(key => !known.Exists(pattern => Matches(pattern, key)))
            .Order(StringComparer.Ordinal)
            .ToList();
        return [.. unknown.Select(key =>
        {
            if (known.Exists(pattern => string.Equals(pattern, key + ":*", StringComparison.OrdinalIgnoreCase))) return $"{key} is not a setting. It is a list: use {key}:0, {key}:1, … with one value each.";
            var nearest = Nearest.To(key, known.Where(k => !k.Contains('*')));
            return nearest is null ? $"{key} is not a setting." : $"{key} is not a setting. Did you mean {nearest}?";
        })];
    }

    /// <summary>
    /// The settings that should be one of several words and are none. The binder takes numbers, too, and several words at once, which then mean something
    /// else: <c>Debug,Error</c> is Fatal.
    /// </summary>
    public static IReadOnlyList<string> UnknownWords(IConfiguration settings, IEnumerable<KnownSection> sections)
    {
        var choices = sections.SelectMany(s => Keys(s.Type, s.Name)).Where(k => k.Type.IsEnum).ToList();
        return
        [
            .. settings.AsEnumerable()
                .Select(pair => (pair.Key, pair.Value, choices.Find(c => Matches(c.Pattern, pair.Key)).Type))
                .Where(s => s.Type is not null && !string.IsNullOrEmpty(s.Value) && !Enum.GetNames(s.Type).Contains(s.Value.Trim(), StringComparer.OrdinalIgnoreCase))
                .Select(s => $"{s.Key} must be one of: {string.Join(", ", Enum.GetNames(s.Type))}.")
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>Binds and validates every section now.</summary>
    public static IReadOnlyList<string> WrongValues(IServiceProvider services)
    {
        try
        {
            services.GetRequiredService<IStartupValidator>().Validate();
            return [];
        }
        catch (Exception failure) when (failure is OptionsValidationException or AggregateException or InvalidOperationException)
        {
            var failures = failure is AggregateException many ? many.InnerExceptions : [failure];
            return [.. failures.SelectMany(f => Sentences(f, services))];
        }
    }

    private static IEnumerable<string> Sentences(Exception failure, IServiceProvider services)
    {
        if (failure is not OptionsValidationException invalid) return [WrongValue(failure)];
        // Of several sections of one kind, the one whose options have this name.
        var sections = services.GetServices<KnownSection>().Where(s => s.Type == invalid.OptionsType).ToList();
        var section = (sections.Find(s => s.Name == invalid.OptionsName) ?? sections.FirstOrDefault())?.Name ?? "?";
        return invalid.Failures.Select(f => $"{section}: {Sentence(f)}");
    }

    // The framework's own frame speaks of class names; the operator knows sections.
    private static string Sentence(string failure)
    {
        const string before = "with the error: '";
        var at = failure.IndexOf(before, StringComparison.Ordinal);
        var sentence = at < 0 ? failure : failure[(at + before.Length)..];
        return at >= 0 && sentence.EndsWith("'.", StringComparison.Ordinal) ? sentence[..^2] : sentence;
    }

    /// <summary>
    /// What the binder complains of, as key and what is allowed there. The value is left out, which the binder's own sentence repeats: it
    /// may be a secret that stands in the wrong place.
    /// </summary>
    public static string WrongValue(Exception failure)
    {
        // "Failed to convert configuration value '…' at 'Key' to type 'Type'.": the value comes first and may hold anything, so we read from the end.
        const string beforeKey = "' at '", beforeType = "' to type '";
        var message = failure.Message;
        var typeAt = message.LastIndexOf(beforeType, StringComparison.Ordinal);
        var keyAt = typeAt <= 0 ? -1 : message.LastIndexOf(beforeKey, typeAt - 1, StringComparison.Ordinal);
        return keyAt < 0 ? message : $"{message[(keyAt + beforeKey.Length)..typeAt]} must be {Kind(message[(typeAt + beforeType.Length)..])}.";
    }

    private static string Kind(string type)
    {
        bool Is(Type kind) => type.Contains(kind.FullName!, StringComparison.Ordinal);
        if (typeof(SettingsAudit).Assembly.GetTypes().Append(typeof(Serilog.Events.LogEventLevel)).FirstOrDefault(t => t.IsEnum && Is(t)) is { } words)
            return $"one of: {string.Join(", ", Enum.GetNames(words))}";
        if (Is(typeof(int)) || Is(typeof(long))) return "a whole number";
        if (Is(typeof(double))) return "a number";
        if (Is(typeof(bool))) return "true or false";
        return Is(typeof(Uri)) ? "an address (https://…)" : "a value of another kind";
    }

    private static IEnumerable<(string Pattern, Type Type)> Keys(Type type, string path)
    {
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite))
        {
            var key = $"{path}:{property.Name}";
            if (property.PropertyType.IsGenericType && property.PropertyType.GetGenericTypeDefinition() == typeof(IList<>))
                yield return (key + ":*", property.PropertyType.GetGenericArguments()[0]);
            else if (property.PropertyType.IsGenericType && property.PropertyType.GetGenericTypeDefinition() == typeof(IDictionary<,>))
                foreach (var inner in Keys(property.PropertyType.GetGenericArguments()[1], key + ":*")) yield return inner;
            else if (property.PropertyType.Namespace?.StartsWith("FestivalOps", StringComparison.Ordinal) == true && property.PropertyType.IsClass)
                foreach (var inner in Keys(property.PropertyType, key)) yield return inner;
            else yield return (key, Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType);
        }
    }

    private static bool Matches(string pattern, string key) => pattern.Contains(":*:", StringComparison.Ordinal)
        ? MatchesNamed(pattern.Split(':'), key.Split(':'))
        : pattern.EndsWith(":*", StringComparison.Ordinal)
        ? key.StartsWith(pattern[..^1], StringComparison.OrdinalIgnoreCase) && int.TryParse(key.AsSpan(pattern.Length - 1), CultureInfo.InvariantCulture, out _)
        : string.Equals(pattern, key, StringComparison.OrdinalIgnoreCase);

    // A name that the operator chooses stands where the pattern has a star.
    private static bool MatchesNamed(string[] pattern, string[] key) => pattern.Length == key.Length
        && pattern.Zip(key).All(pair => pair.First == "*" ? pair.Second.Length > 0 : string.Equals(pair.First, pair.Second, StringComparison.OrdinalIgnoreCase));
}
