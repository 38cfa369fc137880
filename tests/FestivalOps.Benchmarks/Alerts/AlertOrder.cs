using System.Text.Json.Serialization;

namespace FestivalOps.Benchmarks.Alerts;

/// <summary>How a program wants to be told of alerts.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Dialect>))]
internal enum Dialect
{
    /// <summary>Alertmanager's own API, as Prometheus uses it: <c>POST /api/v2/alerts</c>.</summary>
    Prometheus,

    /// <summary>Alertmanager's webhook, version 4: what FestivalOps takes.</summary>
    Webhook,
}

/// <summary>Which alerts to send, and how.</summary>
/// <param name="Dialect">See <see cref="Dialect"/>.</param>
/// <param name="Port">Port on 127.0.0.1.</param>
/// <param name="Path">Path of the endpoint.</param>
/// <param name="Token">Bearer token; empty: none.</param>
/// <param name="First">Number of the first alert; each alert is marked with its own (<c>mark-0000042</c>).</param>
/// <param name="Count">How many alerts.</param>
/// <param name="Groups">How many groups they fall into: how many names they have, counted from <paramref name="First"/>.</param>
/// <param name="PerPost">How many alerts one body holds.</param>
/// <param name="Senders">How many connections send them.</param>
internal sealed record AlertOrder(
    Dialect Dialect, int Port, string Path, string Token, int First, int Count, int Groups, int PerPost, int Senders)
{
    /// <summary>The mark of alert <paramref name="n"/>, as the stand-in for Slack finds it in a message.</summary>
    public static string Mark(int n) => n.ToString("D7", System.Globalization.CultureInfo.InvariantCulture);
}
