using System.Text;
using System.Text.Json;
using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Language;

namespace FestivalOps.Alerting.Webhook;

/// <summary>A webhook that could be read.</summary>
/// <param name="Alerts">Its alerts, checked and cut to size.</param>
/// <param name="Truncated">How many alerts its sender left out (<c>max_alerts</c> of Alertmanager), and how many were over <see cref="AlertmanagerReader.MaxAlerts"/>.</param>
/// <param name="Unreadable">What of it could not be read; null when all could.</param>
internal sealed record AlertmanagerWebhook(IReadOnlyList<IncomingAlert> Alerts, long Truncated, UnreadableAlerts? Unreadable = null);

/// <summary>Alerts of a body that could not be read, while others could.</summary>
/// <param name="Count">How many.</param>
/// <param name="First">Where the first of them stands and what is wrong with it: "alerts[3].status must be …"; no foreign text but cut names.</param>
internal sealed record UnreadableAlerts(int Count, string First);

/// <summary>Why a webhook is not taken. The message is a sentence for whoever runs the sender, and repeats no foreign text but cut names.</summary>
internal sealed class WebhookRefusedException(int status, string message) : Exception(message)
{
    /// <summary>HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>The alerts that stood in it, when that is why; null: it is something else.</summary>
    public UnreadableAlerts? Unreadable { get; init; }
}

/// <summary>
/// Reads Alertmanager's webhook, version 4, straight from the bytes. Unknown fields are passed over; what is known must have the right type. An
/// alert that can't be read is left out and told, so that one of many does not silence the others; only what is no JSON, or holds nothing else, is refused.
/// </summary>
internal sealed class AlertmanagerReader(AlertClass classes)
{
    /// <summary>Most alerts of one body that are taken: 10,000. The others are counted as left out: a refusal would lose all of them, as Alertmanager does not repeat it.</summary>
    public const int MaxAlerts = 10_000;

    private const int MaxDepth = 16;

    /// <summary>Longest time that an alert may have fired to be believed: a year. Outside it, and in the future, it counts from its arrival.</summary>
    public static readonly TimeSpan Believable = TimeSpan.FromDays(366);

    private static readonly LocalizedText Nameless = new("名前のないアラート", "An alert without a name");

    /// <summary>Reads a body that arrived at <paramref name="now"/>.</summary>
    /// <exception cref="WebhookRefusedException">It is not what Alertmanager sends.</exception>
    public AlertmanagerWebhook Read(ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        try
        {
            if (body.StartsWith(Encoding.UTF8.Preamble)) body = body[3..];
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth });
            return ReadRoot(ref reader, now);
        }
        catch (JsonException failure)
        {
            throw new WebhookRefusedException(400, $"the body is not JSON that can be read (line {failure.LineNumber}, byte {failure.BytePositionInLine}; at most {MaxDepth} levels deep)");
        }
        catch (InvalidOperationException)
        {
            // Bytes that are no UTF-8, or half of a surrogate pair.
            throw new WebhookRefusedException(400, "the body holds text that is not UTF-8");
        }
    }

    private AlertmanagerWebhook ReadRoot(ref Utf8JsonReader reader, DateTimeOffset now)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) throw Wrong("the body", "an object");
        List<RawAlert>? alerts = null;
        UnreadableAlerts? unreadable = null;
        string? version = null, groupKey = null;
        var (truncated, over, seen, cache) = (0L, 0, 0, new TextCache());
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = reader.ValueTextEquals("alerts"u8) ? 1 : reader.ValueTextEquals("version"u8) ? 2
                : reader.ValueTextEquals("groupKey"u8) ? 4 : reader.ValueTextEquals("truncatedAlerts"u8) ? 8 : 0;
            if (field != 0 && (seen & field) != 0) throw Twice(reader.GetString()!);
            seen |= field;
            reader.Read();
            switch (field)
            {
                case 1: (alerts, unreadable, over) = ReadAlerts(ref reader, cache); break;
                case 2: version = Text(ref reader, "version", cache); break;
                case 4: groupKey = Text(ref reader, "groupKey", cache); break;
                case 8: truncated = reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var count) && count >= 0 ? count : throw Wrong("truncatedAlerts", "a whole number"); break;
                default: reader.Skip(); break;
            }
        }
        while (reader.Read()) { }
        if (version != "4") throw new WebhookRefusedException(400, "version 4 of Alertmanager's webhook is needed");
        if (alerts is null) throw Wrong("alerts", "a list");
        if (unreadable is not null && alerts.Count == 0) throw new WebhookRefusedException(400, unreadable.First) { Unreadable = unreadable };
        return new(alerts.ConvertAll(a => Alert(a, groupKey, now)), truncated + over, unreadable);
    }

    private static (List<RawAlert> Alerts, UnreadableAlerts? Unreadable, int Over) ReadAlerts(ref Utf8JsonReader reader, TextCache cache)
    {
        if (reader.TokenType != JsonTokenType.StartArray) throw Wrong("alerts", "a list");
        var (alerts, number) = (new List<RawAlert>(), 0);
        UnreadableAlerts? unreadable = null;
        for (; reader.Read() && reader.TokenType != JsonTokenType.EndArray; number++)
        {
            // Those that can't be read count, too: what takes long is bounded.
            if (number >= MaxAlerts || TryReadAlert(ref reader, number, cache, alerts) is not { } wrong)
            {
                if (number >= MaxAlerts) reader.Skip();
                continue;
            }
            unreadable = new((unreadable?.Count ?? 0) + 1, unreadable?.First ?? wrong);
        }
        return (alerts, unreadable, Math.Max(0, number - MaxAlerts));
    }

    /// <summary>Reads an alert into the list, or says why not; either way the reader stands at its end.</summary>
    private static string? TryReadAlert(ref Utf8JsonReader reader, int number, TextCache cache, List<RawAlert> alerts)
    {
        var begin = reader;
        try
        {
            alerts.Add(ReadAlert(ref reader, number, cache));
            return null;
        }
        catch (WebhookRefusedException wrong)
        {
            reader = begin;
            reader.Skip();
            return wrong.Message;
        }
        catch (InvalidOperationException)
        {
            // Bytes that are no UTF-8, or half of a surrogate pair.
            reader = begin;
            reader.Skip();
            return $"alerts[{number}] holds text that is not UTF-8";
        }
    }

    private static RawAlert ReadAlert(ref Utf8JsonReader reader, int number, TextCache cache)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw Wrong($"alerts[{number}]", "an object");
        var alert = new RawAlert();
        var seen = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = reader.ValueTextEquals("status"u8) ? 1 : reader.ValueTextEquals("labels"u8) ? 2 : reader.ValueTextEquals("annotations"u8) ? 4
                : reader.ValueTextEquals("startsAt"u8) ? 8 : reader.ValueTextEquals("generatorURL"u8) ? 16 : 0;
            if (field != 0 && (seen & field) != 0) throw Twice($"alerts[{number}].{reader.GetString()}");
            seen |= field;
            reader.Read();
            switch (field)
            {
                case 1: alert.Status = Text(ref reader, $"alerts[{number}].status", cache); break;
                case 2: alert.Labels = Texts(ref reader, number, "labels", cache); break;
                case 4: alert.Annotations = Texts(ref reader, number, "annotations", cache); break;
                case 8: alert.StartsAt = Text(ref reader, $"alerts[{number}].startsAt", cache); break;
                case 16: alert.Generator = Text(ref reader, $"alerts[{number}].generatorURL", cache); break;
                default: reader.Skip(); break;
            }
        }
        if (alert.Status is not ("firing" or "resolved")) throw Wrong($"alerts[{number}].status", "'firing' or 'resolved'");
        if (alert.Labels.Count == 0) throw Wrong($"alerts[{number}].labels", "an object with at least one label");
        return alert;
    }

    private static List<KeyValuePair<string, string>> Texts(ref Utf8JsonReader reader, int number, string field, TextCache cache)
    {
        if (reader.TokenType == JsonTokenType.Null) return [];
        if (reader.TokenType != JsonTokenType.StartObject) throw Wrong($"alerts[{number}].{field}", "an object of texts");
        var texts = new List<KeyValuePair<string, string>>(8);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = cache.Text(ref reader);
            reader.Read();
            if (reader.TokenType != JsonTokenType.String) throw Wrong($"alerts[{number}].{field}.{Short(name)}", "a text");
            texts.Add(new(name, cache.Text(ref reader)));
        }
        if (texts.Count > 1 && texts.Select(t => t.Key).Distinct(StringComparer.Ordinal).Count() != texts.Count) throw Twice($"a name in alerts[{number}].{field}");
        return texts;
    }

    private static string? Text(ref Utf8JsonReader reader, string name, TextCache cache) => reader.TokenType switch
    {
        JsonTokenType.String => cache.Text(ref reader),
        JsonTokenType.Null => null,
        _ => throw Wrong(name, "a text"),
    };

    private IncomingAlert Alert(RawAlert raw, string? groupKey, DateTimeOffset now)
    {
        var fingerprint = Fingerprint.Of(AlertSource.Alertmanager, raw.Labels);
        var labels = Kept(raw.Labels);
        var annotations = Kept(raw.Annotations);
        if (Uri.TryCreate(raw.Generator, UriKind.Absolute, out var link) && link.Scheme is "http" or "https") annotations.TryAdd("generator", AlertLabels.Clean(raw.Generator!, AlertLabels.MaxValue));
        var severity = AlertClass.SeverityOf(labels);
        var name = labels.Value(AlertLabels.AlertName);
        var summary = annotations.GetValueOrDefault("summary") is { Length: > 0 } told ? told : name;
        return new(
            AlertSource.Alertmanager, fingerprint, classes.GroupOf(groupKey, labels), raw.Status == "firing", severity, classes.LevelOf(severity, labels),
            Title(annotations.GetValueOrDefault("summary_ja"), summary, Nameless.Ja), Title(annotations.GetValueOrDefault("summary_en"), summary, Nameless.En),
            StartsAt(raw.StartsAt, now), labels, annotations);
    }

    private static string Title(string? own, string common, string nothing) =>
        AlertLabels.Clean(own is { Length: > 0 } ? own : common.Length > 0 ? common : nothing, Incident.MaxTitle);

    private static Dictionary<string, string> Kept(List<KeyValuePair<string, string>> texts)
    {
        IEnumerable<KeyValuePair<string, string>> kept = texts;
        // What is dropped is always the same, whatever the order: the last of the names, but never those that people and rules look at.
        if (texts.Count > AlertLabels.MaxCount) kept = texts.OrderBy(t => !AlertLabels.IsWanted(t.Key)).ThenBy(t => t.Key, StringComparer.Ordinal).Take(AlertLabels.MaxCount);
        var clean = new Dictionary<string, string>(Math.Min(texts.Count, AlertLabels.MaxCount) + 1, StringComparer.Ordinal);
        foreach (var (name, value) in kept) clean[AlertLabels.Clean(name, AlertLabels.MaxName)] = AlertLabels.Clean(value, AlertLabels.MaxValue);
        return clean;
    }

    private static DateTimeOffset StartsAt(string? text, DateTimeOffset now) =>
        DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var at)
        && at <= now && now - at <= Believable ? at.ToUniversalTime() : now;

    private static WebhookRefusedException Wrong(string name, string wanted) => new(400, $"{name} must be {wanted}");

    private static WebhookRefusedException Twice(string name) => new(400, $"{Short(name)} stands twice; which one counts can't be known");

    private static string Short(string name) => AlertLabels.Clean(name, 60);

    private sealed class RawAlert
    {
        public string? Status { get; set; }

        public List<KeyValuePair<string, string>> Labels { get; set; } = [];

        public List<KeyValuePair<string, string>> Annotations { get; set; } = [];

        public string? StartsAt { get; set; }

        public string? Generator { get; set; }
    }

    /// <summary>The same names and values stand in every alert of a body: each text is made once.</summary>
    private sealed class TextCache
    {
        private const int LongestKept = 64;

        private readonly string?[] _kept = new string?[1024];

        public string Text(ref Utf8JsonReader reader)
        {
            if (reader.ValueIsEscaped || reader.HasValueSequence || reader.ValueSpan.Length > LongestKept) return reader.GetString()!;
            var hash = new HashCode();
            hash.AddBytes(reader.ValueSpan);
            ref var kept = ref _kept[hash.ToHashCode() & 1023];
            return kept is not null && Ascii.Equals(reader.ValueSpan, kept) ? kept : kept = reader.GetString()!;
        }
    }
}
