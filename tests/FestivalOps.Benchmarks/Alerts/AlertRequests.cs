using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FestivalOps.Benchmarks.Alerts;

/// <summary>
/// Whole HTTP requests with alerts, made before the clock runs. Both programs are told the same of each alert: the same labels, the same
/// annotations, the same times. The webhook's body adds what its format wants (status, fingerprint). It names no group, so that the
/// receiver groups by name itself, as Alertmanager does here.
/// </summary>
internal static class AlertRequests
{
    private const string Description = "The load of the last five minutes stayed over the limit; see the dashboard of the host and the runbook before anything is restarted.";

    /// <summary>Makes the requests of <paramref name="order"/>.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Make(AlertOrder order)
    {
        var now = TimeProvider.System.GetUtcNow();
        var requests = new List<ReadOnlyMemory<byte>>();
        for (var first = order.First; first < order.First + order.Count; first += order.PerPost)
        {
            var alerts = Enumerable.Range(first, Math.Min(order.PerPost, order.First + order.Count - first));
            requests.Add(Request(order, order.Dialect == Dialect.Prometheus ? Prometheus(order, alerts, now) : Webhook(order, alerts, now)));
        }
        return requests;
    }

    private static byte[] Request(AlertOrder order, string body)
    {
        var authorization = order.Token.Length == 0 ? "" : $"Authorization: Bearer {order.Token}\r\n";
        return Encoding.ASCII.GetBytes(
            $"POST {order.Path} HTTP/1.1\r\nHost: 127.0.0.1:{order.Port}\r\nUser-Agent: bench\r\n{authorization}"
            + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
    }

    // Prometheus tells until when the alert holds unless it is told again; the webhook says nothing of that while it fires.
    private static string Prometheus(AlertOrder order, IEnumerable<int> alerts, DateTimeOffset now) =>
        $"[{string.Join(',', alerts.Select(n => $$"""{{{Told(order, n)}},"startsAt":"{{Time(now)}}","endsAt":"{{Time(now.AddHours(6))}}","generatorURL":"http://prometheus.example/graph"}"""))}]";

    private static string Webhook(AlertOrder order, IEnumerable<int> alerts, DateTimeOffset now)
    {
        var told = alerts.Select(n =>
        {
            var fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes($"{Name(order, n)} {n}")).AsSpan(0, 8));
            return $$"""{"status":"firing",{{Told(order, n)}},"startsAt":"{{Time(now)}}","endsAt":"0001-01-01T00:00:00Z","generatorURL":"http://prometheus.example/graph","fingerprint":"{{fingerprint}}"}""";
        });
        const string common = """{"environment":"production","job":"node-exporter"}""";
        return $$"""{"version":"4","groupKey":"","truncatedAlerts":0,"status":"firing","receiver":"fops","groupLabels":{},"commonLabels":{{common}},"commonAnnotations":{},"externalURL":"http://alertmanager.example","alerts":[{{string.Join(',', told)}}]}""";
    }

    private static string Told(AlertOrder order, int n) =>
        $$"""
        "labels":{"alertname":"{{Name(order, n)}}","instance":"mark-{{AlertOrder.Mark(n)}}","job":"node-exporter","severity":"warning","service":"web","environment":"production","team":"operations"},"annotations":{"summary":"High load on mark-{{AlertOrder.Mark(n)}}","description":"{{Description}}","value":"93.1","runbook_url":"https://runbooks.example/high-load"}
        """;

    private static string Name(AlertOrder order, int n) => string.Create(CultureInfo.InvariantCulture, $"HostHighLoad{order.First + ((n - order.First) % order.Groups)}");

    private static string Time(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
