using System.Globalization;

namespace FestivalOps.Benchmarks.Alerts;

/// <summary>What Alertmanager says about itself.</summary>
internal static class TheirMetrics
{
    /// <summary>A metric of it.</summary>
    public static async Task<double> ReadAsync(Contestant alertmanager, string metric)
    {
        using var http = new HttpClient();
        var text = await http.GetStringAsync(new Uri($"http://127.0.0.1:{alertmanager.Program.Port}/metrics"));
        var line = text.Split('\n').First(l => l.StartsWith(metric + " ", StringComparison.Ordinal));
        return double.Parse(line[(metric.Length + 1)..], CultureInfo.InvariantCulture);
    }

    /// <summary>Makes sure that it took what it was sent.</summary>
    /// <exception cref="InvalidOperationException">It did not.</exception>
    public static async Task RefuseMissingAsync(Contestant alertmanager, int alerts)
    {
        var taken = await ReadAsync(alertmanager, "alertmanager_alerts_received_total{status=\"firing\",version=\"v2\"}");
        if ((int)taken != alerts) throw new InvalidOperationException($"Alertmanager took {taken:N0} of {alerts:N0} alerts.");
    }
}
